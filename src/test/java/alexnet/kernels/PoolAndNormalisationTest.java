package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import alexnet.config.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pooling and local response normalisation against loops in double precision. */
class PoolAndNormalisationTest {
    private static final int SIZE = 3;
    private static final int STRIDE = 2;

    @ParameterizedTest
    @CsvSource({"2,48,55,Strict", "2,128,27,Strict", "1,128,13,Strict", "3,5,7,Strict", "3,19,10,Same", "1,1,3,Strict"})
    void aWindowGivesItsLargestElementAndTakesItsGradient(int n, int maps, int side, ConvolutionMode mode) {
        int out = mode == ConvolutionMode.Same ? (side + STRIDE - 1) / STRIDE : (side - SIZE) / STRIDE + 1;
        INDArray x = randoms(1, n, maps, side, side);
        INDArray y = Nd4j.createUninitialized(new long[] {n, maps, out, out}, 'c');
        INDArray epsilon = randoms(1, n, maps, out, out);
        INDArray dx = x.ulike();
        Windows windows =
                Windows.of(x.shape(), y.shape(), new int[] {SIZE, SIZE}, new int[] {STRIDE, STRIDE}, new int[2], mode);
        PoolKernel kernel = new PoolKernel(new Setting(new Scratch(), Precision.FP32, false), algorithm.pooling_max);
        kernel.forward(x, windows, y, true);
        kernel.backward(x, windows, epsilon, dx);

        double[] largest = new double[n * maps * out * out];
        double[] gradient = new double[n * maps * side * side];
        pool(x.data().asFloat(), epsilon.data().asFloat(), side, out, largest, gradient);
        assertArrayEquals(largest, y.data().asDouble(), 0);
        assertArrayEquals(gradient, dx.data().asDouble(), 1e-6);

        // Without a forward pass for training before it, the backward pass makes its own.
        INDArray again = x.ulike();
        kernel.forward(x, windows, y, false);
        kernel.backward(x, windows, epsilon, again);
        assertEquals(dx, again);
    }

    private static void pool(float[] x, float[] epsilon, int side, int out, double[] largest, double[] gradient) {
        for (int i = 0; i < largest.length; i++) {
            int plane = i / (out * out) * side * side;
            int row = i / out % out * STRIDE;
            int col = i % out * STRIDE;
            int best = plane + row * side + col;
            for (int r = row; r < Math.min(side, row + SIZE); r++) {
                for (int c = col; c < Math.min(side, col + SIZE); c++) {
                    best = x[plane + r * side + c] > x[best] ? plane + r * side + c : best;
                }
            }
            largest[i] = x[best];
            gradient[best] += epsilon[i];
        }
    }

    /** Windows that hang over the maps, or begin before them, average what lies inside, or count zeros outside. */
    @ParameterizedTest
    @CsvSource({"2,32,16,0,false", "3,19,10,0,false", "1,64,8,1,false", "1,64,8,1,true", "2,5,9,0,true"})
    void aWindowGivesItsAverageAndSharesItsGradientOut(int n, int maps, int side, int pad, boolean outside) {
        int out = (side + 2 * pad - SIZE + STRIDE - 1) / STRIDE + 1;
        INDArray x = randoms(1, n, maps, side, side);
        INDArray y = Nd4j.createUninitialized(new long[] {n, maps, out, out}, 'c');
        INDArray epsilon = randoms(1, n, maps, out, out);
        INDArray dx = x.ulike();
        int[] before = {pad, pad};
        Windows windows = Windows.of(
                x.shape(),
                y.shape(),
                new int[] {SIZE, SIZE},
                new int[] {STRIDE, STRIDE},
                before,
                ConvolutionMode.Strict);
        PoolKernel kernel = new PoolKernel(
                new Setting(new Scratch(), Precision.FP32, false),
                outside ? algorithm.pooling_avg_include_padding : algorithm.pooling_avg_exclude_padding);
        kernel.forward(x, windows, y, true);
        kernel.backward(x, windows, epsilon, dx);

        double[] averages = new double[n * maps * out * out];
        double[] gradient = new double[n * maps * side * side];
        for (int i = 0; i < averages.length; i++) {
            List<Integer> inside = inside(i, side, out, pad);
            int count = outside ? SIZE * SIZE : inside.size();
            for (int at : inside) {
                averages[i] += x.data().getDouble(at) / count;
                gradient[at] += epsilon.data().getDouble(i) / count;
            }
        }
        assertArrayEquals(averages, y.data().asDouble(), 1e-6);
        assertArrayEquals(gradient, dx.data().asDouble(), 1e-6);
    }

    /** Positions in x of a window's elements that lie in the map. */
    private static List<Integer> inside(int window, int side, int out, int pad) {
        List<Integer> positions = new ArrayList<>();
        int row = window / out % out * STRIDE - pad;
        int col = window % out * STRIDE - pad;
        for (int r = Math.max(0, row); r < Math.min(side, row + SIZE); r++) {
            for (int c = Math.max(0, col); c < Math.min(side, col + SIZE); c++) {
                positions.add(window / (out * out) * side * side + r * side + c);
            }
        }
        return positions;
    }

    private record Constants(double getK, int getN, double getAlpha, double getBeta) implements CrossMap {}

    @ParameterizedTest
    @CsvSource({"1,0.75", "30,0.75", "300,0.75", "300,0.5"})
    void normalisationAndItsGradientAreThoseOfLoopsAtAnyMagnitude(double magnitude, double beta) {
        for (long[] shape :
                new long[][] {{1, 48, 55, 55}, {2, 128, 27, 27}, {3, 7, 5, 3}, {1, 1, 1, 1}, {1, 3, 90, 91}}) {
            Constants paper = new Constants(2, 5, 1e-4, beta);
            INDArray x = randoms(magnitude, shape);
            INDArray epsilon = randoms(1, shape);
            INDArray y = x.ulike();
            INDArray dx = x.ulike();
            CrossMapKernel kernel = new CrossMapKernel(paper);
            kernel.forward(x, y);
            kernel.backward(x, epsilon, dx);
            int area = (int) (shape[2] * shape[3]);
            for (int position = 0; position < shape[0] * area; position += 7) {
                int from = position / area * (int) shape[1] * area + position % area;
                checkPosition(
                        paper,
                        column(x, from, area),
                        column(epsilon, from, area),
                        column(y, from, area),
                        column(dx, from, area));
            }
        }
    }

    private static void checkPosition(Constants c, double[] a, double[] epsilon, double[] y, double[] dx) {
        double[] expected = PlainLoops.normalised(a, c.getK, c.getN, c.getAlpha, c.getBeta);
        assertArrayEquals(expected, y, 2e-6 * largest(expected));
        double[] gradient = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            double step = 1e-3 * Math.max(1, Math.abs(a[i]));
            gradient[i] = (loss(c, a, i, step, epsilon) - loss(c, a, i, -step, epsilon)) / (2 * step);
        }
        // The gradient is a difference of two terms; its error goes with the first.
        double[] first = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            first[i] = epsilon[i] * expected[i] / a[i];
        }
        assertArrayEquals(gradient, dx, 1e-5 * largest(first));
    }

    private static double loss(Constants c, double[] a, int changed, double by, double[] epsilon) {
        double[] moved = a.clone();
        moved[changed] += by;
        double[] b = PlainLoops.normalised(moved, c.getK, c.getN, c.getAlpha, c.getBeta);
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            sum += b[i] * epsilon[i];
        }
        return sum;
    }

    @Test
    void aKernelThatFailsLeavesTheLayerToTheLibraryAndSaysSo() {
        Kernel kernel = new Kernel("conv9");
        assertEquals("library", kernel.forward(() -> broken(), () -> "library"));
        assertEquals("library", kernel.backward(() -> "kernel", () -> "library"));
        assertEquals(true, kernel.failed());
        assertEquals(0, kernel.forwardCalls() + kernel.backwardCalls());
    }

    private static String broken() {
        throw new IllegalStateException("no such instruction");
    }

    private static double[] column(INDArray array, int from, int area) {
        int maps = (int) array.size(1);
        double[] column = new double[maps];
        for (int map = 0; map < maps; map++) {
            column[map] = array.data().getDouble(from + (long) map * area);
        }
        return column;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static INDArray randoms(double deviation, long... shape) {
        Random random = new Random(3);
        INDArray array = Nd4j.create(DataType.FLOAT, shape);
        for (long i = 0; i < array.length(); i++) {
            array.data().put(i, (float) (deviation * random.nextGaussian()));
        }
        return array;
    }
}
