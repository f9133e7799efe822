package alexnet.kernels;

import alexnet.kernels.Scratch.Slot;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradient of the ReLU: that of the output where the output is above zero, elsewhere 0. */
final class ReluMask {
    private final Plans<Plan> plans = new Plans<>();

    /** @return fp32 in working memory, valid until the next call */
    Pointer apply(Scratch scratch, INDArray output, INDArray epsilon) {
        Plan plan = plans.get(new long[] {output.length()}, () -> new Plan(output.length()));
        Pointer masked = scratch.slot(Slot.MASKED).address(output.length() * Float.BYTES);
        plan.output.set_data_handle(Operand.address(output));
        plan.epsilon.set_data_handle(Operand.address(epsilon));
        plan.masked.set_data_handle(masked);
        plan.step.run(scratch);
        return masked;
    }

    private static final class Plan implements AutoCloseable {
        private final memory output;
        private final memory epsilon;
        private final memory masked;
        private final Step step;

        Plan(long length) {
            memory.desc flat = Operand.plain(memory.data_type.f32, length);
            output = Operand.unbound(flat);
            epsilon = Operand.unbound(flat);
            masked = Operand.unbound(flat);
            var forward = new eltwise_forward.primitive_desc(
                    OneDnn.engine(),
                    prop_kind.forward_training,
                    algorithm.eltwise_relu_use_dst_for_bwd,
                    flat,
                    flat,
                    0f,
                    0f);
            var description = new eltwise_backward.primitive_desc(
                    OneDnn.engine(),
                    algorithm.eltwise_relu_use_dst_for_bwd,
                    flat,
                    flat,
                    flat,
                    0f,
                    0f,
                    forward,
                    Step.attributes(),
                    false);
            step = new Step(description, new eltwise_backward(description))
                    .with(dnnl.DNNL_ARG_DST, output)
                    .with(dnnl.DNNL_ARG_DIFF_DST, epsilon)
                    .with(dnnl.DNNL_ARG_DIFF_SRC, masked);
        }

        @Override
        public void close() {
            step.close();
            output.close();
            epsilon.close();
            masked.close();
        }
    }
}
