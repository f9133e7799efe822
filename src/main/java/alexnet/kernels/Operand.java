package alexnet.kernels;

import alexnet.kernels.Scratch.Buffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * One argument of a primitive. Where the primitive wants the layout the array has, it reads or writes the array itself;
 * otherwise a buffer stands between, and a reorder is done.
 */
final class Operand implements AutoCloseable {
    private final memory inner;
    private final memory.desc wanted;
    private final memory outer; // null: the primitive works on the array itself
    private final reorder reorder;
    private final Buffer buffer;
    private final boolean rounds;

    private Operand(memory.desc array, memory.desc wanted, Buffer buffer, boolean input, boolean rounds) {
        this.wanted = wanted;
        this.rounds = rounds;
        this.inner = unbound(wanted);
        boolean between = !array.equals(wanted) || input && rounds;
        this.buffer = between ? buffer : null;
        this.outer = between ? unbound(array) : null;
        this.reorder = !between ? null : input ? new reorder(outer, inner) : new reorder(inner, outer);
    }

    /** @param rounds whether the values are rounded to bf16 on the way, for a processor without that type */
    static Operand input(memory.desc array, memory.desc wanted, Buffer buffer, boolean rounds) {
        return new Operand(array, wanted, buffer, true, rounds);
    }

    static Operand output(memory.desc array, memory.desc wanted, Buffer buffer, boolean rounds) {
        return new Operand(array, wanted, buffer, false, rounds);
    }

    /** What the primitive is given; bound to memory by {@link #read}, {@link #prepare} or {@link #reuse}. */
    memory memory() {
        return inner;
    }

    /** Before the primitive: takes the values of the array. */
    void read(Scratch scratch, INDArray array) {
        read(scratch, address(array));
    }

    void read(Scratch scratch, Pointer from) {
        if (outer == null) {
            inner.set_data_handle(from);
            return;
        }
        reuse();
        outer.set_data_handle(from);
        reorder.execute(scratch.stream(), outer, inner);
        if (rounds) {
            Bf16.round(inner.get_data_handle(), wanted.get_size() / Float.BYTES);
        }
    }

    /** Before the primitive: what the buffer still holds from an earlier {@link #read}. */
    void reuse() {
        inner.set_data_handle(buffer.address(wanted.get_size()));
    }

    /** Before the primitive: says where the result goes. */
    void prepare(INDArray array) {
        if (outer == null) {
            inner.set_data_handle(address(array));
        } else {
            reuse();
            outer.set_data_handle(address(array));
        }
    }

    /** After the primitive: brings the result into the array named to {@link #prepare}. */
    void finish(Scratch scratch) {
        if (outer != null) {
            reorder.execute(scratch.stream(), inner, outer);
        }
        if (rounds) {
            memory written = outer == null ? inner : outer;
            try (memory.desc desc = written.get_desc()) {
                Bf16.round(written.get_data_handle(), desc.get_size() / Float.BYTES);
            }
        }
    }

    boolean isDirect() {
        return outer == null;
    }

    @Override
    public void close() {
        inner.close();
        if (outer != null) {
            reorder.close();
            outer.close();
        }
    }

    /** Where the first element lies. */
    static Pointer address(INDArray array) {
        return array.data().addressPointer();
    }

    /** A description whose layout the primitive chooses. */
    static memory.desc any(memory.data_type type, long... dims) {
        return new memory.desc(dims, type, memory.format_tag.any);
    }

    /** Row-major. */
    static memory.desc plain(memory.data_type type, long... dims) {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i];
        }
        return new memory.desc(dims, type, strides);
    }

    /** A memory without an address yet. */
    static memory unbound(memory.desc desc) {
        return new memory(desc, OneDnn.engine(), new FloatPointer((Pointer) null));
    }

    /** The array itself if it is row-major, else a copy that is. */
    static INDArray rowMajor(INDArray array) {
        return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
    }
}
