package alexnet.kernels;

import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.factory.Nd4j;

/** The library behind the kernels, loaded once, and what it can do on this processor. */
final class OneDnn {
    private OneDnn() {}

    /** Loaded on first use; holds why not where it cannot be. */
    private static final class Holder {
        static final engine ENGINE;
        static final String MISSING;
        static final boolean BF16;

        static {
            engine found = null;
            String missing = null;
            boolean bf16 = false;
            try {
                found = new engine(engine.kind.cpu, 0);
                bf16 = computesBf16(found);
            } catch (RuntimeException | LinkageError e) {
                missing = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
            }
            ENGINE = found;
            MISSING = missing;
            BF16 = bf16;
        }

        private static boolean computesBf16(engine engine) {
            memory.desc maps = Operand.any(memory.data_type.bf16, 1, 16, 8, 8);
            memory.desc weights = Operand.any(memory.data_type.bf16, 16, 16, 3, 3);
            long[] one = {1, 1};
            try (convolution_forward.primitive_desc tried = new convolution_forward.primitive_desc(
                    engine,
                    prop_kind.forward_training,
                    algorithm.convolution_direct,
                    maps,
                    weights,
                    maps,
                    one,
                    one,
                    one)) {
                return !tried.impl_info_str().getString().startsWith("ref");
            } catch (RuntimeException e) {
                return false; // this is how the library says that it has no such kernel
            }
        }
    }

    /** Why the kernels cannot be used here, or null if they can. */
    static String missing() {
        String backend =
                String.valueOf(Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
        if (!"CPU".equalsIgnoreCase(backend)) {
            return "the arrays are on the backend " + backend;
        }
        return Holder.MISSING;
    }

    static engine engine() {
        return Holder.ENGINE;
    }

    /** Whether the processor multiplies in bf16. */
    static boolean computesBf16() {
        return Holder.BF16;
    }
}
