package alexnet.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * Nearest vectors by Euclidean distance in one pass over all. The pass computes {@code |x|² − 2 x·q + |q|²} by BLAS, at
 * the speed of memory, in float; whatever may be among the nearest by the bound on its rounding is then measured again
 * in double. So the answer is that of a plain search.
 */
public final class ExactSearch {
    private static final int BLOCK_BYTES = 16 << 20;
    private static final int MOST_CANDIDATES = 4096;
    private static final double UNIT_ROUNDOFF = 0x1p-24;

    private final Vectors vectors;

    static {
        Loader.load(openblas.class);
    }

    /** Sees distances as the pass goes on. */
    @FunctionalInterface
    interface Block {
        /**
         * @param from first row
         * @param count how many rows
         * @param products with each query, {@code [count, queries]}; only valid during the call
         */
        void accept(int from, int count, float[] products);
    }

    ExactSearch(Vectors vectors) {
        this.vectors = vectors;
    }

    /**
     * @param query {@code [dim]}
     * @param k how many
     * @return the nearest rows, nearest first; of equally near ones the lower row first
     */
    public List<Neighbour> nearest(float[] query, int k) {
        return nearest(new float[][] {query}, k).get(0);
    }

    /**
     * @param queries {@code [n, dim]}
     * @param k how many
     * @return for each query the nearest rows, nearest first; of equally near ones the lower row first
     */
    public List<List<Neighbour>> nearest(float[][] queries, int k) {
        List<Selection> selections = new ArrayList<>();
        for (float[] query : queries) {
            selections.add(new Selection(query, Math.min(k, vectors.rows())));
        }
        pass(queries, (from, count, products) -> {
            for (int q = 0; q < queries.length; q++) {
                Selection selection = selections.get(q);
                for (int i = 0, at = q; i < count; i++, at += queries.length) {
                    selection.offer(from + i, products[at]);
                }
            }
        });
        return selections.stream().map(Selection::nearest).toList();
    }

    /** The Euclidean distance of one row, in double. */
    double distance(int row, float[] query) {
        float[] values = vectors.row(row);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = (double) values[i] - query[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** One pass over all vectors. */
    void pass(float[][] queries, Block block) {
        int dim = vectors.dim();
        int most = Math.max(1, BLOCK_BYTES / Float.BYTES / dim);
        try (FloatPointer all = new FloatPointer((long) queries.length * dim);
                FloatPointer products = new FloatPointer((long) most * queries.length)) {
            for (int q = 0; q < queries.length; q++) {
                all.getPointer((long) q * dim).put(queries[q], 0, dim);
            }
            float[] copied = new float[most * queries.length];
            for (int from = 0; from < vectors.rows(); ) {
                int count = vectors.end(from, most) - from;
                multiply(vectors.at(from), count, all, queries.length, products);
                products.get(copied, 0, count * queries.length);
                block.accept(from, count, copied);
                from += count;
            }
        }
    }

    private void multiply(FloatPointer rows, int count, FloatPointer queries, int number, FloatPointer products) {
        int dim = vectors.dim();
        if (number == 1) {
            openblas.cblas_sgemv(
                    openblas.CblasRowMajor,
                    openblas.CblasNoTrans,
                    count,
                    dim,
                    1,
                    rows,
                    dim,
                    queries,
                    1,
                    0,
                    products,
                    1);
            return;
        }
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                count,
                number,
                dim,
                1,
                rows,
                dim,
                queries,
                dim,
                0,
                products,
                number);
    }

    /** What may be among the nearest of one query. */
    private final class Selection {
        private final float[] query;
        private final int k;
        private final double squared;
        private final double length;
        private final double bound;
        private final PriorityQueue<Double> upper = new PriorityQueue<>(Comparator.reverseOrder());
        private double limit = Double.POSITIVE_INFINITY;
        private int[] rows = new int[64];
        private double[] lower = new double[64];
        private int count;

        Selection(float[] query, int k) {
            this.query = query;
            this.k = k;
            double sum = 0;
            for (float value : query) {
                sum += (double) value * value;
            }
            squared = sum;
            length = Math.sqrt(sum);
            // |error| of a dot product of n floats in any order is at most n·u/(1 − n·u) · |x||q|; here of two
            double n = query.length + 4.0;
            bound = n * UNIT_ROUNDOFF / (1 - n * UNIT_ROUNDOFF);
        }

        void offer(int row, float product) {
            double ofRow = vectors.squared(row);
            double distance = ofRow - 2.0 * product + squared;
            double sides = Math.sqrt(ofRow) + length;
            double error = bound * sides * sides;
            if (distance - error > limit) {
                return;
            }
            if (upper.size() < k) {
                upper.add(distance + error);
            } else if (distance + error < upper.peek()) {
                upper.poll();
                upper.add(distance + error);
            }
            limit = upper.size() < k ? Double.POSITIVE_INFINITY : upper.peek();
            if (count == rows.length) {
                prune();
            }
            rows[count] = row;
            lower[count++] = distance - error;
        }

        private void prune() {
            int left = 0;
            for (int i = 0; i < count; i++) {
                if (lower[i] <= limit) {
                    rows[left] = rows[i];
                    lower[left++] = lower[i];
                }
            }
            count = left;
            if (count > rows.length / 2) {
                int more = rows.length < MOST_CANDIDATES ? rows.length * 2 : rows.length + rows.length / 2;
                rows = Arrays.copyOf(rows, more);
                lower = Arrays.copyOf(lower, more);
            }
        }

        List<Neighbour> nearest() {
            prune();
            List<Neighbour> found = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                found.add(new Neighbour(rows[i], distance(rows[i], query)));
            }
            found.sort(Comparator.comparingDouble(Neighbour::distance).thenComparingInt(Neighbour::row));
            return List.copyOf(found.subList(0, k));
        }
    }
}
