package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightFitTest {
    private static final int PICTURES = 400;

    /** Nets of different skill that err on different pictures. */
    private static double[][] own(int nets, long seed) {
        Random random = new Random(seed);
        double[][] own = new double[nets][PICTURES];
        for (int net = 0; net < nets; net++) {
            for (int i = 0; i < PICTURES; i++) {
                own[net][i] = Math.pow(random.nextDouble(), 1 + 0.1 * net);
            }
        }
        return own;
    }

    private static double loss(double[][] own, double... weights) {
        double sum = 0;
        for (int i = 0; i < own[0].length; i++) {
            double mixed = 0;
            for (int net = 0; net < own.length; net++) {
                mixed += weights[net] * own[net][i];
            }
            sum += Math.log(mixed);
        }
        return -sum / own[0].length;
    }

    @Test
    void noPointOfAFineGridIsBetter() {
        double[][] own = own(3, 1);
        WeightFit fit = WeightFit.of("val", own);
        double best = Double.MAX_VALUE;
        double[] at = {};
        for (int a = 0; a <= 200; a++) {
            for (int b = 0; a + b <= 200; b++) {
                double[] weights = {a / 200.0, b / 200.0, (200 - a - b) / 200.0};
                double loss = loss(own, weights);
                at = loss < best ? weights : at;
                best = Math.min(best, loss);
            }
        }
        assertEquals(loss(own, fit.weights()), fit.loss(), 1e-12);
        assertTrue(fit.loss() <= best + fit.gap(), fit.loss() + " and " + best);
        assertEquals(best, fit.loss(), 1e-4);
        assertArrayEquals(at, fit.weights(), 0.02);
        assertTrue(
                Arrays.stream(fit.weights()).allMatch(weight -> weight > 0.01 && weight < 0.99), "within the simplex");
        assertEquals(loss(own, 1 / 3.0, 1 / 3.0, 1 / 3.0), fit.equalLoss(), 1e-12);
        assertTrue(fit.loss() < fit.equalLoss() - 0.001);
        assertTrue(fit.gap() <= 1e-7, "" + fit.gap());
    }

    @Test
    void aNetThatIsNeverBetterGetsNothing() {
        double[][] own = own(2, 2);
        for (int i = 0; i < PICTURES; i++) {
            own[1][i] = own[0][i] / 2;
        }
        assertArrayEquals(new double[] {1, 0}, WeightFit.of("val", own).weights(), 1e-5);
    }

    @Test
    void netsThatAreAlikeStayAlike() {
        double[] same = own(1, 3)[0];
        WeightFit fit = WeightFit.of("val", new double[][] {same, same, same, same});
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, fit.weights(), 1e-15);
        assertEquals(0, fit.gap(), 1e-12);
    }

    @Test
    void weightsAreASharing() {
        for (int nets = 1; nets <= 7; nets++) {
            double[] weights = WeightFit.of("val", own(nets, nets)).weights();
            assertEquals(nets, weights.length);
            assertEquals(1, Arrays.stream(weights).sum(), 1e-12);
            assertTrue(Arrays.stream(weights).allMatch(weight -> weight >= 0), Arrays.toString(weights));
        }
    }

    @Test
    void picturesOfWhichNoNetKnowsAnythingChangeNothingAndLeaveANumber() {
        double[][] own = own(2, 4);
        double[] without = WeightFit.of("val", own).weights();
        double[][] with = new double[2][];
        for (int net = 0; net < 2; net++) {
            with[net] = Arrays.copyOf(own[net], PICTURES + 1);
        }
        WeightFit fit = WeightFit.of("val", with);
        assertArrayEquals(without, fit.weights(), 0.01);
        assertTrue(Double.isFinite(fit.loss()), "" + fit.loss());
    }
}
