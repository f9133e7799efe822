package alexnet.features;

import java.util.Arrays;

/**
 * All pictures in the order of their distance from one query. Codes have few distances, and rows often come class by
 * class: equally near ones are in a drawn order, the same for all queries.
 */
final class Ranking {
    private final int[] rows;

    /**
     * @param distances not negative
     * @param drawn all rows in a drawn order
     * @param self row that is left out, or −1
     */
    Ranking(float[] distances, int[] drawn, int self) {
        long[] order = new long[distances.length];
        int count = 0;
        for (int place = 0; place < distances.length; place++) {
            if (drawn[place] != self) {
                // floats that are not negative have the order of their bits
                order[count++] = (long) Float.floatToIntBits(Math.max(0, distances[drawn[place]])) << 32 | place;
            }
        }
        Arrays.sort(order, 0, count);
        rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = drawn[(int) order[i]];
        }
    }

    /** The nearest. */
    int[] first(int k) {
        return Arrays.copyOf(rows, Math.min(k, rows.length));
    }

    /** The share of the k nearest that have that label. */
    double agreement(int[] labels, int label, int k) {
        int most = Math.min(k, rows.length);
        int same = 0;
        for (int i = 0; i < most; i++) {
            same += labels[rows[i]] == label ? 1 : 0;
        }
        return most == 0 ? 0 : same / (double) most;
    }

    /** The mean, over all rows of that label, of the share of that label among the rows up to it. */
    double averagePrecision(int[] labels, int label) {
        double sum = 0;
        int same = 0;
        for (int i = 0; i < rows.length; i++) {
            if (labels[rows[i]] == label) {
                same++;
                sum += same / (i + 1.0);
            }
        }
        return same == 0 ? 0 : sum / same;
    }

    /** The share of the wanted rows among the k nearest. */
    double recall(int[] wanted, int k) {
        int[] found = first(k);
        Arrays.sort(found);
        int hits = 0;
        for (int row : wanted) {
            hits += Arrays.binarySearch(found, row) >= 0 ? 1 : 0;
        }
        return hits / (double) wanted.length;
    }
}
