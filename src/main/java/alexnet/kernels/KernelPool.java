package alexnet.kernels;

import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The library's max- or average-pooling layer with its two passes on our kernel. */
final class KernelPool extends SubsamplingLayer {
    private static final long serialVersionUID = 1L;

    private final transient PoolKernel pool;
    private final transient Kernel kernel;

    KernelPool(SubsamplingLayer replaced, Setting setting, Kernel kernel) {
        super(replaced.conf(), replaced.getDataType());
        this.pool = new PoolKernel(setting, kind(layerConf()));
        this.kernel = kernel;
    }

    /** Whether the kernel computes what the layer says. */
    static boolean supports(SubsamplingLayer layer) {
        if (layer.getClass() != SubsamplingLayer.class) {
            return false;
        }
        var conf = (org.deeplearning4j.nn.conf.layers.SubsamplingLayer)
                layer.conf().getLayer();
        return (conf.getPoolingType() == PoolingType.MAX || conf.getPoolingType() == PoolingType.AVG)
                && conf.getCnn2dDataFormat() == CNN2DFormat.NCHW
                && Arrays.equals(conf.getDilation(), new int[] {1, 1});
    }

    private static algorithm kind(org.deeplearning4j.nn.conf.layers.SubsamplingLayer conf) {
        if (conf.getPoolingType() == PoolingType.MAX) {
            return algorithm.pooling_max;
        }
        return conf.isAvgPoolIncludePadInDivisor()
                ? algorithm.pooling_avg_include_padding
                : algorithm.pooling_avg_exclude_padding;
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
        long[] shape = Windows.outputShape(
                x,
                x.size(1),
                layerConf().getKernelSize(),
                layerConf().getStride(),
                layerConf().getPadding(),
                layerConf().getConvolutionMode());
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
        pool.forward(x, windows(x, y), y, training);
        return y;
    }

    private Pair<Gradient, INDArray> gradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray x = Operand.rowMajor(input.castTo(dataType));
        INDArray delta = Operand.rowMajor(epsilon.castTo(dataType));
        INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
        pool.backward(x, windows(x, delta), delta, dx);
        return new Pair<>(new DefaultGradient(), dx);
    }

    private Windows windows(INDArray x, INDArray y) {
        return Windows.of(
                x.shape(),
                y.shape(),
                layerConf().getKernelSize(),
                layerConf().getStride(),
                layerConf().getPadding(),
                layerConf().getConvolutionMode());
    }
}
