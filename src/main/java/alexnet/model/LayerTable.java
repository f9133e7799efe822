package alexnet.model;

import alexnet.config.Network;
import alexnet.model.layer.WithinMapNormalization;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/**
 * What the layers of a network hold and cost, read from the configuration of the graph that is really built, without
 * allocating its parameters. Zeros added at an edge and the joining of towers are no layers here.
 *
 * @param crop side of the input in pixels
 * @param rows bottom to top
 */
public record LayerTable(int crop, List<Row> rows) {
    /** What a layer is connected to. */
    public enum Reads {
        /** The picture. */
        IMAGE,
        /** The layer below in its own tower. */
        OWN,
        /** The layer below in both towers. */
        BOTH
    }

    /**
     * One layer, both towers together.
     *
     * @param name without the tower's letter, such as {@code conv1}
     * @param towers in how many towers it is: 2, or 1 if it is not divided
     * @param maps or units of one tower
     * @param side of a map in positions; 1 for units
     * @param window side of the square of positions that an output is computed from, 1 where it is one position, 0 where
     *     it is all
     * @param stride positions between two such squares
     * @param reads what it is connected to
     * @param parameters weights and biases
     * @param field side of the square of pixels that an output depends on ({@code §3.5}'s sizes followed down); the whole
     *     input for units
     * @param multiplyAdds for one picture forwards; only those of weights are counted
     */
    public record Row(
            String name,
            int towers,
            int maps,
            int side,
            int window,
            int stride,
            Reads reads,
            long parameters,
            int field,
            long multiplyAdds) {
        /** @return outputs for one picture */
        public long neurons() {
            return (long) towers * maps * side * side;
        }

        /** @return whether it has weights */
        public boolean learns() {
            return parameters > 0;
        }
    }

    /** How far a vertex's outputs look: side of what one depends on, and pixels between neighbours. */
    private record Sight(int field, int jump) {}

    /**
     * @param network the architecture
     * @param classes softmax units, the paper's 1000
     * @param crop side of the input in pixels, the paper's 224
     * @return its layers
     * @throws alexnet.config.UsageException if the layers do not fit the crop
     */
    public static LayerTable of(Network network, int classes, int crop) {
        ComputationGraphConfiguration graph = TowerGraph.inference(network, classes, crop);
        Map<String, InputType> shapes = graph.getLayerActivationTypes(InputType.convolutional(crop, crop, 3));
        Map<String, Sight> sights = new HashMap<>(Map.of(TowerGraph.INPUT, new Sight(1, 1)));
        Map<String, Row> rows = new LinkedHashMap<>();
        graph.getVertices().forEach((vertex, kind) -> {
            List<String> inputs = graph.getVertexInputs().get(vertex);
            Sight below = sights.get(inputs.get(0));
            int window = window(kind);
            int jump = below.jump() * stride(kind);
            sights.put(vertex, new Sight(below.field() + (Math.max(1, window) - 1) * below.jump(), jump));
            if (kind instanceof LayerVertex layer && !isPadding(layer)) {
                int field = window == 0 ? crop : sights.get(vertex).field();
                Row row = row(vertex, layer, shapes.get(vertex), field, reads(graph, inputs.get(0)));
                rows.merge(row.name(), row, LayerTable::together);
            }
        });
        return new LayerTable(crop, List.copyOf(rows.values()));
    }

    private static Row row(String vertex, LayerVertex layer, InputType shape, int field, Reads reads) {
        boolean maps = shape instanceof InputType.InputTypeConvolutional;
        int side = maps ? (int) ((InputType.InputTypeConvolutional) shape).getHeight() : 1;
        int count = (int) (shape.arrayElementsPerExample() / side / side);
        var configuration = layer.getLayerConf();
        long parameters = configuration.getLayer().initializer().numParams(configuration);
        return new Row(
                name(vertex),
                1,
                count,
                side,
                window(layer),
                stride(layer),
                reads,
                parameters,
                field,
                count * (long) side * side * inputsOfOne(layer));
    }

    private static Row together(Row a, Row b) {
        return new Row(
                a.name,
                a.towers + b.towers,
                a.maps,
                a.side,
                a.window,
                a.stride,
                a.reads,
                a.parameters + b.parameters,
                a.field,
                a.multiplyAdds + b.multiplyAdds);
    }

    private static String name(String vertex) {
        return vertex.replaceFirst("(?<=\\d)[ab]$", "");
    }

    private static boolean isPadding(GraphVertex kind) {
        return kind instanceof LayerVertex vertex && vertex.getLayerConf().getLayer() instanceof ZeroPaddingLayer;
    }

    /** 0: the vertex looks at everything below. */
    private static int window(GraphVertex kind) {
        if (!(kind instanceof LayerVertex vertex)) {
            return 1;
        }
        var layer = vertex.getLayerConf().getLayer();
        if (layer instanceof ConvolutionLayer conv) {
            return conv.getKernelSize()[0];
        }
        if (layer instanceof LocallyConnected2D local) {
            return local.getKernel()[0];
        }
        if (layer instanceof SubsamplingLayer pool) {
            return pool.getKernelSize()[0];
        }
        if (layer instanceof WithinMapNormalization within) {
            return within.getSize();
        }
        return layer instanceof FeedForwardLayer ? 0 : 1;
    }

    private static int stride(GraphVertex kind) {
        var layer = kind instanceof LayerVertex vertex ? vertex.getLayerConf().getLayer() : null;
        if (layer instanceof ConvolutionLayer conv) {
            return conv.getStride()[0];
        }
        if (layer instanceof LocallyConnected2D local) {
            return local.getStride()[0];
        }
        return layer instanceof SubsamplingLayer pool ? pool.getStride()[0] : 1;
    }

    /** Weights that one output is computed with. */
    private static long inputsOfOne(LayerVertex vertex) {
        var layer = vertex.getLayerConf().getLayer();
        if (layer instanceof LocallyConnected2D local) {
            return local.getNIn() * local.getKernel()[0] * local.getKernel()[1];
        }
        if (layer instanceof ConvolutionLayer conv) {
            return conv.getNIn() * conv.getKernelSize()[0] * conv.getKernelSize()[1];
        }
        return layer instanceof FeedForwardLayer dense ? dense.getNIn() : 0;
    }

    private static Reads reads(ComputationGraphConfiguration graph, String input) {
        if (input.equals(TowerGraph.INPUT)) {
            return Reads.IMAGE;
        }
        GraphVertex kind = graph.getVertices().get(input);
        if (kind instanceof MergeVertex) {
            return Reads.BOTH;
        }
        return isPadding(kind) ? reads(graph, graph.getVertexInputs().get(input).get(0)) : Reads.OWN;
    }

    /** @return those with weights */
    public List<Row> learned() {
        return rows.stream().filter(Row::learns).toList();
    }

    /** @return weights and biases of all layers */
    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /** @return multiplications of weights for one picture forwards, each with its addition */
    public long multiplyAdds() {
        return rows.stream().mapToLong(Row::multiplyAdds).sum();
    }

    /** @return outputs of the layers with weights, for one picture ({@code §1} says 650,000) */
    public long neurons() {
        return learned().stream().mapToLong(Row::neurons).sum();
    }

    /** @return the names of the layers with weights */
    public List<String> names() {
        return learned().stream().map(Row::name).toList();
    }

    /** @return for the layers with weights, their shares in percent of parameters, multiply-adds and outputs */
    public Map<String, double[]> shares() {
        Map<String, double[]> shares = new LinkedHashMap<>();
        List<Row> all = learned();
        shares.put("parameters", percent(all.stream().mapToLong(Row::parameters).toArray()));
        shares.put(
                "multiply-adds",
                percent(all.stream().mapToLong(Row::multiplyAdds).toArray()));
        shares.put("outputs", percent(all.stream().mapToLong(Row::neurons).toArray()));
        return shares;
    }

    private static double[] percent(long[] numbers) {
        double sum = LongStream.of(numbers).sum();
        return LongStream.of(numbers).mapToDouble(number -> 100 * number / sum).toArray();
    }
}
