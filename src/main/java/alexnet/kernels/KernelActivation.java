package alexnet.kernels;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The library's layer of an activation alone, as after a pooling, with its two passes on our kernel. */
final class KernelActivation extends ActivationLayer {
    private static final long serialVersionUID = 1L;

    private final transient Setting setting;
    private final transient PointwiseKernel activation;
    private final transient Kernel kernel;
    private transient INDArray output; // of the newest forward pass in training

    KernelActivation(ActivationLayer replaced, Setting setting, Kernel kernel) {
        super(replaced.conf(), replaced.getDataType());
        this.setting = setting;
        this.activation = new PointwiseKernel(Pointwise.of(layerConf().getActivationFn()));
        this.kernel = kernel;
    }

    /** Whether the kernel computes what the layer says. */
    static boolean supports(ActivationLayer layer) {
        if (layer.getClass() != ActivationLayer.class) {
            return false;
        }
        var conf =
                (org.deeplearning4j.nn.conf.layers.ActivationLayer) layer.conf().getLayer();
        Pointwise own = Pointwise.of(conf.getActivationFn());
        return own != null && own != Pointwise.IDENTITY;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        return kernel.forward(() -> compute(training, workspaces), () -> super.activate(training, workspaces));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        return kernel.backward(() -> gradient(epsilon, workspaces), () -> super.backpropGradient(epsilon, workspaces));
    }

    private INDArray compute(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, x.shape(), 'c');
        activation.forward(setting.scratch(), x, y);
        output = training ? y : null;
        return y;
    }

    private Pair<Gradient, INDArray> gradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray y = output == null ? compute(true, workspaces) : output;
        INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, y.shape(), 'c');
        activation.backward(setting.scratch(), y, Operand.rowMajor(epsilon.castTo(dataType)), Operand.address(dx));
        output = null;
        return new Pair<>(new DefaultGradient(), dx);
    }
}
