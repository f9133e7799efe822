package alexnet.model.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ObservedCrossEntropyTest {
    private static final double[][] LOGITS = {{1, -2, 0.5}, {300, -300, 0}, {0, 0, 0}};
    private static final double[][] LABELS = {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};

    @Test
    void theLossIsThatOfAPlainSoftmax() {
        double plain = -Math.log(Math.exp(-2) / (Math.exp(1) + Math.exp(-2) + Math.exp(0.5))) + 300 + Math.log(3);
        assertEquals(plain, score(new ObservedCrossEntropy(), LOGITS), 1e-12);
    }

    @Test
    void theGradientIsSoftmaxMinusLabel() {
        INDArray gradient = new ObservedCrossEntropy()
                .computeGradient(
                        Nd4j.createFromArray(LABELS), Nd4j.createFromArray(LOGITS), new ActivationSoftmax(), null);
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
        double[] expected = {Math.exp(1) / sum, Math.exp(-2) / sum - 1, Math.exp(0.5) / sum};
        assertArrayEquals(expected, gradient.getRow(0).toDoubleVector(), 1e-12);
    }

    @Test
    void theObserverSeesLogitsAndLabels() {
        ObservedCrossEntropy loss = new ObservedCrossEntropy();
        double[][][] seen = new double[2][][];
        loss.observe((logits, labels) -> {
            seen[0] = logits;
            seen[1] = labels;
        });
        score(loss, LOGITS);
        assertArrayEquals(LOGITS, seen[0]);
        assertArrayEquals(LABELS, seen[1]);
    }

    @Test
    void aLogitThatIsNoNumberMakesTheLossNoNumber() {
        double[][] broken = {{1, Double.NaN, 0.5}, {0, 0, 0}, {0, 0, 0}};
        double[][] infinite = {{Double.POSITIVE_INFINITY, 0, 0.5}, {0, 0, 0}, {0, 0, 0}};
        assertTrue(Double.isNaN(score(new ObservedCrossEntropy(), broken)));
        assertTrue(Double.isNaN(score(new ObservedCrossEntropy(), infinite)));
    }

    private static double score(ObservedCrossEntropy loss, double[][] logits) {
        return loss.computeScore(
                Nd4j.createFromArray(LABELS), Nd4j.createFromArray(logits), new ActivationSoftmax(), null, false);
    }
}
