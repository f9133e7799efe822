package alexnet.kernels;

import alexnet.kernels.FastKernels.Use;
import alexnet.run.RunException;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The library's locally connected layer with its two passes on our kernel; its own goes through a graph of operations. */
final class KernelLocal extends SameDiffLayer {
    private static final long serialVersionUID = 1L;
    private static final String WEIGHTS = ConvolutionParamInitializer.WEIGHT_KEY;
    private static final String BIASES = ConvolutionParamInitializer.BIAS_KEY;

    private final transient LocalKernel local;
    private final transient Kernel kernel;
    private final transient LocallyConnected2D conf;
    private final transient IActivation activation;
    private transient INDArray output; // of the newest forward pass in training, if a ReLU, whose mask it has

    KernelLocal(SameDiffLayer replaced, Setting setting, Kernel kernel) {
        super(replaced.conf(), replaced.getDataType());
        this.kernel = kernel;
        this.local = new LocalKernel(setting);
        this.conf = (LocallyConnected2D) replaced.conf().getLayer();
        this.activation = conf.getActivation().getActivationFunction();
    }

    /** Whether the kernel computes what the layer says. */
    static boolean supports(SameDiffLayer layer) {
        return layer.getClass() == SameDiffLayer.class
                && layer.conf().getLayer() instanceof LocallyConnected2D conf
                && conf.isHasBias()
                && conf.getFormat() == CNN2DFormat.NCHW
                && Arrays.equals(conf.getDilation(), new int[] {1, 1});
    }

    /** The library's own gradient of such a layer is twice what it should be, so nothing may be trained with it. */
    static void requireNone(ComputationGraph graph, Use use, String reason) {
        if (use == Use.INFERENCE) {
            return;
        }
        for (Layer layer : graph.getLayers()) {
            if (layer instanceof SameDiffLayer local && supports(local)) {
                throw noGradient(layer.conf().getLayer().getLayerName(), reason);
            }
        }
    }

    private static RunException noGradient(String layer, String reason) {
        return new RunException("The locally connected layer " + layer + " cannot be trained here, since " + reason
                + "; expected oneDNN on x86-64, because Deeplearning4j's own gradient of such layers is wrong. Train"
                + " there, or use a recipe without local layers, such as cifar10-four-layer.");
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (maskArray != null) {
            return super.activate(training, workspaces);
        }
        return kernel.forward(() -> activated(training, workspaces), () -> super.activate(training, workspaces));
    }

    private INDArray activated(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray y = activation.getActivation(linear(workspaces), training);
        output = training && activation instanceof ActivationReLU ? y : null;
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        return kernel.backward(() -> gradients(epsilon, workspaces), () -> {
            throw noGradient(kernel.layer(), "its kernel failed");
        });
    }

    private INDArray linear(LayerWorkspaceMgr workspaces) {
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, outputShape(x), 'c');
        local.forward(x, windows(x.shape(), y.shape()), paramTable.get(WEIGHTS), paramTable.get(BIASES), y);
        return y;
    }

    private Pair<Gradient, INDArray> gradients(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        INDArray delta = Operand.rowMajor(activation
                .backprop(output == null ? linear(workspaces) : output, Operand.rowMajor(epsilon.castTo(dataType)))
                .getFirst());
        INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
        INDArray weightGradient = gradTable.get(WEIGHTS);
        INDArray biasGradient = gradTable.get(BIASES);
        local.backward(
                x, windows(x.shape(), delta.shape()), paramTable.get(WEIGHTS), delta, weightGradient, biasGradient, dx);
        Gradient result = new DefaultGradient(gradients);
        result.setGradientFor(WEIGHTS, weightGradient);
        result.setGradientFor(BIASES, biasGradient);
        return new Pair<>(result, dx);
    }

    private long[] outputShape(INDArray x) {
        return Windows.outputShape(
                x, conf.getNOut(), conf.getKernel(), conf.getStride(), conf.getPadding(), conf.getCm());
    }

    private Windows windows(long[] x, long[] y) {
        ConvolutionMode mode = conf.getCm();
        return Windows.of(x, y, conf.getKernel(), conf.getStride(), conf.getPadding(), mode);
    }
}
