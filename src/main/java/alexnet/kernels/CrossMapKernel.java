package alexnet.kernels;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Local response normalisation across maps in fp32, and its gradient
 * {@code ∂a = e·s^−β − 2αβ·a·Σ e·a·s^(−β−1)} with {@code s = k + α Σ a²}. Works on strips of neighbouring positions with all
 * their maps, which stay in the cache: each array is read or written once. (The library behind the other kernels wants
 * blocks of maps, and so four more passes over the memory for the changes of layout.)
 */
final class CrossMapKernel {
    private static final int PAPER_N = 5;
    private static final int STRIP_ELEMENTS = 1 << 13;
    private static final double PAPER_BETA = 0.75;
    private static final ThreadLocal<Rows> ROWS = ThreadLocal.withInitial(Rows::new);

    private final float k;
    private final int half;
    private final float alpha;
    private final double beta;

    CrossMapKernel(CrossMap constants) {
        k = (float) constants.getK();
        half = constants.getN() / 2;
        alpha = (float) constants.getAlpha();
        beta = constants.getBeta();
    }

    /**
     * @param x {@code [n, maps, height, width]}, row-major fp32
     * @param y is overwritten
     */
    void forward(INDArray x, INDArray y) {
        FloatBuffer in = floats(x);
        FloatBuffer out = floats(y);
        strips(x.shape(), (rows, from, maps, area, width) -> {
            load(in, rows.a, from, maps, area, width);
            scales(rows, maps, width);
            scale(rows.a, rows.scale, maps * width);
            store(rows.a, out, from, maps, area, width);
        });
    }

    /** @param dx is overwritten */
    void backward(INDArray x, INDArray epsilon, INDArray dx) {
        FloatBuffer in = floats(x);
        FloatBuffer gradient = floats(epsilon);
        FloatBuffer out = floats(dx);
        float factor = (float) (2 * alpha * beta);
        strips(x.shape(), (rows, from, maps, area, width) -> {
            load(in, rows.a, from, maps, area, width);
            load(gradient, rows.e, from, maps, area, width);
            scales(rows, maps, width);
            ratios(rows, maps * width);
            windows(rows.squares, rows.scale, maps, width);
            subtract(rows, maps * width, factor);
            store(rows.e, out, from, maps, area, width);
        });
    }

    /** Working arrays of one thread, {@code [maps, width]}. */
    private static final class Rows {
        private float[] a = {};
        private float[] e = {};
        private float[] squares = {};
        private float[] scale = {};

        Rows atLeast(int length) {
            if (a.length < length) {
                a = new float[length];
                e = new float[length];
                squares = new float[length];
                scale = new float[length];
            }
            return this;
        }
    }

    @FunctionalInterface
    private interface Strip {
        void process(Rows rows, int from, int maps, int area, int width);
    }

    private static void strips(long[] shape, Strip strip) {
        int maps = (int) shape[1];
        int area = (int) (shape[2] * shape[3]);
        int width = Math.min(area, Math.max(1, STRIP_ELEMENTS / maps));
        int perImage = (area + width - 1) / width;
        IntStream.range(0, (int) shape[0] * perImage).parallel().forEach(task -> {
            int start = task % perImage * width;
            int from = Math.addExact(Math.multiplyExact(task / perImage, maps * area), start);
            strip.process(ROWS.get().atLeast(maps * width), from, maps, area, Math.min(width, area - start));
        });
    }

    private static void load(FloatBuffer from, float[] to, int start, int maps, int area, int width) {
        for (int map = 0; map < maps; map++) {
            from.get(start + map * area, to, map * width, width);
        }
    }

    private static void store(float[] from, FloatBuffer to, int start, int maps, int area, int width) {
        for (int map = 0; map < maps; map++) {
            to.put(start + map * area, from, map * width, width);
        }
    }

    /** {@code scale = k + α Σ a²}. */
    private void scales(Rows rows, int maps, int width) {
        float[] a = rows.a;
        float[] squares = rows.squares;
        float[] scale = rows.scale;
        int length = maps * width;
        for (int i = 0; i < length; i++) {
            squares[i] = a[i] * a[i];
        }
        windows(squares, scale, maps, width);
        for (int i = 0; i < length; i++) {
            scale[i] = k + alpha * scale[i];
        }
    }

    /** For each map the sum over its window. */
    private void windows(float[] values, float[] sums, int maps, int width) {
        boolean paper = half == PAPER_N / 2 && maps >= PAPER_N;
        if (paper) {
            addFive(values, sums, maps, width);
        }
        for (int map = 0; map < maps; map++) {
            if (!paper || map < half || map >= maps - half) {
                window(values, sums, map, maps, width);
            }
        }
    }

    /** The maps whose windows are whole, in one loop: short ones cost more than they compute. */
    private static void addFive(float[] values, float[] sums, int maps, int width) {
        int second = width;
        int third = 2 * width;
        int fourth = 3 * width;
        int fifth = 4 * width;
        int length = (maps - PAPER_N + 1) * width;
        for (int i = 0; i < length; i++) {
            sums[third + i] =
                    values[i] + values[second + i] + values[third + i] + values[fourth + i] + values[fifth + i];
        }
    }

    private void window(float[] values, float[] sums, int map, int maps, int width) {
        int first = Math.max(0, map - half);
        int last = Math.min(maps - 1, map + half);
        System.arraycopy(values, first * width, sums, map * width, width);
        for (int other = first + 1; other <= last; other++) {
            add(values, other * width, sums, map * width, width);
        }
    }

    private static void add(float[] values, int from, float[] sums, int at, int width) {
        for (int i = 0; i < width; i++) {
            sums[at + i] += values[from + i];
        }
    }

    /** {@code a ← a·s^−β}. */
    private void scale(float[] a, float[] scale, int length) {
        if (beta == PAPER_BETA) {
            for (int i = 0; i < length; i++) {
                float root = 1 / (float) Math.sqrt(scale[i]);
                a[i] = a[i] * (root * (float) Math.sqrt(root));
            }
        } else {
            for (int i = 0; i < length; i++) {
                a[i] = (float) (a[i] * Math.pow(scale[i], -beta));
            }
        }
    }

    /** {@code e ← e·s^−β}, {@code squares ← e·a·s^(−β−1)}. */
    private void ratios(Rows rows, int length) {
        float[] a = rows.a;
        float[] e = rows.e;
        float[] ratios = rows.squares;
        float[] scale = rows.scale;
        if (beta == PAPER_BETA) {
            for (int i = 0; i < length; i++) {
                float root = 1 / (float) Math.sqrt(scale[i]);
                float scaled = e[i] * (root * (float) Math.sqrt(root));
                e[i] = scaled;
                ratios[i] = scaled * a[i] * (root * root);
            }
        } else {
            for (int i = 0; i < length; i++) {
                e[i] = (float) (e[i] * Math.pow(scale[i], -beta));
                ratios[i] = e[i] * a[i] / scale[i];
            }
        }
    }

    private static void subtract(Rows rows, int length, float factor) {
        float[] a = rows.a;
        float[] e = rows.e;
        float[] sums = rows.scale;
        for (int i = 0; i < length; i++) {
            e[i] -= factor * a[i] * sums[i];
        }
    }

    private static FloatBuffer floats(INDArray array) {
        return new FloatPointer(Operand.address(array)).capacity(array.length()).asBuffer();
    }
}
