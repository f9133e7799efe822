package alexnet.model.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer without parameters that computes over the elements of its input, in row-major order. */
abstract class PlainRuntime<C extends PlainLayer> extends AbstractLayer<C> {
    private static final long serialVersionUID = 1L;

    PlainRuntime(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    /** Fills the output from the input; both have the given shape. */
    abstract void forward(Elements in, Elements out, long[] shape, boolean training);

    /** Fills the gradient of the input from the input and the gradient of the output. */
    abstract void backward(Elements in, Elements epsilon, Elements out, long[] shape);

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape(), 'c');
        forward(Elements.of(input), Elements.into(out), input.shape(), training);
        return out;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
        backward(Elements.of(input), Elements.of(epsilon), Elements.into(out), input.shape());
        return new Pair<>(new DefaultGradient(), out);
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
