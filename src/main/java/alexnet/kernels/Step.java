package alexnet.kernels;

import alexnet.kernels.Scratch.Slot;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;

/** A compiled primitive with its arguments, ready to run again and again. */
final class Step implements AutoCloseable {
    private final primitive primitive;
    private final IntMemoryMap arguments = new IntMemoryMap();
    private final memory working;
    private final long workingBytes;

    /** The working memory is ours, so that primitives may run in any thread. */
    static primitive_attr attributes() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    Step(primitive_desc description, primitive primitive) {
        this.primitive = primitive;
        try (memory.desc wanted = description.scratchpad_desc()) {
            workingBytes = wanted.get_size();
            working = Operand.unbound(wanted);
        }
        with(dnnl.DNNL_ARG_SCRATCHPAD, working);
    }

    /** @param argument one of the library's {@code DNNL_ARG_…} */
    Step with(int argument, memory value) {
        arguments.put(argument, value);
        return this;
    }

    void run(Scratch scratch) {
        if (workingBytes > 0) {
            working.set_data_handle(scratch.slot(Slot.LIBRARY).address(workingBytes));
        }
        primitive.execute(scratch.stream(), arguments);
    }

    @Override
    public void close() {
        arguments.close();
        working.close();
        primitive.close();
    }
}
