package alexnet.kernels;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The library's fully connected layer with its two passes on our kernel. */
final class KernelDense extends DenseLayer {
    private static final long serialVersionUID = 1L;

    private final transient ActivatedKernel computed;
    private final transient Kernel kernel;

    KernelDense(DenseLayer replaced, Setting setting, Kernel kernel) {
        super(replaced.conf(), replaced.getDataType());
        this.kernel = kernel;
        this.computed =
                new ActivatedKernel(setting, layerConf().getActivationFn(), (x, y) -> new Affine.InnerProduct());
    }

    /** Whether the kernel computes what the layer says. */
    static boolean supports(DenseLayer layer) {
        if (layer.getClass() != DenseLayer.class) {
            return false;
        }
        var conf = (org.deeplearning4j.nn.conf.layers.DenseLayer) layer.conf().getLayer();
        return conf.hasBias() && !conf.hasLayerNorm() && conf.getWeightNoise() == null;
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
        Weights w = parameters();
        if (input.rank() != 2 || input.size(1) != w.dims()[1]) {
            throw new DL4JInvalidInputException("Input of " + layerId() + " has shape " + Arrays.toString(input.shape())
                    + ", expected [n, " + w.dims()[1] + "]. Check the layer below and its preprocessor.");
        }
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        INDArray y = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, dataType, new long[] {x.size(0), w.dims()[0]}, 'c');
        computed.kernel(x, w, y);
        return y;
    }

    private Pair<Gradient, INDArray> gradients(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        INDArray weightGradient = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
        INDArray biasGradient = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
        INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
        Weights gradients = Weights.ofDense(weightGradient, biasGradient);
        computed.backward(x, parameters(), epsilon.castTo(dataType), gradients, dx, () -> linear(workspaces));
        Gradient result = new DefaultGradient();
        result.gradientForVariable().put(DefaultParamInitializer.BIAS_KEY, biasGradient);
        result.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, weightGradient);
        return new Pair<>(result, backpropDropOutIfPresent(dx));
    }

    private Weights parameters() {
        return Weights.ofDense(
                getParam(DefaultParamInitializer.WEIGHT_KEY), getParam(DefaultParamInitializer.BIAS_KEY));
    }
}
