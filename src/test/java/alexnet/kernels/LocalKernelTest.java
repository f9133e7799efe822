package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import alexnet.config.Precision;
import alexnet.kernels.PlainLoops.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Locally connected layers against plain loops in double precision. */
class LocalKernelTest {
    private final LocalKernel kernel = new LocalKernel(new Setting(new Scratch(), Precision.FP32, false));

    @ParameterizedTest
    @CsvSource({
        "128, 64, 6, 32, 3, 1, 1", // local3 of cifar10-local
        "3, 32, 6, 32, 3, 1, 1",
        "3, 5, 7, 3, 3, 2, 0",
        "2, 3, 5, 4, 4, 1, 2",
        "1, 2, 3, 1, 1, 1, 0"
    })
    void outputsAndGradientsAreThoseOfPlainLoops(int n, int in, int side, int out, int window, int stride, int pad) {
        Shape s = new Shape(n, in, side, out, window, stride, pad);
        long positions = (long) s.outSide() * s.outSide();
        INDArray x = Nd4j.randn(s.x());
        INDArray w = Nd4j.randn('c', positions, (long) in * window * window, out);
        INDArray b = Nd4j.randn('c', 1, out);
        INDArray delta = Nd4j.randn(s.y());
        Windows windows = new Windows(
                new long[] {window, window}, new long[] {stride, stride}, new long[] {pad, pad}, new long[] {pad, pad});
        for (int again = 0; again < 2; again++) {
            INDArray y = Nd4j.valueArrayOf(s.y(), Float.NaN);
            kernel.forward(x, windows, w, b, y);
            agree(PlainLoops.local(s, floats(x), floats(w), floats(b)), y);
            INDArray dw = Nd4j.valueArrayOf(w.shape(), Float.NaN);
            INDArray db = Nd4j.valueArrayOf(b.shape(), Float.NaN);
            INDArray dx = Nd4j.valueArrayOf(s.x(), Float.NaN);
            kernel.backward(x, windows, w, delta, dw, db, dx);
            agree(PlainLoops.localWeightGradient(s, floats(x), floats(delta)), dw);
            agree(PlainLoops.biasGradient(s, delta.dup('c').data().asDouble()), db);
            agree(PlainLoops.localInputGradient(s, floats(w), floats(delta)), dx);
        }
    }

    @Test
    void aBackwardPassIsOfItsOwnInputWhateverWentForwardBefore() {
        Shape s = new Shape(2, 3, 5, 4, 3, 1, 1);
        INDArray w = Nd4j.randn('c', 25L, 27, 4);
        INDArray b = Nd4j.zeros(1, 4);
        INDArray delta = Nd4j.randn(s.y());
        Windows windows = new Windows(new long[] {3, 3}, new long[] {1, 1}, new long[] {1, 1}, new long[] {1, 1});
        INDArray x = Nd4j.randn(s.x());
        kernel.forward(x, windows, w, b, Nd4j.create(s.y()));
        kernel.forward(Nd4j.randn(s.x()), windows, w, b, Nd4j.create(s.y()));
        for (int again = 0; again < 2; again++) { // the second time no forward pass lies between
            INDArray dw = Nd4j.valueArrayOf(w.shape(), Float.NaN);
            kernel.backward(x, windows, w, delta, dw, Nd4j.create(1, 4), null);
            agree(PlainLoops.localWeightGradient(s, floats(x), floats(delta)), dw);
        }
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static void agree(double[] expected, INDArray found) {
        float[] values = floats(found);
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertEquals(expected.length, values.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], values[i], 2e-6 * largest, "element " + i);
        }
    }
}
