package alexnet.bench;

import alexnet.config.Network;
import alexnet.config.Network.Conv;
import alexnet.config.Network.Dense;
import alexnet.config.Network.Sees;
import alexnet.config.Network.Step;
import alexnet.config.Recipe;
import java.util.ArrayList;
import java.util.List;

/** A recipe's network as lines for another program: two towers as groups of one layer. */
final class NetworkText {
    private final Network network;
    private final List<String> lines = new ArrayList<>();
    private int maps = 3;
    private int side;

    private NetworkText(Network network, int side) {
        this.network = network;
        this.side = side;
        lines.add("image " + side);
    }

    /**
     * First {@code image SIDE}, then any of {@code pad SIDES-BEFORE SIDES-AFTER}, {@code conv IN OUT KERNEL STRIDE PAD GROUPS}, {@code relu},
     * {@code tanh}, {@code lrn N ALPHA BETA K} (ALPHA for each term of the sum), {@code max SIZE STRIDE CEIL},
     * {@code average SIZE STRIDE CEIL}, {@code flatten}, {@code dense IN OUT}, {@code drop PROBABILITY}.
     *
     * @return the lines; null if the network has a step that has no line
     */
    static List<String> of(Recipe recipe, int classes) {
        NetworkText text =
                new NetworkText(recipe.network(), recipe.augmentation().crop());
        if (recipe.network().conv().stream().anyMatch(layer -> layer.then().contains(Step.WITHIN_MAP))) {
            return null;
        }
        recipe.network().conv().forEach(text::convolution);
        text.lines.add("flatten");
        int units = text.maps * text.side * text.side;
        for (Dense layer : recipe.network().dense()) {
            int out = text.whole(layer.units());
            text.lines.add("dense " + units + " " + out);
            text.step(layer.activation());
            if (layer.keep() < 1) {
                text.lines.add("drop " + (1 - layer.keep()));
            }
            units = out;
        }
        text.lines.add("dense " + units + " " + classes);
        return text.lines;
    }

    private void convolution(Conv layer) {
        boolean image = maps == 3 && lines.size() == 1;
        int over = overhang(side + 2 * layer.pad(), layer.kernel(), layer.stride());
        if (over > 0) {
            lines.add("pad " + layer.pad() + " " + (layer.pad() + over));
        }
        int out = whole(layer.maps());
        int groups = image || layer.sees() == Sees.BOTH ? 1 : network.towers();
        lines.add("conv " + maps + " " + out + " " + layer.kernel() + " " + layer.stride() + " "
                + (over > 0 ? 0 : layer.pad()) + " " + groups);
        side = (side + 2 * layer.pad() + over - layer.kernel()) / layer.stride() + 1;
        maps = out;
        layer.then().forEach(this::step);
    }

    private void step(Step step) {
        Network.Pool pool = network.pool();
        Network.Lrn lrn = network.lrn();
        switch (step) {
            case RELU -> lines.add("relu");
            case TANH -> lines.add("tanh");
            case LRN -> lines.add("lrn " + lrn.n() + " " + lrn.alpha() + " " + lrn.beta() + " " + lrn.k());
            case MAX_POOL, AVERAGE_POOL -> {
                int over = overhang(side, pool.size(), pool.stride());
                String kind = step == Step.MAX_POOL ? "max " : "average ";
                lines.add(kind + pool.size() + " " + pool.stride() + " " + (over > 0));
                side = (side + over - pool.size()) / pool.stride() + 1;
            }
            case WITHIN_MAP -> throw new IllegalArgumentException("No line for " + step);
        }
    }

    private int whole(int units) {
        return network.perTower(units) * network.towers();
    }

    private static int overhang(int length, int kernel, int stride) {
        return (stride - (length - kernel) % stride) % stride;
    }
}
