package alexnet.kernels;

import alexnet.config.Precision;
import org.bytedeco.dnnl.memory;

/**
 * What the kernels of one graph have in common.
 *
 * @param scratch their working memory
 * @param precision in which they multiply
 * @param inference whether there are only forward passes, and the weights stay as they are: their layout is then
 *     changed once
 */
record Setting(Scratch scratch, Precision precision, boolean inference) {
    /** The type of operands and outputs inside the primitives. */
    memory.data_type type() {
        return precision == Precision.BF16 && OneDnn.computesBf16() ? memory.data_type.bf16 : memory.data_type.f32;
    }

    /** Whether operands and outputs are fp32 rounded to bf16, since the processor has no such type. */
    boolean rounds() {
        return precision == Precision.BF16 && !OneDnn.computesBf16();
    }
}
