package alexnet.features;

import java.util.Arrays;
import java.util.List;

/** A way to tell which pictures are near. */
interface Method {
    String name();

    /** Bytes that are kept of a picture. */
    int bytes();

    /**
     * Distances of queries from all rows; any increasing function of the distance will do.
     *
     * @param queries their numbers
     * @param into gets {@code [queries, rows]}
     */
    void distances(int[] queries, float[][] into);

    /** The nearest rows of one query. */
    List<Neighbour> nearest(int query, int k);

    /** Euclidean distance of vectors. */
    static Method euclidean(String name, int bytes, Vectors rows, Vectors queries) {
        return new Method() {
            private final ExactSearch search = new ExactSearch(rows);

            @Override
            public String name() {
                return name;
            }

            @Override
            public int bytes() {
                return bytes;
            }

            @Override
            public void distances(int[] numbers, float[][] into) {
                float[][] vectors =
                        Arrays.stream(numbers).mapToObj(queries::row).toArray(float[][]::new);
                search.pass(vectors, (from, count, products) -> {
                    for (int i = 0, at = 0; i < count; i++) {
                        for (int q = 0; q < numbers.length; q++) {
                            into[q][from + i] =
                                    rows.squared(from + i) - 2 * products[at++] + queries.squared(numbers[q]);
                        }
                    }
                });
            }

            @Override
            public List<Neighbour> nearest(int query, int k) {
                return search.nearest(queries.row(query), k);
            }
        };
    }

    /** Bits that differ between codes. */
    static Method hamming(String name, int words, long[] rows, long[] queries) {
        return new Method() {
            private final HammingSearch search = new HammingSearch(rows, words);

            private long[] code(int query) {
                return Arrays.copyOfRange(queries, query * words, (query + 1) * words);
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public int bytes() {
                return words * Long.BYTES;
            }

            @Override
            public void distances(int[] numbers, float[][] into) {
                int[] distances = new int[search.rows()];
                for (int q = 0; q < numbers.length; q++) {
                    search.distances(code(numbers[q]), 0, distances.length, distances);
                    for (int i = 0; i < distances.length; i++) {
                        into[q][i] = distances[i];
                    }
                }
            }

            @Override
            public List<Neighbour> nearest(int query, int k) {
                return search.nearest(code(query), k);
            }
        };
    }
}
