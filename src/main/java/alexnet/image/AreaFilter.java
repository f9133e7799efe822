package alexnet.image;

import java.util.Arrays;

/**
 * Shrinks by averaging areas, as OpenCV's filter of that name does, to within a level; but makes only the part that is
 * wanted, and in integers: half the time for the central square of a photograph.
 */
final class AreaFilter {
    /** Together 23 bits: 255 times that still fits an int. */
    private static final int ROW_BITS = 12;

    private static final int COLUMN_BITS = 11;
    private static final int HALF = 1 << ROW_BITS + COLUMN_BITS - 1;

    /**
     * Which old pixels a new one covers, along one axis.
     *
     * @param first the first old pixel, for each new one
     * @param weights how much of each, in parts that add up to a power of two
     */
    private record Cover(int[] first, int[][] weights) {
        /** Of {@code size} old pixels shrunk to {@code newSize}, the new ones from {@code from} on. */
        static Cover of(int size, int newSize, int from, int count, int bits) {
            double scale = (double) size / newSize;
            int[] first = new int[count];
            int[][] weights = new int[count][];
            for (int i = 0; i < count; i++) {
                double start = (from + i) * scale;
                double end = Math.min(size, start + scale);
                first[i] = (int) start;
                int last = Math.min(size, (int) Math.ceil(end - 1e-9));
                weights[i] = new int[last - first[i]];
                int sum = 0;
                int largest = 0;
                for (int j = 0; j < weights[i].length; j++) {
                    double part = Math.min(end, first[i] + j + 1) - Math.max(start, first[i] + j);
                    weights[i][j] = (int) Math.round(part / (end - start) * (1 << bits));
                    sum += weights[i][j];
                    largest = weights[i][j] > weights[i][largest] ? j : largest;
                }
                weights[i][largest] += (1 << bits) - sum;
            }
            return new Cover(first, weights);
        }
    }

    private AreaFilter() {}

    /**
     * @param rgb {@code [height, width, 3]}
     * @param width in pixels
     * @param height in pixels
     * @param newWidth of the whole shrunk picture
     * @param newHeight of the whole shrunk picture
     * @param side of the square in its middle
     * @return that square, {@code [side, side, 3]}
     */
    static byte[] square(byte[] rgb, int width, int height, int newWidth, int newHeight, int side) {
        Cover columns = Cover.of(width, newWidth, (newWidth - side) / 2, side, COLUMN_BITS);
        Cover rows = Cover.of(height, newHeight, (newHeight - side) / 2, side, ROW_BITS);
        int left = columns.first[0];
        int right = columns.first[side - 1] + columns.weights[side - 1].length;
        int[] sums = new int[3 * (right - left)];
        byte[] square = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            int[] weights = rows.weights[y];
            Arrays.fill(sums, 0);
            for (int j = 0; j < weights.length; j++) {
                addRow(rgb, 3 * ((rows.first[y] + j) * width + left), weights[j], sums);
            }
            shrinkRow(sums, left, columns, square, 3 * y * side);
        }
        return square;
    }

    private static void addRow(byte[] rgb, int from, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * (rgb[from + i] & 0xff);
        }
    }

    private static void shrinkRow(int[] sums, int left, Cover columns, byte[] square, int to) {
        int at = to;
        for (int x = 0; x < columns.first.length; x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int from = 3 * (columns.first[x] - left);
            for (int weight : columns.weights[x]) {
                red += weight * sums[from];
                green += weight * sums[from + 1];
                blue += weight * sums[from + 2];
                from += 3;
            }
            square[at++] = (byte) (red >> ROW_BITS + COLUMN_BITS);
            square[at++] = (byte) (green >> ROW_BITS + COLUMN_BITS);
            square[at++] = (byte) (blue >> ROW_BITS + COLUMN_BITS);
        }
    }
}
