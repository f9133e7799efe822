package alexnet.kernels;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;

/** How a layer of weights and biases is described to the library: as a convolution or as an inner product. */
sealed interface Affine {
    /** A primitive and its description, which tells the layouts it chose. */
    record Compiled(primitive_desc description, primitive primitive) {}

    /** The four arrays of a layer: wanted layouts, or {@code any}. */
    record Layouts(memory.desc source, memory.desc weights, memory.desc bias, memory.desc output) {}

    Compiled forward(Layouts layouts, prop_kind kind, primitive_attr attributes);

    /** @param weights layout of the gradient of the weights, in fp32 */
    Compiled backwardWeights(Layouts layouts, memory.desc weights, Compiled forward);

    Compiled backwardData(Layouts layouts, Compiled forward);

    /**
     * A convolution of one image size.
     *
     * @param strides rows, columns
     * @param before padding above, left
     * @param after padding below, right
     */
    record Convolution(long[] strides, long[] before, long[] after) implements Affine {
        @Override
        public Compiled forward(Layouts l, prop_kind kind, primitive_attr attributes) {
            var description = new convolution_forward.primitive_desc(
                    OneDnn.engine(),
                    kind,
                    algorithm.convolution_direct,
                    l.source,
                    l.weights,
                    l.bias,
                    l.output,
                    strides,
                    before,
                    after,
                    attributes,
                    false);
            return new Compiled(description, new convolution_forward(description));
        }

        @Override
        public Compiled backwardWeights(Layouts l, memory.desc weights, Compiled forward) {
            var description = new convolution_backward_weights.primitive_desc(
                    OneDnn.engine(),
                    algorithm.convolution_direct,
                    l.source,
                    weights,
                    l.bias,
                    l.output,
                    strides,
                    before,
                    after,
                    (convolution_forward.primitive_desc) forward.description,
                    Step.attributes(),
                    false);
            return new Compiled(description, new convolution_backward_weights(description));
        }

        @Override
        public Compiled backwardData(Layouts l, Compiled forward) {
            var description = new convolution_backward_data.primitive_desc(
                    OneDnn.engine(),
                    algorithm.convolution_direct,
                    l.source,
                    l.weights,
                    l.output,
                    strides,
                    before,
                    after,
                    (convolution_forward.primitive_desc) forward.description,
                    Step.attributes(),
                    false);
            return new Compiled(description, new convolution_backward_data(description));
        }
    }

    /** A fully connected layer. */
    record InnerProduct() implements Affine {
        @Override
        public Compiled forward(Layouts l, prop_kind kind, primitive_attr attributes) {
            var description = new inner_product_forward.primitive_desc(
                    OneDnn.engine(), kind, l.source, l.weights, l.bias, l.output, attributes, false);
            return new Compiled(description, new inner_product_forward(description));
        }

        @Override
        public Compiled backwardWeights(Layouts l, memory.desc weights, Compiled forward) {
            var description = new inner_product_backward_weights.primitive_desc(
                    OneDnn.engine(),
                    l.source,
                    weights,
                    l.bias,
                    l.output,
                    (inner_product_forward.primitive_desc) forward.description,
                    Step.attributes(),
                    false);
            return new Compiled(description, new inner_product_backward_weights(description));
        }

        @Override
        public Compiled backwardData(Layouts l, Compiled forward) {
            var description = new inner_product_backward_data.primitive_desc(
                    OneDnn.engine(),
                    l.source,
                    l.weights,
                    l.output,
                    (inner_product_forward.primitive_desc) forward.description,
                    Step.attributes(),
                    false);
            return new Compiled(description, new inner_product_backward_data(description));
        }
    }
}
