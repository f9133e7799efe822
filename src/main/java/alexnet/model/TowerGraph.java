package alexnet.model;

import alexnet.config.Network;
import alexnet.config.Network.Conv;
import alexnet.config.Network.Dense;
import alexnet.config.Network.Sees;
import alexnet.config.Network.Step;
import alexnet.config.Training;
import alexnet.config.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Builds the network of a recipe, {@code §3.5}: input {@code [n, 3, crop, crop]}, output softmax {@code [n, classes]}.
 * With two towers, the vertices of each carry its letter ({@code conv1a}, {@code conv1b}), and the towers meet only in
 * the merges before layers that see both ({@code merge3}) and before fully connected layers ({@code merge6}, …).
 */
public final class TowerGraph {
    /** The name of the graph's only input. */
    public static final String INPUT = "image";

    private static final String[] TWO_TOWERS = {"a", "b"};
    private static final String[] ONE_TOWER = {""};

    private final Network network;
    private final Training training; // null: an inference graph of stock layers
    private final LayerFactory layers;
    private final String[] towers;
    private final GraphBuilder graph;
    private final List<String> tops = new ArrayList<>();
    private int side;

    private TowerGraph(Network network, Training training, int crop, DataType type) {
        this.network = network;
        this.training = training;
        this.layers = new LayerFactory(network, training);
        this.side = crop;
        this.towers = letters(network);
        this.graph = new NeuralNetConfiguration.Builder()
                .seed(training == null ? 0 : training.seed())
                .dataType(type)
                .graphBuilder()
                .addInputs(INPUT);
        for (int tower = 0; tower < towers.length; tower++) {
            tops.add(INPUT);
        }
    }

    /**
     * @param network the architecture
     * @param training decay, momentum and seed; rates are set later
     * @param classes softmax units, the paper's 1000
     * @param crop side of the input in pixels, the paper's 224
     * @param type FLOAT to train, DOUBLE for gradient checks
     * @return the initialised graph, its rates all 0 until a schedule sets them
     * @throws UsageException if the layers do not fit the crop
     */
    public static ComputationGraph build(Network network, Training training, int classes, int crop, DataType type) {
        ComputationGraph graph =
                new ComputationGraph(new TowerGraph(network, training, crop, type).configuration(classes, crop));
        graph.init();
        network.conv().stream()
                .filter(Conv::local)
                .forEach(layer ->
                        Stream.of(letters(network)).forEach(letter -> initialise(graph, layer, layer.name() + letter)));
        return graph;
    }

    /** Initial values of a locally connected layer, {@code §5}: the library knows no distribution for it. */
    private static void initialise(ComputationGraph graph, Conv layer, String name) {
        INDArray weights = graph.getParam(name + "_W");
        weights.assign(Nd4j.randn(weights.shape()).muli(layer.sigma()));
        graph.getParam(name + "_b").assign(layer.bias());
    }

    private static String[] letters(Network network) {
        return network.towers() == 2 ? TWO_TOWERS : ONE_TOWER;
    }

    /**
     * The same network for inference, of the library's own layers: no dropout, an updater without state, its LRN (whose
     * forward pass is exact). Only {@link Step#WITHIN_MAP} has no stock layer and stays ours. The weights named by
     * {@link #folds} have to be multiplied by their factors.
     *
     * @param network the architecture
     * @param classes softmax units
     * @param crop side of the input in pixels
     * @return the configuration, not initialised
     */
    public static ComputationGraphConfiguration inference(Network network, int classes, int crop) {
        return new TowerGraph(network, null, crop, DataType.FLOAT).configuration(classes, crop);
    }

    /**
     * Test-time factor of dropout ({@code §4.2}), moved into the weights that read the dropped outputs.
     *
     * @param layer the vertex whose weights are multiplied
     * @param factor the probability of keeping, a power of two
     */
    public record Fold(String layer, double factor) {}

    /**
     * @param network an architecture
     * @return what export folds; a probability that is no power of two is not folded, since that could not be undone bit
     *     for bit: the inference graph then has a scaling vertex
     */
    public static List<Fold> folds(Network network) {
        String[] letters = letters(network);
        List<Fold> folds = new ArrayList<>();
        for (int i = 0; i < network.dense().size(); i++) {
            double keep = network.dense().get(i).keep();
            if (keep == 1 || !isPowerOfTwo(keep)) {
                continue;
            }
            if (i + 1 < network.dense().size()) {
                String above = network.dense().get(i + 1).name();
                Stream.of(letters).forEach(letter -> folds.add(new Fold(above + letter, keep)));
            } else {
                folds.add(new Fold(network.output().name(), keep));
            }
        }
        return folds;
    }

    private static boolean isPowerOfTwo(double value) {
        return Math.scalb(1.0, Math.getExponent(value)) == value;
    }

    private ComputationGraphConfiguration configuration(int classes, int crop) {
        network.conv().forEach(this::convolution);
        Dense below = null;
        for (Dense layer : network.dense()) {
            dense(layer, input(below, layer.name()));
            below = layer;
        }
        output(classes, input(below, network.output().name()));
        return graph.setOutputs(network.output().name())
                .setInputTypes(InputType.convolutional(crop, crop, 3))
                .build();
    }

    private void convolution(Conv layer) {
        boolean shared = tops.get(0).equals(INPUT);
        if (layer.sees() == Sees.BOTH && !shared) {
            String merged = join(layer.name());
            tops.replaceAll(top -> merged);
            shared = true;
        }
        int over = overhang(side + 2 * layer.pad(), layer.kernel(), layer.stride());
        int padded = side + 2 * layer.pad() + over;
        if (padded < layer.kernel() || over >= layer.kernel()) {
            throw new UsageException("Layer " + layer.name() + " has a kernel of " + layer.kernel()
                    + " on maps of side " + side + ", expected maps at least as large as the kernel."
                    + " Use a larger crop or fewer pooling steps.");
        }
        if (over > 0) {
            overhangPadding(layer, over, shared);
        }
        boolean reluFirst = !layer.then().isEmpty()
                && LayerFactory.isActivation(layer.then().get(0));
        Step activation = reluFirst ? layer.then().get(0) : null;
        for (int tower = 0; tower < towers.length; tower++) {
            String name = layer.name() + towers[tower];
            int pad = over > 0 ? 0 : layer.pad();
            add(
                    tower,
                    name,
                    layer.local()
                            ? layers.local(layer, name, pad, activation, side + (over > 0 ? 2 * layer.pad() + over : 0))
                            : layers.convolution(layer, name, pad, activation));
        }
        side = (padded - layer.kernel()) / layer.stride() + 1;
        layer.then().stream().skip(reluFirst ? 1 : 0).forEach(step -> step(step, number(layer.name())));
    }

    /** As the original had it: output = 1 + ceil((2·pad + size − kernel)/stride), the last window over zeros. */
    private static int overhang(int padded, int kernel, int stride) {
        return padded < kernel ? 0 : (stride - (padded - kernel) % stride) % stride;
    }

    private void overhangPadding(Conv layer, int over, boolean shared) {
        String pad = "pad" + number(layer.name());
        int[] sides = {layer.pad(), layer.pad() + over, layer.pad(), layer.pad() + over};
        for (int tower = 0; tower < towers.length; tower++) {
            if (shared && tower > 0) {
                tops.set(tower, pad);
            } else {
                add(tower, shared ? pad : pad + towers[tower], new ZeroPaddingLayer.Builder(sides).build());
            }
        }
    }

    private void step(Step step, String number) {
        for (int tower = 0; tower < towers.length; tower++) {
            String suffix = number + towers[tower];
            switch (step) {
                case RELU -> add(tower, "relu" + suffix, new ActivationLayer(LayerFactory.activation(step)));
                case TANH -> add(tower, "tanh" + suffix, new ActivationLayer(LayerFactory.activation(step)));
                case LRN -> add(tower, "lrn" + suffix, layers.crossMap());
                case WITHIN_MAP -> add(tower, "within" + suffix, layers.withinMap());
                case MAX_POOL, AVERAGE_POOL -> add(tower, "pool" + suffix, pool(step, number));
            }
        }
        if (step == Step.MAX_POOL || step == Step.AVERAGE_POOL) {
            side = (side + poolOverhang() - network.pool().size())
                            / network.pool().stride()
                    + 1;
        }
    }

    /** A last square that hangs over counts only what lies inside: the library's mode SAME with all padding at the end. */
    private SubsamplingLayer pool(Step step, String number) {
        int size = network.pool().size();
        int stride = network.pool().stride();
        int over = poolOverhang();
        int out = side < size ? 0 : (side + over - size) / stride + 1;
        boolean same = out == (side + stride - 1) / stride && over / 2 == 0;
        if (out < 1 || over > 0 && !same) {
            throw new UsageException(
                    "Pooling " + size + "/" + stride + " after layer " + number + " meets maps of side "
                            + side + ", expected a side that it covers with at most one row of overhang."
                            + " Choose another crop or pool.");
        }
        return layers.pool(step, over > 0);
    }

    private int poolOverhang() {
        Network.Pool pool = network.pool();
        return Boolean.FALSE.equals(pool.overhang()) ? 0 : overhang(side, pool.size(), pool.stride());
    }

    /** What a fully connected layer reads: the towers joined, and dropped out if the layer below says so. */
    private String input(Dense below, String layer) {
        String joined = join(layer);
        return below == null ? joined : dropped(below, joined);
    }

    private void dense(Dense layer, String input) {
        for (int tower = 0; tower < towers.length; tower++) {
            String name = layer.name() + towers[tower];
            graph.addLayer(name, layers.dense(layer, name), input);
            tops.set(tower, name);
        }
    }

    /** Dropout of a layer's outputs, both towers at once, so that all who read them read the same mask ({@code §4.2}). */
    private String dropped(Dense layer, String outputs) {
        if (layer.keep() == 1) {
            return outputs;
        }
        String name = "drop" + number(layer.name());
        if (training == null) {
            if (isPowerOfTwo(layer.keep())) {
                return outputs;
            }
            graph.addVertex(name, new ScaleVertex(layer.keep()), outputs);
            return name;
        }
        graph.addLayer(name, layers.dropout(layer.keep(), name), outputs);
        return name;
    }

    private void output(int classes, String input) {
        graph.addLayer(network.output().name(), layers.output(classes), input);
    }

    /** Joins the towers' tops in a merge before the named layer; one tower needs none. */
    private String join(String layer) {
        if (towers.length == 1) {
            return tops.get(0);
        }
        String name = "merge" + number(layer);
        graph.addVertex(name, new MergeVertex(), tops.toArray(String[]::new));
        return name;
    }

    private void add(int tower, String name, Layer layer) {
        graph.addLayer(name, layer, tops.get(tower));
        tops.set(tower, name);
    }

    private static String number(String layer) {
        return layer.replaceAll("\\D", "");
    }
}
