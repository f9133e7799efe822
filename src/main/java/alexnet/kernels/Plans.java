package alexnet.kernels;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The compiled forms of one layer, by the shape of its input; the one longest unused goes when there are too many. */
final class Plans<P extends AutoCloseable> {
    /** A full batch, the last short one, those of validation, and one to spare. */
    static final int MOST = 5;

    private final Map<List<Long>, P> plans = new LinkedHashMap<>(MOST, 0.75f, true);

    P get(long[] shape, Supplier<P> compile) {
        List<Long> key = Arrays.stream(shape).boxed().toList();
        P plan = plans.get(key);
        if (plan == null) {
            if (plans.size() == MOST) {
                close(plans.remove(plans.keySet().iterator().next()));
            }
            plan = compile.get();
            plans.put(key, plan);
        }
        return plan;
    }

    private static void close(AutoCloseable plan) {
        try {
            plan.close();
        } catch (Exception e) {
            throw new IllegalStateException("A compiled kernel could not be closed: " + e.getMessage(), e);
        }
    }
}
