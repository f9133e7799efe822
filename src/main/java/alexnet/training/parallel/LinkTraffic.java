package alexnet.training.parallel;

import alexnet.config.Recipe;
import alexnet.figures.HtmlTable;
import alexnet.model.TowerGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * What two devices tell each other in a step: if each holds one tower, as in 2012 ({@code §3.2}), or if each holds the
 * whole network and sees half of the pictures.
 *
 * @param layers all layers with weights, from the bottom
 * @param floats by layer that reads both towers, from the bottom: activations that go each way, for each picture
 * @param parameters of the network
 */
public record LinkTraffic(List<String> layers, Map<String, Long> floats, long parameters) {
    private static final int DIRECTIONS = 2;
    private static final int FORWARD_AND_BACK = 2;

    /**
     * @param recipe of a network with two towers
     * @param classes softmax units, the paper's 1000
     * @return its traffic
     * @throws IllegalArgumentException if it has one tower
     */
    public static LinkTraffic of(Recipe recipe, int classes) {
        if (recipe.network().towers() != 2) {
            throw new IllegalArgumentException(
                    "The network of recipe " + recipe.name() + " has one tower, expected two. Name another recipe.");
        }
        int crop = recipe.augmentation().crop();
        ComputationGraphConfiguration graph = TowerGraph.inference(recipe.network(), classes, crop);
        Map<String, InputType> shapes = graph.getLayerActivationTypes(true, InputType.convolutional(crop, crop, 3));
        List<String> layers = Stream.of(
                        recipe.network().conv().stream().map(layer -> layer.name()),
                        recipe.network().dense().stream().map(layer -> layer.name()),
                        Stream.of(recipe.network().output().name()))
                .flatMap(names -> names)
                .toList();
        Map<String, Long> floats = new LinkedHashMap<>();
        for (String layer : layers) {
            String vertex = graph.getVertices().containsKey(layer) ? layer : layer + "a";
            String input = graph.getVertexInputs().get(vertex).get(0);
            if (graph.getVertices().get(input) instanceof MergeVertex) {
                String own = graph.getVertexInputs().get(input).get(0);
                floats.put(layer, shapes.get(own).arrayElementsPerExample());
            }
        }
        long parameters = graph.getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(vertex -> ((LayerVertex) vertex).getLayerConf())
                .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                .sum();
        return new LinkTraffic(layers, floats, parameters);
    }

    /**
     * @param batch pictures in a step
     * @return bytes between the devices if each holds a tower: activations there, their gradients back, both ways
     */
    public long towerBytes(int batch) {
        long each = floats.values().stream().mapToLong(Long::longValue).sum();
        return each * Float.BYTES * DIRECTIONS * FORWARD_AND_BACK * batch;
    }

    /** @return bytes between the devices if each has all parameters: a gradient there, parameters back; for any batch */
    public long replicaBytes() {
        return 2 * parameters * Float.BYTES;
    }

    /** @return which layers hear of the other tower, and how many numbers they hear for each picture */
    public HtmlTable table() {
        HtmlTable table = new HtmlTable("layer", "each half reads", "numbers over the link, a picture, each way");
        for (String layer : layers) {
            String reads = floats.containsKey(layer) ? "both towers" : "its own tower";
            table.row(
                    layer,
                    layer.equals(layers.get(0)) ? "the picture" : reads,
                    floats.containsKey(layer) ? grouped(floats.get(layer)) : "–");
        }
        return table;
    }

    /**
     * @param batch pictures in a step
     * @return both ways of sharing the work, in bytes and in times that a device has to wait for the other
     */
    public HtmlTable comparison(int batch) {
        return new HtmlTable("two devices share", "bytes over the link in a step", "waits")
                .row("the network: a tower each", grouped(towerBytes(batch)), FORWARD_AND_BACK * floats.size())
                .row("the pictures: a half each", grouped(replicaBytes()), FORWARD_AND_BACK);
    }

    /**
     * @param largest batch
     * @return megabytes of both, for lines over the size of the batch
     */
    public Map<String, double[][]> byBatch(int largest) {
        double[] batches = {1, largest};
        double mega = 1e6;
        return new TreeMap<>(Map.of(
                "a tower each", new double[][] {batches, {towerBytes(1) / mega, towerBytes(largest) / mega}},
                "a half of the pictures each",
                        new double[][] {batches, {replicaBytes() / mega, replicaBytes() / mega}}));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
