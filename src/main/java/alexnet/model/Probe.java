package alexnet.model;

import alexnet.config.Network;
import alexnet.config.Recipe;
import alexnet.figures.HtmlTable;
import alexnet.figures.PictureRows;
import alexnet.figures.Pictures;
import alexnet.pipeline.InputWays;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What each step of a network's convolutional layers gives for some pictures, to be looked at and compared. */
public final class Probe {
    private static final int SIDE = 92;
    private static final double PERCENT = 100;

    private final Recipe recipe;
    private final ComputationGraph graph;
    private final INDArray pictures;
    private final Map<String, INDArray> outputs;

    private Probe(Recipe recipe, ComputationGraph graph, INDArray pictures) {
        this.recipe = recipe;
        this.graph = graph;
        this.pictures = pictures;
        this.outputs = graph.feedForward(new INDArray[] {pictures}, false);
    }

    /**
     * @param recipe gives the network and its initial values: nothing is trained
     * @param classes softmax units
     * @param pictures the network's input, {@code [n, 3, crop, crop]}
     * @return the network's outputs
     */
    public static Probe of(Recipe recipe, int classes, INDArray pictures) {
        int crop = (int) pictures.size(2);
        return new Probe(
                recipe, TowerGraph.build(recipe.network(), recipe.training(), classes, crop, DataType.FLOAT), pictures);
    }

    /**
     * @param other a recipe whose network has the same weights
     * @return the outputs of that network with this one's weights, for the same pictures
     * @throws IllegalArgumentException if it has another number of parameters
     */
    public Probe with(Recipe other) {
        return withWeightsOf(graph, other, pictures);
    }

    private Probe withWeightsOf(ComputationGraph weights, Recipe other, INDArray input) {
        int classes = (int) outputs.get(recipe.network().output().name()).size(1);
        ComputationGraph same =
                TowerGraph.build(other.network(), other.training(), classes, (int) input.size(2), DataType.FLOAT);
        if (same.numParams() != weights.numParams()) {
            throw new IllegalArgumentException("The network of " + other.name() + " has " + same.numParams()
                    + " parameters, expected " + weights.numParams() + ". Change only what follows the layers.");
        }
        // by name: the order of the flat array follows the order of vertices, which more steps change
        weights.paramTable().forEach(same::setParam);
        return new Probe(other, same, input);
    }

    /**
     * @param trained a graph of the same layers, such as a bundle's
     * @return the outputs of this network with that one's weights, for the same pictures
     * @throws IllegalArgumentException if it has another number of parameters
     */
    public Probe trainedAs(ComputationGraph trained) {
        return withWeightsOf(trained, recipe, pictures);
    }

    /**
     * @param others the network's input, {@code [n, 3, crop, crop]}
     * @return this network's outputs for other pictures
     */
    public Probe on(INDArray others) {
        return new Probe(recipe, graph, others);
    }

    /**
     * @param step a vertex without its tower's letter, such as {@code lrn1}
     * @return its outputs in both towers, {@code [n, maps, side, side]}
     */
    public INDArray output(String step) {
        if (outputs.containsKey(step)) {
            return outputs.get(step);
        }
        if (!outputs.containsKey(step + "a")) {
            throw new IllegalArgumentException(
                    "The network has no step " + step + ", expected one of " + outputs.keySet() + ".");
        }
        return Nd4j.concat(1, outputs.get(step + "a"), outputs.get(step + "b"));
    }

    /**
     * @param layer a convolutional layer, such as {@code conv1}
     * @return what its block gives to the next: the outputs of its last step
     */
    public INDArray block(String layer) {
        String number = layer.replaceAll("\\D", "");
        String last = layer;
        for (String vertex : graph.getConfiguration().getVertices().keySet()) {
            String step = vertex.replaceFirst("(?<=\\d)[ab]$", "");
            if (step.matches("(relu|tanh|lrn|within|pool)" + number)) {
                last = step;
            }
        }
        return output(last);
    }

    private List<String> layers() {
        return recipe.network().conv().stream().map(Network.Conv::name).toList();
    }

    /**
     * @param other with the same shapes
     * @param layer a convolutional layer
     * @return how far the blocks' outputs are apart: the norm of the difference by this one's norm
     */
    public double difference(Probe other, String layer) {
        INDArray mine = block(layer);
        return mine.sub(other.block(layer)).norm2Number().doubleValue()
                / mine.norm2Number().doubleValue();
    }

    /**
     * @param others by what was changed, in order
     * @return how far the outputs of each block move, in percent
     */
    public HtmlTable differences(Map<String, Probe> others) {
        List<String> head = new ArrayList<>(List.of("changed"));
        layers().forEach(layer -> head.add("after the block of " + layer));
        HtmlTable table = new HtmlTable(head.toArray(String[]::new));
        others.forEach((name, other) -> {
            List<Object> cells = new ArrayList<>(List.of(name));
            layers().forEach(layer -> cells.add(decimal("%.1f %%", PERCENT * difference(other, layer))));
            table.row(cells.toArray());
        });
        return table;
    }

    /**
     * @param ways by name, in order: the pictures made ready in two ways
     * @return by how many levels the network's input moves from the first way to the second, as a root mean square, and
     *     how far the outputs of each block move, in percent
     */
    public HtmlTable inputs(Map<String, InputWays.Pair> ways) {
        List<String> head = new ArrayList<>(List.of("changed", "the input, levels"));
        layers().forEach(layer -> head.add("after the block of " + layer));
        HtmlTable table = new HtmlTable(head.toArray(String[]::new));
        ways.forEach((name, pair) -> {
            Probe usual = on(pair.usual());
            Probe other = on(pair.other());
            List<Object> cells = new ArrayList<>(List.of(name, decimal("%.2f", pair.levels())));
            layers().forEach(layer -> cells.add(decimal("%.1f %%", PERCENT * usual.difference(other, layer))));
            table.row(cells.toArray());
        });
        return table;
    }

    /**
     * How much a block's outputs tell of the picture: their standard deviation over the pictures, as a root mean square
     * over the outputs.
     *
     * @param layer a convolutional layer
     * @return 0 if all pictures give the same
     */
    public double signal(String layer) {
        INDArray block = block(layer);
        INDArray apart = block.sub(block.mean(true, 0));
        return apart.norm2Number().doubleValue() / Math.sqrt(apart.length());
    }

    /**
     * @param layer a convolutional layer
     * @return the mean of its block's outputs
     */
    public double mean(String layer) {
        return block(layer).meanNumber().doubleValue();
    }

    /**
     * @param probes by name, in order; with the same layers
     * @return for each block the mean of its outputs and what of them depends on the picture
     */
    public static HtmlTable signals(Map<String, Probe> probes) {
        List<String> head = new ArrayList<>(List.of("after the block of"));
        probes.keySet().forEach(name -> head.addAll(List.of(name + ": mean", name + ": varies by")));
        HtmlTable table = new HtmlTable(head.toArray(String[]::new));
        for (String layer : probes.values().iterator().next().layers()) {
            List<Object> cells = new ArrayList<>(List.of(layer));
            probes.values()
                    .forEach(probe -> cells.addAll(
                            List.of(decimal("%.3f", probe.mean(layer)), decimal("%.3f", probe.signal(layer)))));
            table.row(cells.toArray());
        }
        return table;
    }

    /**
     * By how much a normalisation divides: its input by its output, where that is not 0.
     *
     * @param before the step below, such as {@code conv1}
     * @param after the normalisation, such as {@code lrn1}
     * @return the divisors, ascending
     */
    public double[] divisors(String before, String after) {
        float[] in = flat(before);
        float[] out = flat(after);
        return IntStream.range(0, in.length)
                .filter(i -> out[i] != 0)
                .mapToDouble(i -> in[i] / out[i])
                .sorted()
                .toArray();
    }

    private float[] flat(String step) {
        INDArray output = output(step);
        return output.dup('c').reshape(output.length()).toFloatVector();
    }

    /**
     * @param before the step below, such as {@code conv1}
     * @param after the normalisation, such as {@code lrn1}
     * @param probes by name, in order
     * @return quantiles of the divisors
     */
    public static HtmlTable divisors(String before, String after, Map<String, Probe> probes) {
        HtmlTable table = new HtmlTable("divided by", "smallest", "middle", "one in a hundred above", "largest");
        probes.forEach((name, probe) -> {
            double[] d = probe.divisors(before, after);
            table.row(
                    name,
                    decimal("%.2f", d[0]),
                    decimal("%.2f", d[d.length / 2]),
                    decimal("%.2f", d[(int) (d.length * 0.99)]),
                    decimal("%.2f", d[d.length - 1]));
        });
        return table;
    }

    /**
     * @param before the step below, such as {@code conv1}
     * @param after the normalisation, such as {@code lrn1}
     * @param count points wanted, about
     * @param probes by name, in order
     * @return by name, for outputs spread evenly over the network's: {@code {before…}, {after…}}
     */
    public static Map<String, double[][]> pairs(String before, String after, int count, Map<String, Probe> probes) {
        Map<String, double[][]> pairs = new LinkedHashMap<>();
        probes.forEach((name, probe) -> {
            float[] in = probe.flat(before);
            float[] out = probe.flat(after);
            int[] taken = IntStream.range(0, in.length)
                    .filter(i -> i % Math.max(1, in.length / count) == 0 && out[i] != 0)
                    .toArray();
            pairs.put(name, new double[][] {at(in, taken), at(out, taken)});
        });
        return pairs;
    }

    private static double[] at(float[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    }

    /**
     * @param step a vertex without its tower's letter
     * @return by its name, {@code {columns of the maps, from 1}, {root mean square of the outputs there}}}
     */
    public Map<String, double[][]> byColumn(String step) {
        INDArray output = output(step);
        double[] sizes = output.mul(output).mean(0, 1, 2).toDoubleVector();
        double[] columns =
                IntStream.rangeClosed(1, sizes.length).asDoubleStream().toArray();
        return Map.of(
                step,
                new double[][] {columns, Arrays.stream(sizes).map(Math::sqrt).toArray()});
    }

    /**
     * @param picture number of a picture
     * @param steps vertices without their tower's letter
     * @param count maps of each, the first ones
     * @return a row of maps for each step: the stronger the colour the larger, red above 0, blue below
     */
    public BufferedImage maps(int picture, int count, String... steps) {
        PictureRows rows = new PictureRows(SIDE);
        for (String step : steps) {
            INDArray output = output(step);
            rows.row(step + ": " + output.size(1) + " maps of " + output.size(2) + " × " + output.size(3));
            for (int map = 0; map < count; map++) {
                rows.add(
                        Pictures.map(output.get(
                                NDArrayIndex.point(picture),
                                NDArrayIndex.point(map),
                                NDArrayIndex.all(),
                                NDArrayIndex.all())),
                        "");
            }
        }
        return rows.image();
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
