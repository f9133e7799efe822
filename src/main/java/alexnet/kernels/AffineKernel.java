package alexnet.kernels;

import alexnet.kernels.Affine.Compiled;
import alexnet.kernels.Affine.Layouts;
import alexnet.kernels.Scratch.Buffer;
import alexnet.kernels.Scratch.Slot;
import java.util.function.BiFunction;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution or fully connected layer with its biases and its activation {@code f}: {@code y = f(W·x + b)}, and the gradients
 * of all three. Arrays are row-major fp32 {@code [n, …]}; weights may have any strides.
 */
final class AffineKernel {
    private final Setting setting;
    private final Pointwise activation;
    private final BiFunction<long[], long[], Affine> affine;
    private final Plans<Plan> plans = new Plans<>();
    private final Buffer source;
    private final PointwiseKernel activated; // null for the identity
    private INDArray sourceOf; // whose values the buffer of the source holds

    /** @param affine the operation for a shape of the input and one of the output */
    AffineKernel(Setting setting, Pointwise activation, BiFunction<long[], long[], Affine> affine) {
        this.setting = setting;
        this.activation = activation;
        this.affine = affine;
        this.source = setting.inference() ? setting.scratch().slot(Slot.SOURCE) : new Buffer();
        this.activated = activation == Pointwise.IDENTITY ? null : new PointwiseKernel(activation);
    }

    /** @param y is overwritten */
    void forward(INDArray x, Weights w, INDArray y) {
        Plan plan = plan(x, w, y);
        Scratch scratch = setting.scratch();
        plan.source.read(scratch, x);
        sourceOf = x;
        plan.readWeights(w);
        plan.bias.set_data_handle(Operand.address(w.bias()));
        plan.output.prepare(y);
        plan.forward.run(scratch);
        plan.output.finish(scratch);
    }

    /**
     * @param y what {@link #forward} gave; not read if the activation is the identity
     * @param epsilon gradient of y
     * @param gradients overwritten with the sum over the examples
     * @param dx overwritten with the gradient of x; null if nobody needs it
     */
    void backward(INDArray x, Weights w, INDArray y, INDArray epsilon, Weights gradients, INDArray dx) {
        Plan plan = plan(x, w, epsilon);
        if (plan.weights == null) {
            plan.compileBackward(w, x.shape(), epsilon.shape());
        }
        Scratch scratch = setting.scratch();
        Pointer delta = delta(scratch, y, epsilon);
        plan.gradients(x, delta, gradients);
        if (dx != null) {
            plan.data(w, delta, dx);
        }
        sourceOf = null;
    }

    /** Gradient of what goes into the activation. */
    private Pointer delta(Scratch scratch, INDArray y, INDArray epsilon) {
        if (activated == null) {
            return Operand.address(epsilon);
        }
        Pointer delta = scratch.slot(Slot.DELTA_OF_SUM).address(epsilon.length() * Float.BYTES);
        activated.backward(scratch, y, epsilon, delta);
        return delta;
    }

    private Plan plan(INDArray x, Weights w, INDArray y) {
        return plans.get(x.shape(), () -> new Plan(affine.apply(x.shape(), y.shape()), w, x.shape(), y.shape()));
    }

    /** The layer for one shape of input. */
    private final class Plan implements AutoCloseable {
        private final Affine operation;
        private final boolean plain; // whether the arrays' own layouts are used
        private final Layouts layouts;
        private final Compiled compiled;
        private final Step forward;
        private final Operand source;
        private final Operand used; // the weights as the forward pass wants them
        private final Operand output;
        private final memory bias;
        private boolean weightsRead;

        private Step weights; // the backward pass, compiled when first needed
        private Operand sourceForWeights;
        private Operand deltaForWeights;
        private Operand weightGradient;
        private memory biasGradient;
        private Step data;
        private Operand deltaForData;
        private Operand weightsForData;
        private Operand sourceGradient;

        Plan(Affine operation, Weights w, long[] x, long[] y) {
            this.operation = operation;
            memory.data_type type = setting.type();
            plain = operation instanceof Affine.InnerProduct && type == memory.data_type.f32;
            layouts = new Layouts(
                    plain ? Operand.plain(type, x) : Operand.any(type, x),
                    plain ? w.description() : Operand.any(type, w.dims()),
                    Operand.plain(memory.data_type.f32, w.dims()[0]),
                    plain ? Operand.plain(type, y) : Operand.any(type, y));
            compiled = operation.forward(
                    layouts,
                    setting.inference() ? prop_kind.forward_inference : prop_kind.forward_training,
                    attributes());
            source = input(
                    Operand.plain(memory.data_type.f32, x),
                    compiled.description().src_desc(),
                    AffineKernel.this.source);
            used = input(
                    w.description(),
                    compiled.description().weights_desc(),
                    setting.inference() ? new Buffer() : setting.scratch().slot(Slot.WEIGHTS));
            output = output(
                    Operand.plain(memory.data_type.f32, y),
                    compiled.description().dst_desc());
            bias = Operand.unbound(layouts.bias());
            forward = new Step(compiled.description(), compiled.primitive())
                    .with(dnnl.DNNL_ARG_SRC, source.memory())
                    .with(dnnl.DNNL_ARG_WEIGHTS, used.memory())
                    .with(dnnl.DNNL_ARG_BIAS, bias)
                    .with(dnnl.DNNL_ARG_DST, output.memory());
        }

        private primitive_attr attributes() {
            primitive_attr attributes = Step.attributes();
            if (activation != Pointwise.IDENTITY) {
                post_ops then = new post_ops();
                then.append_eltwise(activation.function(), 0f, 0f);
                attributes.set_post_ops(then);
            }
            return attributes;
        }

        private Operand input(memory.desc array, memory.desc wanted, Buffer buffer) {
            return Operand.input(array, wanted, buffer, setting.rounds());
        }

        private Operand output(memory.desc array, memory.desc wanted) {
            return Operand.output(array, wanted, setting.scratch().slot(Slot.OUTPUT), setting.rounds());
        }

        void readWeights(Weights w) {
            if (setting.inference() && weightsRead && !used.isDirect()) {
                used.reuse();
            } else {
                used.read(setting.scratch(), w.values());
                weightsRead = true;
            }
        }

        void compileBackward(Weights w, long[] x, long[] y) {
            memory.desc plainX = Operand.plain(memory.data_type.f32, x);
            memory.desc plainY = Operand.plain(memory.data_type.f32, y);
            Compiled ofWeights = operation.backwardWeights(
                    layouts, plain ? w.description() : Operand.any(memory.data_type.f32, w.dims()), compiled);
            memory.desc wantedSource = ofWeights.description().src_desc();
            boolean same = wantedSource.equals(compiled.description().src_desc());
            sourceForWeights = same
                    ? source
                    : input(plainX, wantedSource, setting.scratch().slot(Slot.SOURCE));
            deltaForWeights = input(
                    plainY,
                    ofWeights.description().diff_dst_desc(),
                    setting.scratch().slot(Slot.DELTA));
            weightGradient = Operand.output(
                    w.description(),
                    ofWeights.description().diff_weights_desc(),
                    setting.scratch().slot(Slot.WEIGHTS),
                    false);
            biasGradient = Operand.unbound(layouts.bias());
            compileData(w, plainX, plainY);
            weights = new Step(ofWeights.description(), ofWeights.primitive())
                    .with(dnnl.DNNL_ARG_SRC, sourceForWeights.memory())
                    .with(dnnl.DNNL_ARG_DIFF_DST, deltaForWeights.memory())
                    .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, weightGradient.memory())
                    .with(dnnl.DNNL_ARG_DIFF_BIAS, biasGradient);
        }

        private void compileData(Weights w, memory.desc plainX, memory.desc plainY) {
            Compiled ofData = operation.backwardData(layouts, compiled);
            deltaForData = input(
                    plainY,
                    ofData.description().diff_dst_desc(),
                    setting.scratch().slot(Slot.DELTA_OF_DATA));
            weightsForData = input(
                    w.description(),
                    ofData.description().weights_desc(),
                    setting.scratch().slot(Slot.WEIGHTS));
            sourceGradient = output(plainX, ofData.description().diff_src_desc());
            data = new Step(ofData.description(), ofData.primitive())
                    .with(dnnl.DNNL_ARG_DIFF_DST, deltaForData.memory())
                    .with(dnnl.DNNL_ARG_WEIGHTS, weightsForData.memory())
                    .with(dnnl.DNNL_ARG_DIFF_SRC, sourceGradient.memory());
        }

        void gradients(INDArray x, Pointer delta, Weights gradients) {
            Scratch scratch = setting.scratch();
            if (sourceForWeights == source && sourceOf == x && !source.isDirect()) {
                source.reuse();
            } else {
                sourceForWeights.read(scratch, x);
            }
            deltaForWeights.read(scratch, delta);
            weightGradient.prepare(gradients.values());
            biasGradient.set_data_handle(Operand.address(gradients.bias()));
            weights.run(scratch);
            weightGradient.finish(scratch);
        }

        void data(Weights w, Pointer delta, INDArray dx) {
            Scratch scratch = setting.scratch();
            deltaForData.read(scratch, delta);
            weightsForData.read(scratch, w.values());
            sourceGradient.prepare(dx);
            data.run(scratch);
            sourceGradient.finish(scratch);
        }

        @Override
        public void close() {
            forward.close();
            source.close();
            used.close();
            output.close();
            bias.close();
            if (weights != null) {
                weights.close();
                data.close();
                deltaForWeights.close();
                weightGradient.close();
                biasGradient.close();
                deltaForData.close();
                weightsForData.close();
                sourceGradient.close();
            }
        }
    }
}
