package alexnet.kernels;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A local response normalisation, the library's or ours, with its two passes on our kernel. */
final class KernelCrossMap extends AbstractLayer<org.deeplearning4j.nn.conf.layers.Layer> {
    private static final long serialVersionUID = 1L;

    private final transient Layer replaced;
    private final transient CrossMapKernel normalisation;
    private final transient Kernel kernel;

    KernelCrossMap(Layer replaced, CrossMap constants, Kernel kernel) {
        super(replaced.conf(), DataType.FLOAT);
        this.replaced = replaced;
        this.normalisation = new CrossMapKernel(constants);
        this.kernel = kernel;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        return kernel.forward(
                () -> {
                    INDArray x = Operand.rowMajor(input.castTo(dataType));
                    INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, x.shape(), 'c');
                    normalisation.forward(x, y);
                    return y;
                },
                () -> {
                    replaced.setInput(input, workspaces);
                    return replaced.activate(training, workspaces);
                });
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        return kernel.backward(
                () -> {
                    INDArray x = Operand.rowMajor(input.castTo(dataType));
                    INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
                    normalisation.backward(x, Operand.rowMajor(epsilon.castTo(dataType)), dx);
                    return new Pair<>(new DefaultGradient(), dx);
                },
                () -> {
                    replaced.setInput(input, workspaces);
                    return replaced.backpropGradient(epsilon, workspaces);
                });
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        return 0;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {
        // a layer without weights has no weight noise
    }

    @Override
    public INDArray params() {
        return null;
    }
}
