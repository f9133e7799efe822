package alexnet.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Sample A = new Sample(List.of(0.30, 0.31, 0.32));
    private static final Sample B = new Sample(List.of(0.30, 0.33, 0.36));

    @Test
    void differenceHasWelchsInterval() {
        Sample.Comparison difference = A.less(B);
        // variances 1e-4 and 9e-4: 2.4390 degrees of freedom, t = 3.6394, standard error 0.018257
        assertEquals(-0.02, difference.value(), 1e-12);
        assertEquals(-0.02 - 3.6394 * 0.018257, difference.low(), 1e-5);
        assertEquals(-0.02 + 3.6394 * 0.018257, difference.high(), 1e-5);
        assertEquals(0.01, A.deviation(), 1e-12);
    }

    @Test
    void ratioHasTheIntervalOfTheLogarithms() {
        Sample slow = new Sample(List.of(8.0, 32.0));
        Sample fast = new Sample(List.of(2.0, 8.0));
        Sample.Comparison ratio = slow.over(fast);
        assertEquals(4, ratio.value(), 1e-12, "of the geometric means 16 and 4");
        // both logarithms ln 2 · {1, 3}: variance 2 ln²2, standard error √2 ln 2, 2 degrees of freedom, t = 4.302653
        double half = 4.302653 * Math.sqrt(2) * Math.log(2);
        assertEquals(4 * Math.exp(-half), ratio.low(), 1e-6);
        assertEquals(4 * Math.exp(half), ratio.high(), 1e-3);
    }

    @Test
    void oneNetHasNoIntervalAndEqualNetsHaveOneOfNoWidth() {
        assertFalse(new Sample(List.of(0.3)).less(A).hasInterval());
        assertTrue(Double.isNaN(new Sample(List.of(0.3)).deviation()));
        Sample.Comparison same = new Sample(List.of(0.3, 0.3)).less(new Sample(List.of(0.2, 0.2)));
        assertEquals(same.low(), same.high());
    }
}
