package alexnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Repeats an iteration, first to warm up and then to be timed.
 *
 * @param warmUpSeconds how long the warm-up took
 * @param seconds of each timed iteration
 * @param images in all timed iterations
 */
record Repetition(double warmUpSeconds, List<Double> seconds, long images) {
    private static final int LEAST_WARM_UP = 2;
    private static final int LEAST_TIMED = 3;

    /**
     * Warms up for two iterations and half the time at least, then measures three and the whole time at least.
     *
     * @param seconds how long to measure
     * @param nanos a clock
     * @param iteration returns its number of images
     */
    static Repetition run(double seconds, LongSupplier nanos, IntSupplier iteration) {
        return run(seconds, nanos, () -> {}, iteration);
    }

    /** The same, and says when the warm-up is over. */
    static Repetition run(double seconds, LongSupplier nanos, Runnable warm, IntSupplier iteration) {
        long start = nanos.getAsLong();
        for (int i = 0; i < LEAST_WARM_UP || since(start, nanos) < seconds / 2; i++) {
            iteration.getAsInt();
        }
        double warmUp = since(start, nanos);
        warm.run();
        List<Double> each = new ArrayList<>();
        long images = 0;
        start = nanos.getAsLong();
        long before = start;
        while (each.size() < LEAST_TIMED || (before - start) / 1e9 < seconds) {
            images += iteration.getAsInt();
            long now = nanos.getAsLong();
            each.add((now - before) / 1e9);
            before = now;
        }
        return new Repetition(warmUp, each, images);
    }

    private static double since(long start, LongSupplier nanos) {
        return (nanos.getAsLong() - start) / 1e9;
    }
}
