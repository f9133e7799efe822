package alexnet.kernels;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation of every element of an array, and its gradient. */
final class PointwiseKernel {
    private final Pointwise activation;
    private final Plans<Plan> plans = new Plans<>();

    /** @param activation not the identity */
    PointwiseKernel(Pointwise activation) {
        this.activation = activation;
    }

    /** @param y is overwritten; may be x */
    void forward(Scratch scratch, INDArray x, INDArray y) {
        Plan plan = plan(x);
        plan.input.set_data_handle(Operand.address(x));
        plan.output.set_data_handle(Operand.address(y));
        plan.forward.run(scratch);
    }

    /**
     * @param y output of the activation
     * @param epsilon its gradient
     * @param delta overwritten with the gradient of the activation's input
     */
    void backward(Scratch scratch, INDArray y, INDArray epsilon, Pointer delta) {
        Plan plan = plan(y);
        plan.output.set_data_handle(Operand.address(y));
        plan.epsilon.set_data_handle(Operand.address(epsilon));
        plan.delta.set_data_handle(delta);
        plan.backward.run(scratch);
    }

    private Plan plan(INDArray array) {
        return plans.get(new long[] {array.length()}, () -> new Plan(array.length()));
    }

    private final class Plan implements AutoCloseable {
        private final memory input;
        private final memory output;
        private final memory epsilon;
        private final memory delta;
        private final Step forward;
        private final Step backward;

        Plan(long length) {
            memory.desc flat = Operand.plain(memory.data_type.f32, length);
            input = Operand.unbound(flat);
            output = Operand.unbound(flat);
            epsilon = Operand.unbound(flat);
            delta = Operand.unbound(flat);
            forward = forward(flat).with(dnnl.DNNL_ARG_SRC, input).with(dnnl.DNNL_ARG_DST, output);
            backward = backward(flat)
                    .with(dnnl.DNNL_ARG_DST, output)
                    .with(dnnl.DNNL_ARG_DIFF_DST, epsilon)
                    .with(dnnl.DNNL_ARG_DIFF_SRC, delta);
        }

        private Step forward(memory.desc flat) {
            var description = new eltwise_forward.primitive_desc(
                    OneDnn.engine(),
                    prop_kind.forward_training,
                    activation.function(),
                    flat,
                    flat,
                    0f,
                    0f,
                    Step.attributes(),
                    false);
            return new Step(description, new eltwise_forward(description));
        }

        private Step backward(memory.desc flat) {
            var hint = new eltwise_forward.primitive_desc(
                    OneDnn.engine(), prop_kind.forward_training, activation.derivative(), flat, flat, 0f, 0f);
            var description = new eltwise_backward.primitive_desc(
                    OneDnn.engine(), activation.derivative(), flat, flat, flat, 0f, 0f, hint, Step.attributes(), false);
            return new Step(description, new eltwise_backward(description));
        }

        @Override
        public void close() {
            forward.close();
            backward.close();
            input.close();
            output.close();
            epsilon.close();
            delta.close();
        }
    }
}
