package alexnet.kernels;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The library's convolution layer with its two passes on our kernel; configuration and parameters are the library's. */
final class KernelConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1L;

    private final transient ActivatedKernel computed;
    private final transient Kernel kernel;
    private final boolean inputGradient;

    /** @param inputGradient whether anybody needs the gradient of the input; if not it is 0 */
    KernelConvolution(ConvolutionLayer replaced, Setting setting, Kernel kernel, boolean inputGradient) {
        super(replaced.conf(), replaced.getDataType());
        this.kernel = kernel;
        this.inputGradient = inputGradient;
        this.computed = new ActivatedKernel(setting, layerConf().getActivationFn(), this::operation);
    }

    /** Whether the kernel computes what the layer says. */
    static boolean supports(ConvolutionLayer layer) {
        if (layer.getClass() != ConvolutionLayer.class) {
            return false;
        }
        var conf = (org.deeplearning4j.nn.conf.layers.ConvolutionLayer)
                layer.conf().getLayer();
        return conf.hasBias()
                && conf.getWeightNoise() == null
                && conf.getCnn2dDataFormat() == CNN2DFormat.NCHW
                && Arrays.equals(conf.getDilation(), new int[] {1, 1})
                && conf.getConvolutionMode() != ConvolutionMode.Causal;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (maskArray != null) {
            return super.activate(training, workspaces);
        }
        applyDropOutIfNecessary(training, workspaces);
        return kernel.forward(
                () -> computed.forward(training, () -> linear(workspaces)), () -> super.activate(training, workspaces));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (maskArray != null) {
            return super.backpropGradient(epsilon, workspaces);
        }
        return kernel.backward(() -> gradients(epsilon, workspaces), () -> super.backpropGradient(epsilon, workspaces));
    }

    private INDArray linear(LayerWorkspaceMgr workspaces) {
        validateInputRank();
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        validateInputDepth(parameters().dims()[1]);
        long[] shape = Windows.outputShape(
                x,
                parameters().dims()[0],
                layerConf().getKernelSize(),
                layerConf().getStride(),
                layerConf().getPadding(),
                layerConf().getConvolutionMode());
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
        computed.kernel(x, parameters(), y);
        return y;
    }

    private Pair<Gradient, INDArray> gradients(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        INDArray weightGradient = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
        INDArray biasGradient = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
        INDArray dx = inputGradient
                ? workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c')
                : workspaces.create(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
        Weights gradients = Weights.ofConvolution(weightGradient, biasGradient);
        computed.backward(
                x,
                parameters(),
                epsilon.castTo(dataType),
                gradients,
                inputGradient ? dx : null,
                () -> linear(workspaces));
        Gradient result = new DefaultGradient();
        result.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, biasGradient);
        result.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weightGradient, 'c');
        return new Pair<>(result, backpropDropOutIfPresent(dx));
    }

    private Weights parameters() {
        return Weights.ofConvolution(
                getParam(ConvolutionParamInitializer.WEIGHT_KEY), getParam(ConvolutionParamInitializer.BIAS_KEY));
    }

    private Affine operation(long[] x, long[] y) {
        Windows windows = Windows.of(
                x,
                y,
                layerConf().getKernelSize(),
                layerConf().getStride(),
                layerConf().getPadding(),
                layerConf().getConvolutionMode());
        return new Affine.Convolution(windows.strides(), windows.before(), windows.after());
    }
}
