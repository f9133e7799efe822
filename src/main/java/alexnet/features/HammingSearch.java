package alexnet.features;

import java.util.ArrayList;
import java.util.List;

/** Nearest codes by the number of bits that differ, in one pass over all. For any number of threads. */
final class HammingSearch {
    private static final int BLOCK = 4096;

    private final long[] codes;
    private final int words;

    /**
     * @param codes {@code [rows · words]}; not copied
     * @param words longs in a code
     */
    HammingSearch(long[] codes, int words) {
        this.codes = codes;
        this.words = words;
    }

    int rows() {
        return codes.length / words;
    }

    /**
     * @param query a code
     * @param k how many
     * @return the nearest rows, nearest first; of equally near ones the lower row first
     */
    List<Neighbour> nearest(long[] query, int k) {
        int[] distances = new int[Math.min(BLOCK, rows())];
        List<List<Integer>> atDistance = new ArrayList<>();
        for (int d = 0; d <= words * Long.SIZE; d++) {
            atDistance.add(null);
        }
        int most = Math.min(k, rows());
        int found = 0;
        int limit = words * Long.SIZE; // no row farther than this can be among the nearest
        int[] counts = new int[limit + 1];
        for (int from = 0; from < rows(); from += BLOCK) {
            int count = Math.min(BLOCK, rows() - from);
            distances(query, from, count, distances);
            for (int i = 0; i < count; i++) {
                int d = distances[i];
                if (d > limit) {
                    continue;
                }
                if (counts[d]++ == 0) {
                    atDistance.set(d, new ArrayList<>());
                }
                if (counts[d] <= most) {
                    atDistance.get(d).add(from + i);
                }
                found++;
                while (limit > 0 && found - counts[limit] >= most) {
                    found -= counts[limit];
                    counts[limit] = 0;
                    atDistance.set(limit--, null);
                }
            }
        }
        return first(atDistance, most);
    }

    private static List<Neighbour> first(List<List<Integer>> atDistance, int most) {
        List<Neighbour> nearest = new ArrayList<>();
        for (int d = 0; d < atDistance.size() && nearest.size() < most; d++) {
            if (atDistance.get(d) != null) {
                for (int i = 0; i < atDistance.get(d).size() && nearest.size() < most; i++) {
                    nearest.add(new Neighbour(atDistance.get(d).get(i), d));
                }
            }
        }
        return nearest;
    }

    /** The distance of each row from the query. */
    void distances(long[] query, int from, int count, int[] distances) {
        switch (words) {
            case 1 -> one(query[0], from, count, distances);
            case 2 -> two(query[0], query[1], from, count, distances);
            default -> any(query, from, count, distances);
        }
    }

    private void one(long query, int from, int count, int[] distances) {
        for (int i = 0; i < count; i++) {
            distances[i] = Long.bitCount(codes[from + i] ^ query);
        }
    }

    private void two(long first, long second, int from, int count, int[] distances) {
        for (int i = 0, at = 2 * from; i < count; i++, at += 2) {
            distances[i] = Long.bitCount(codes[at] ^ first) + Long.bitCount(codes[at + 1] ^ second);
        }
    }

    private void any(long[] query, int from, int count, int[] distances) {
        for (int i = 0, at = words * from; i < count; i++) {
            int distance = 0;
            for (long word : query) {
                distance += Long.bitCount(codes[at++] ^ word);
            }
            distances[i] = distance;
        }
    }
}
