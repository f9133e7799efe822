package alexnet.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Reads all vectors once and does as little as possible with them: what a search is measured against. One way alone may
 * miss what the memory gives, since a core reads several places at once faster than one; so there are several, and the
 * fastest counts.
 */
final class MemoryPass implements AutoCloseable {
    private static final int BLOCK_BYTES = 16 << 20;

    private final Vectors vectors;
    private final int threads;
    private final ExecutorService workers;
    private final Map<Way, List<Double>> times = new EnumMap<>(Way.class);

    /** How to read. */
    enum Way {
        /** All numbers are added up: one place at a time. */
        NUMBERS_ADDED("sasum") {
            @Override
            double read(FloatPointer at, int rows, int dim, FloatPointer ones, FloatPointer sum) {
                return openblas.cblas_sasum(rows * dim, at, 1);
            }
        },
        /** One half of the block is multiplied with the other: two places. */
        HALVES_MULTIPLIED("sdot") {
            @Override
            double read(FloatPointer at, int rows, int dim, FloatPointer ones, FloatPointer sum) {
                int half = rows * dim / 2;
                return openblas.cblas_sdot(half, at, 1, at.getPointer(half), 1);
            }
        },
        /** All vectors are added up to one: several rows together. */
        VECTORS_ADDED("sgemv") {
            @Override
            double read(FloatPointer at, int rows, int dim, FloatPointer ones, FloatPointer sum) {
                openblas.cblas_sgemv(
                        openblas.CblasColMajor, openblas.CblasNoTrans, dim, rows, 1, at, dim, ones, 1, 0, sum, 1);
                return sum.get(0);
            }
        },
        /** Each block is compared to itself by the C library. */
        COMPARED("memcmp") {
            @Override
            double read(FloatPointer at, int rows, int dim, FloatPointer ones, FloatPointer sum) {
                return Pointer.memcmp(at, at, (long) Float.BYTES * rows * dim);
            }
        };

        private final String function;

        Way(String function) {
            this.function = function;
        }

        /** @return the library function that reads */
        String function() {
            return function;
        }

        /** Reads rows that lie behind each other; the result only keeps the call from being left out. */
        abstract double read(FloatPointer at, int rows, int dim, FloatPointer ones, FloatPointer sum);
    }

    static {
        Loader.load(openblas.class);
    }

    /** A pass over vectors in so many threads. */
    MemoryPass(Vectors vectors, int threads) {
        this.vectors = vectors;
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(threads);
    }

    /** Reads everything in each way; a warm-up is not counted. */
    void round(boolean counted) {
        for (Way way : Way.values()) {
            long start = System.nanoTime();
            read(way);
            if (counted) {
                times.computeIfAbsent(way, key -> new ArrayList<>()).add((System.nanoTime() - start) / 1e6);
            }
        }
    }

    /** Reads everything in one way and gives the sum of what the blocks gave. */
    double read(Way way) {
        List<Callable<Double>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int from = (int) ((long) vectors.rows() * i / threads);
            int to = (int) ((long) vectors.rows() * (i + 1) / threads);
            parts.add(() -> read(way, from, to));
        }
        try {
            double sum = 0;
            for (Future<Double> part : workers.invokeAll(parts)) {
                sum += part.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private double read(Way way, int begin, int end) {
        int dim = vectors.dim();
        int most = Math.max(1, BLOCK_BYTES / Float.BYTES / dim);
        float[] one = new float[most];
        Arrays.fill(one, 1);
        double sum = 0;
        try (FloatPointer ones = new FloatPointer(one);
                FloatPointer added = new FloatPointer(dim)) {
            for (int from = begin; from < end; ) {
                int to = Math.min(end, vectors.end(from, most));
                sum += way.read(vectors.at(from), to - from, dim, ones, added);
                from = to;
            }
        }
        return sum;
    }

    /** The way whose median time is the least. */
    Way fastest() {
        Way fastest = Way.NUMBERS_ADDED;
        for (Way way : Way.values()) {
            fastest = millis(way) < millis(fastest) ? way : fastest;
        }
        return fastest;
    }

    /** The median time of the rounds in one way. */
    double millis(Way way) {
        List<Double> sorted = times.get(way).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
