package alexnet.kernels;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights and biases of a layer, or their gradients.
 *
 * @param values of the weights
 * @param bias {@code [1, outputs]}
 * @param dims the extents, outputs first
 * @param strides of the values, in the order of the extents
 */
record Weights(INDArray values, INDArray bias, long[] dims, long[] strides) {
    /** @param values {@code [outputs, inputs, height, width]} */
    static Weights ofConvolution(INDArray values, INDArray bias) {
        return new Weights(values, bias, values.shape(), values.stride());
    }

    /** @param values {@code [inputs, outputs]} */
    static Weights ofDense(INDArray values, INDArray bias) {
        return new Weights(values, bias, new long[] {values.size(1), values.size(0)}, new long[] {
            values.stride(1), values.stride(0)
        });
    }

    memory.desc description() {
        return new memory.desc(dims, memory.data_type.f32, strides);
    }
}
