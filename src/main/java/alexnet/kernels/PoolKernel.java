package alexnet.kernels;

import alexnet.kernels.Scratch.Buffer;
import alexnet.kernels.Scratch.Slot;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Max- and average-pooling, {@code §3.4}, and their gradients: that of a maximum goes to the first largest element of each
 * window.
 */
final class PoolKernel {
    private static final long[] NO_DILATION = {0, 0};
    private static final List<memory.format_tag> LAYOUTS =
            List.of(memory.format_tag.nChw16c, memory.format_tag.nChw8c, memory.format_tag.nchw);

    private final Setting setting;
    private final algorithm kind;
    private final Plans<Plan> plans = new Plans<>();
    private final Buffer largest = new Buffer(); // where in each window it lies; empty for averages
    private INDArray largestOf;

    /** @param kind pooling_max, pooling_avg_exclude_padding or pooling_avg_include_padding */
    PoolKernel(Setting setting, algorithm kind) {
        this.setting = setting;
        this.kind = kind;
    }

    /**
     * @param y is overwritten
     * @param training whether a backward pass follows
     */
    void forward(INDArray x, Windows windows, INDArray y, boolean training) {
        Plan plan = plan(x, windows, y);
        Scratch scratch = setting.scratch();
        plan.source.read(scratch, x);
        plan.output.prepare(y);
        plan.findIndex();
        largestOf = training ? x : null;
        plan.forward.run(scratch);
        plan.output.finish(scratch);
    }

    /** @param dx overwritten with the gradient of x */
    void backward(INDArray x, Windows windows, INDArray epsilon, INDArray dx) {
        Plan plan = plan(x, windows, epsilon);
        Scratch scratch = setting.scratch();
        if (plan.indexBytes > 0 && largestOf != x) {
            forward(x, windows, epsilon.ulike(), true);
        }
        plan.epsilon.read(scratch, epsilon);
        plan.gradient.prepare(dx);
        plan.findIndex();
        plan.backward.run(scratch);
        plan.gradient.finish(scratch);
        largestOf = null;
    }

    private Plan plan(INDArray x, Windows windows, INDArray y) {
        return plans.get(x.shape(), () -> new Plan(x.shape(), windows, y.shape()));
    }

    private final class Plan implements AutoCloseable {
        private final Operand source;
        private final Operand output;
        private final Operand epsilon;
        private final Operand gradient;
        private final memory index;
        private final long indexBytes;
        private final Step forward;
        private final Step backward;

        Plan(long[] x, Windows w, long[] y) {
            memory.desc maps = Operand.plain(memory.data_type.f32, x);
            memory.desc pooled = Operand.plain(memory.data_type.f32, y);
            Described chosen = describe(x, w, y);
            memory.format_tag layout = chosen.layout;
            pooling_forward.primitive_desc ahead = chosen.description;
            var back = new pooling_backward.primitive_desc(
                    OneDnn.engine(),
                    kind,
                    new memory.desc(x, memory.data_type.f32, layout),
                    new memory.desc(y, memory.data_type.f32, layout),
                    w.strides(),
                    w.kernel(),
                    NO_DILATION,
                    w.before(),
                    w.after(),
                    ahead,
                    Step.attributes(),
                    false);
            source = Operand.input(maps, ahead.src_desc(), setting.scratch().slot(Slot.SOURCE), false);
            output = Operand.output(pooled, ahead.dst_desc(), setting.scratch().slot(Slot.OUTPUT), false);
            epsilon = Operand.input(
                    pooled, back.diff_dst_desc(), setting.scratch().slot(Slot.DELTA), false);
            gradient =
                    Operand.output(maps, back.diff_src_desc(), setting.scratch().slot(Slot.OUTPUT), false);
            try (memory.desc wanted = ahead.workspace_desc()) {
                index = Operand.unbound(wanted);
                indexBytes = wanted.get_size();
            }
            forward = new Step(ahead, new pooling_forward(ahead))
                    .with(dnnl.DNNL_ARG_SRC, source.memory())
                    .with(dnnl.DNNL_ARG_DST, output.memory())
                    .with(dnnl.DNNL_ARG_WORKSPACE, index);
            backward = new Step(back, new pooling_backward(back))
                    .with(dnnl.DNNL_ARG_DIFF_DST, epsilon.memory())
                    .with(dnnl.DNNL_ARG_DIFF_SRC, gradient.memory())
                    .with(dnnl.DNNL_ARG_WORKSPACE, index);
        }

        void findIndex() {
            if (indexBytes > 0) {
                index.set_data_handle(largest.address(indexBytes));
            }
        }

        private record Described(memory.format_tag layout, pooling_forward.primitive_desc description) {}

        /** In the first layout for which the library has generated code; else in the plain one. */
        private Described describe(long[] x, Windows w, long[] y) {
            Described last = null;
            for (memory.format_tag layout : LAYOUTS) {
                last = new Described(
                        layout,
                        new pooling_forward.primitive_desc(
                                OneDnn.engine(),
                                prop_kind.forward_training,
                                kind,
                                new memory.desc(x, memory.data_type.f32, layout),
                                new memory.desc(y, memory.data_type.f32, layout),
                                w.strides(),
                                w.kernel(),
                                NO_DILATION,
                                w.before(),
                                w.after(),
                                Step.attributes(),
                                false));
                if (last.description.impl_info_str().getString().startsWith("jit")) {
                    return last;
                }
            }
            return last;
        }

        @Override
        public void close() {
            forward.close();
            backward.close();
            source.close();
            output.close();
            epsilon.close();
            gradient.close();
            index.close();
        }
    }
}
