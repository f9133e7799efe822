package alexnet.kernels;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * Working memory of one graph, shared by its layers, which run one after the other. Each slot grows to the largest
 * layer's need and stays, so that a step allocates nothing. Not for use by two threads at once; each replica has its own.
 */
final class Scratch {
    /** What one call of a kernel holds side by side. */
    enum Slot {
        LIBRARY,
        SOURCE,
        WEIGHTS,
        OUTPUT,
        DELTA_OF_SUM,
        DELTA,
        DELTA_OF_DATA
    }

    private final stream stream = new stream(OneDnn.engine());
    private final Map<Slot, Buffer> slots = new EnumMap<>(Slot.class);

    stream stream() {
        return stream;
    }

    Buffer slot(Slot slot) {
        return slots.computeIfAbsent(slot, s -> new Buffer());
    }

    /** Memory that only grows; allocated by the library, which aligns it. */
    static final class Buffer {
        private memory held;
        private Pointer address;
        private long size;

        /** The memory, at least so large. What it held before is lost when it grows. */
        Pointer address(long bytes) {
            if (bytes > size) {
                if (held != null) {
                    held.close();
                }
                held = new memory(Operand.plain(memory.data_type.u8, bytes), OneDnn.engine());
                address = held.get_data_handle();
                size = bytes;
            }
            return address;
        }
    }
}
