package alexnet.kernels;

import alexnet.config.Precision;
import alexnet.run.RunException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an initialised graph compute its convolutions, poolings, normalisations, fully connected layers and activations with the
 * kernels of this package. Configuration, parameters and everything that is saved stay as they are: only the objects that
 * compute are exchanged, each for a subclass of the library's (or, for LRN, for one that wraps it).
 *
 * <p>Each graph has working memory of its own, so replicas may run side by side in threads; one graph is for one thread at
 * a time, as the library has it.
 */
public final class FastKernels {
    private static final Logger LOG = LoggerFactory.getLogger(FastKernels.class);

    private final Map<String, Kernel> kernels = new LinkedHashMap<>();

    private FastKernels() {}

    /** What a graph is used for. */
    public enum Use {
        /** Gradients of parameters are computed; that of the graph's own input is not, and is 0. */
        TRAINING,
        /** All gradients are computed. */
        ALL_GRADIENTS,
        /** Forward passes alone, and the parameters stay as they are from the first one on. */
        INFERENCE
    }

    /** How often the kernels of one layer have been called. */
    public record Calls(long forward, long backward) {}

    /**
     * @param graph an initialised graph; one of another type than FLOAT is left as it is, since the kernels know no other
     * @return what was installed
     * @throws RunException if the graph is to be trained and has locally connected layers that no kernel computes
     */
    public static FastKernels install(ComputationGraph graph, Precision precision, Use use) {
        if (graph.getConfiguration().getDataType() != DataType.FLOAT) {
            KernelLocal.requireNone(graph, use, "it is not of type FLOAT");
            return new FastKernels();
        }
        String missing = OneDnn.missing();
        if (missing != null) {
            KernelLocal.requireNone(graph, use, missing);
            LOG.warn("No fast kernels here, since {}; the library's own are used.", missing);
            NativeConvolutions.install(graph);
            return new FastKernels();
        }
        if (precision == Precision.BF16 && !OneDnn.computesBf16()) {
            LOG.warn("This processor does not multiply in bf16: operands are rounded to it, with the same results, but"
                    + " nothing gets faster.");
        }
        Scratch scratch = new Scratch();
        FastKernels installed = new FastKernels();
        installed.replaceLayers(graph, new Setting(scratch, precision, use == Use.INFERENCE), use);
        return installed;
    }

    /** @return for each layer that has kernels, by its vertex name, how often they were called */
    public Map<String, Calls> calls() {
        Map<String, Calls> calls = new LinkedHashMap<>();
        kernels.forEach((name, kernel) -> calls.put(name, new Calls(kernel.forwardCalls(), kernel.backwardCalls())));
        return calls;
    }

    /** @return layers whose kernel has failed and that are computed by the library since */
    public List<String> failed() {
        return kernels.values().stream()
                .filter(Kernel::failed)
                .map(Kernel::layer)
                .toList();
    }

    private void replaceLayers(ComputationGraph graph, Setting setting, Use use) {
        Layer[] layers = graph.getLayers();
        for (GraphVertex vertex : graph.getVertices()) {
            if (!(vertex instanceof LayerVertex holder)) {
                continue;
            }
            boolean inputGradient = use == Use.ALL_GRADIENTS || learnsBelow(graph, vertex);
            Kernel kernel = new Kernel(vertex.getVertexName());
            Layer old = holder.getLayer();
            Layer fast = replacement(old, setting, kernel, inputGradient);
            if (fast == null) {
                continue;
            }
            takeOver(old, fast);
            holder.setLayer(fast);
            for (int i = 0; i < layers.length; i++) {
                layers[i] = layers[i] == old ? fast : layers[i];
            }
            kernels.put(vertex.getVertexName(), kernel);
        }
    }

    private static Layer replacement(Layer layer, Setting setting, Kernel kernel, boolean inputGradient) {
        if (layer instanceof ConvolutionLayer conv && KernelConvolution.supports(conv)) {
            return new KernelConvolution(conv, setting, kernel, inputGradient);
        }
        if (layer instanceof SubsamplingLayer pool && KernelPool.supports(pool)) {
            return new KernelPool(pool, setting, kernel);
        }
        if (layer instanceof ActivationLayer activation && KernelActivation.supports(activation)) {
            return new KernelActivation(activation, setting, kernel);
        }
        if (layer instanceof DenseLayer dense && KernelDense.supports(dense)) {
            return new KernelDense(dense, setting, kernel);
        }
        if (layer instanceof SameDiffLayer local && KernelLocal.supports(local)) {
            return new KernelLocal(local, setting, kernel);
        }
        if (layer.conf().getLayer() instanceof CrossMap ours && !(layer instanceof KernelCrossMap)) {
            return new KernelCrossMap(layer, ours, kernel);
        }
        if (layer.getClass() == org.deeplearning4j.nn.layers.normalization.LocalResponseNormalization.class) {
            return new KernelCrossMap(
                    layer, constants((LocalResponseNormalization) layer.conf().getLayer()), kernel);
        }
        return null;
    }

    private static CrossMap constants(LocalResponseNormalization stock) {
        record Constants(double getK, int getN, double getAlpha, double getBeta) implements CrossMap {}
        return new Constants(stock.getK(), (int) stock.getN(), stock.getAlpha(), stock.getBeta());
    }

    /** Whether any parameters lie between the graph's inputs and a vertex. */
    private static boolean learnsBelow(ComputationGraph graph, GraphVertex vertex) {
        VertexIndices[] inputs = vertex.getInputVertices();
        if (inputs == null) {
            return false;
        }
        List<GraphVertex> below = new ArrayList<>();
        for (VertexIndices input : inputs) {
            below.add(graph.getVertices()[input.getVertexIndex()]);
        }
        return below.stream().anyMatch(v -> v.numParams() > 0 || learnsBelow(graph, v));
    }

    private static void takeOver(Layer old, Layer fast) {
        fast.setListeners(old.getListeners());
        fast.setIndex(old.getIndex());
        fast.setIterationCount(old.getIterationCount());
        fast.setEpochCount(old.getEpochCount());
        if (old.numParams() > 0) {
            fast.setParamsViewArray(old.params());
            fast.setParamTable(old.paramTable());
            if (old.getGradientsViewArray() != null) {
                fast.setBackpropGradientsViewArray(old.getGradientsViewArray());
            }
        }
    }
}
