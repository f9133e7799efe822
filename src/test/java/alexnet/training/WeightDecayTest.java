package alexnet.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import alexnet.config.Recipes;
import alexnet.config.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightDecayTest {
    /** A small decay through momentum is as one through steps ten times as long: exp(−0.0005·ε·steps / (1 − 0.9)) = ½. */
    @Test
    void halfIsLeftWhenTheExponentialSaysSo() {
        Training training = Recipes.load("paper", Map.of()).training();
        for (double rate : new double[] {0.02, 0.01, 0.001}) {
            double expected = Math.log(2) * (1 - 0.9) / (0.0005 * rate);
            assertEquals(expected, WeightDecay.halfLife(training, rate), 0.005 * expected);
        }
    }

    @Test
    void withoutDecayNothingShrinks() {
        Training none = Recipes.load("paper", Map.of("training.decay", "0")).training();
        assertThrows(IllegalArgumentException.class, () -> WeightDecay.halfLife(none, 0.01));
    }
}
