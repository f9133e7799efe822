package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Precision;
import alexnet.kernels.PlainLoops.Shape;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Convolution and fully connected layers against {@link PlainLoops}. */
class AffineKernelTest {
    private static final Random RANDOM = new Random(11);

    /** The paper's layers of one tower, and shapes that fill no register. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(new Shape(1, 3, 227, 48, 11, 4, 0), Pointwise.RELU, Precision.FP32),
                Arguments.of(new Shape(1, 48, 27, 128, 5, 1, 2), Pointwise.RELU, Precision.FP32),
                Arguments.of(new Shape(2, 256, 13, 192, 3, 1, 1), Pointwise.RELU, Precision.FP32),
                Arguments.of(new Shape(2, 192, 13, 192, 3, 1, 1), Pointwise.RELU, Precision.FP32),
                Arguments.of(new Shape(1, 192, 13, 128, 3, 1, 1), Pointwise.RELU, Precision.FP32),
                Arguments.of(new Shape(3, 3, 17, 5, 5, 2, 1), Pointwise.RELU, Precision.FP32),
                Arguments.of(new Shape(3, 7, 9, 13, 3, 1, 2), Pointwise.IDENTITY, Precision.FP32),
                Arguments.of(new Shape(1, 1, 5, 1, 5, 1, 0), Pointwise.IDENTITY, Precision.FP32),
                Arguments.of(new Shape(2, 9216, 1, 2048, 1, 1, 0), Pointwise.RELU, Precision.FP32),
                Arguments.of(new Shape(3, 37, 1, 11, 1, 1, 0), Pointwise.IDENTITY, Precision.FP32),
                Arguments.of(new Shape(2, 5, 11, 24, 3, 1, 1), Pointwise.TANH, Precision.FP32),
                Arguments.of(new Shape(3, 37, 1, 11, 1, 1, 0), Pointwise.TANH, Precision.FP32),
                Arguments.of(new Shape(1, 48, 27, 128, 5, 1, 2), Pointwise.RELU, Precision.BF16),
                Arguments.of(new Shape(2, 5, 11, 24, 3, 1, 1), Pointwise.TANH, Precision.BF16),
                Arguments.of(new Shape(3, 7, 9, 13, 3, 1, 2), Pointwise.IDENTITY, Precision.BF16),
                Arguments.of(new Shape(3, 37, 1, 11, 1, 1, 0), Pointwise.RELU, Precision.BF16));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void valuesAndAllGradientsAreThoseOfPlainLoops(Shape s, Pointwise activation, Precision precision) {
        Layer layer = new Layer(s, activation, precision);
        boolean bf16 = precision == Precision.BF16;
        float[] epsilon = bf16 ? rounded(values(layer.y.length(), 1)) : values(layer.y.length(), 1);
        layer.forward();
        layer.backward(epsilon);

        // Results of 8 bits, or sums of fp32 in another order. (The operands are values of the type already.)
        double allowed = bf16 ? 0x1p-8 : 2e-5;
        assertEquals(bf16, layer.y.length() == countOfBf16(layer.y), "whether all outputs are bf16");
        double[] y = PlainLoops.forward(s, layer.xValues, layer.wValues, layer.biasValues, activation);
        assertClose(y, layer.y, allowed, "output");
        double[] delta = PlainLoops.delta(activation, epsilon, doubles(layer.y));
        if (bf16) { // as the operand of the products is
            delta = doubles(rounded(floats(delta)));
        }
        assertClose(PlainLoops.weightGradient(s, layer.xValues, delta), layer.weightGradient, allowed, "weights");
        assertClose(PlainLoops.biasGradient(s, delta), layer.biasGradient, allowed, "biases");
        assertClose(PlainLoops.inputGradient(s, layer.wValues, delta), layer.dx, allowed, "input");
    }

    @Test
    void aFullBatchOf128AgreesAtSampledPositions() {
        Shape s = new Shape(128, 48, 27, 128, 5, 1, 2);
        Layer layer = new Layer(s, Pointwise.RELU, Precision.FP32);
        layer.forward();
        for (int image : new int[] {0, 63, 127}) {
            int size = 48 * 27 * 27;
            float[] one = Arrays.copyOfRange(layer.xValues, image * size, (image + 1) * size);
            Shape single = new Shape(1, 48, 27, 128, 5, 1, 2);
            double[] expected = PlainLoops.forward(single, one, layer.wValues, layer.biasValues, Pointwise.RELU);
            assertClose(expected, layer.y.get(point(image)).dup('c'), 2e-5, "image " + image);
        }
    }

    @Test
    void aShortLastBatchAndAReturnToTheFullOneAreRight() {
        Layer full = new Layer(new Shape(4, 6, 9, 16, 3, 1, 1), Pointwise.RELU, Precision.FP32);
        full.forward();
        INDArray before = full.y.dup();
        Layer rest = new Layer(new Shape(3, 6, 9, 16, 3, 1, 1), full);
        rest.forward();
        assertClose(
                PlainLoops.forward(rest.shape, rest.xValues, rest.wValues, rest.biasValues, Pointwise.RELU),
                rest.y,
                2e-5,
                "short batch");
        full.y.assign(0);
        full.forward();
        assertEquals(before, full.y);
    }

    @Test
    void moreShapesThanAreKeptGiveTheSameAsFreshKernels() {
        Layer first = new Layer(new Shape(1, 6, 9, 16, 3, 1, 1), Pointwise.RELU, Precision.FP32);
        for (int n = 1; n <= 3 * Plans.MOST; n++) {
            Layer next = new Layer(new Shape(n, 6, 9, 16, 3, 1, 1), first);
            next.forward();
            float[] epsilon = values(next.y.length(), 1);
            next.backward(epsilon);
            double[] delta = PlainLoops.delta(Pointwise.RELU, epsilon, doubles(next.y));
            assertClose(PlainLoops.inputGradient(next.shape, next.wValues, delta), next.dx, 2e-5, "batch " + n);
        }
    }

    @Test
    void twoForwardPassesOnOneArrayEachSeeItsValuesOfThatMoment() {
        Layer layer = new Layer(new Shape(2, 6, 9, 16, 3, 1, 1), Pointwise.RELU, Precision.FP32);
        layer.forward();
        INDArray before = layer.y.dup();
        layer.x.muli(-2);
        layer.forward();
        assertFalse(before.equalsWithEps(layer.y, 1e-3));
        assertClose(
                PlainLoops.forward(layer.shape, floats(layer.x), layer.wValues, layer.biasValues, Pointwise.RELU),
                layer.y,
                2e-5,
                "second pass");
        float[] epsilon = values(layer.y.length(), 1);
        layer.backward(epsilon);
        double[] delta = PlainLoops.delta(Pointwise.RELU, epsilon, doubles(layer.y));
        assertClose(
                PlainLoops.weightGradient(layer.shape, floats(layer.x), delta), layer.weightGradient, 2e-5, "weights");
    }

    @Test
    void roundingToBf16TakesTheNearestValueAndTheEvenOneOfTwo() {
        for (float value : new float[] {1, -3.14159f, 1e-30f, 6.5e30f, 0, -0f, 1.00390625f, 1.01171875f, 255.9f}) {
            float rounded = Float.intBitsToFloat(Bf16.round(Float.floatToRawIntBits(value)));
            float below = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff_0000);
            float above = Float.intBitsToFloat((Float.floatToRawIntBits(value) & 0xffff_0000) + 0x1_0000);
            double down = Math.abs((double) value - below);
            double up = Math.abs((double) above - value);
            boolean evenBelow = (Float.floatToRawIntBits(below) >> 16 & 1) == 0;
            float expected = down < up || down == up && evenBelow ? below : above;
            assertEquals(expected, rounded, "of " + value);
        }
        assertTrue(Float.isNaN(Float.intBitsToFloat(Bf16.round(Float.floatToRawIntBits(Float.NaN)))));
        int infinite = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY);
        assertEquals(infinite, Bf16.round(infinite));
    }

    /** A layer with random values and the arrays of its passes. */
    private static final class Layer {
        private final Shape shape;
        private final AffineKernel kernel;
        private final float[] xValues;
        private final float[] wValues;
        private final float[] biasValues;
        private final INDArray x;
        private final INDArray w;
        private final INDArray bias;
        private final INDArray y;
        private final INDArray weightGradient;
        private final INDArray biasGradient;
        private final INDArray dx;

        Layer(Shape s, Pointwise activation, Precision precision) {
            this(s, new AffineKernel(new Setting(new Scratch(), precision, false), activation, (x, y) -> operation(s)));
        }

        /** The same kernel on another batch. */
        Layer(Shape s, Layer other) {
            this(s, other.kernel);
        }

        private Layer(Shape s, AffineKernel kernel) {
            this.shape = s;
            this.kernel = kernel;
            xValues = rounded(values(size(s.x()), 1));
            wValues = rounded(values(size(s.w()), 1 / Math.sqrt(s.in() * s.kernel() * s.kernel())));
            biasValues = values(s.out(), 0.5);
            boolean dense = s.side() == 1;
            x = array(xValues, dense ? new long[] {s.n(), s.in()} : s.x());
            // The library keeps dense weights as [inputs, outputs] in column-major order.
            w = dense ? array(wValues, new long[] {s.out(), s.in()}).transpose() : array(wValues, s.w());
            bias = array(biasValues, new long[] {1, s.out()});
            y = Nd4j.createUninitialized(dense ? new long[] {s.n(), s.out()} : s.y(), 'c');
            weightGradient = dense
                    ? Nd4j.createUninitialized(new long[] {s.out(), s.in()}, 'c')
                            .transpose()
                    : Nd4j.createUninitialized(s.w(), 'c');
            biasGradient = Nd4j.createUninitialized(new long[] {1, s.out()}, 'c');
            dx = x.ulike();
        }

        private static Affine operation(Shape s) {
            if (s.side() == 1) {
                return new Affine.InnerProduct();
            }
            int covered = (s.outSide() - 1) * s.stride() + s.kernel();
            long after = Math.max(0, covered - s.side() - s.pad());
            return new Affine.Convolution(
                    new long[] {s.stride(), s.stride()}, new long[] {s.pad(), s.pad()}, new long[] {after, after});
        }

        private Weights weights(INDArray values, INDArray biases) {
            return shape.side() == 1 ? Weights.ofDense(values, biases) : Weights.ofConvolution(values, biases);
        }

        void forward() {
            kernel.forward(x, weights(w, bias), y);
        }

        void backward(float[] epsilon) {
            kernel.backward(
                    x, weights(w, bias), y, array(epsilon, y.shape()), weights(weightGradient, biasGradient), dx);
            if (shape.side() == 1) {
                weightGradient.permutei(1, 0); // the loops' order: outputs first
            }
        }
    }

    private static INDArrayIndex point(int image) {
        return NDArrayIndex.point(image);
    }

    private static int size(long[] shape) {
        return (int) (shape[0] * shape[1] * shape[2] * shape[3]);
    }

    private static float[] values(long count, double deviation) {
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * RANDOM.nextGaussian());
        }
        return values;
    }

    private static float[] rounded(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(Bf16.round(Float.floatToRawIntBits(values[i])));
        }
        return values;
    }

    private static long countOfBf16(INDArray array) {
        float[] values = floats(array);
        return IntStream.range(0, values.length)
                .filter(i -> (Float.floatToRawIntBits(values[i]) & 0xffff) == 0)
                .count();
    }

    private static INDArray array(float[] values, long[] shape) {
        return Nd4j.createFromArray(values).reshape(shape);
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static float[] floats(double[] doubles) {
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    private static double[] doubles(INDArray array) {
        return doubles(floats(array));
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    /** Differences against the root mean square of what is expected. */
    private static void assertClose(double[] expected, INDArray found, double allowed, String what) {
        float[] values = floats(found);
        assertEquals(expected.length, values.length, what);
        double squares = 0;
        for (double value : expected) {
            squares += value * value;
        }
        double scale = Math.sqrt(squares / expected.length);
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = Math.abs(values[i] - expected[i]) / Math.max(scale, Math.abs(expected[i]));
            worst = Math.max(worst, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        assertTrue(worst <= allowed, what + " differs by " + worst + " of its root mean square");
    }
}
