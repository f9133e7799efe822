package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    /** Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void itIsThePublishedOne(long wrong, long pictures, double low, double high) {
        Interval found = Interval.of(wrong, pictures);
        assertEquals(low, found.low(), 5e-5);
        assertEquals(high, found.high(), 5e-5);
    }

    /** Its ends are the shares p from which the one found lies 1.96 of p's own deviations away. */
    @ParameterizedTest
    @CsvSource({"41, 1000", "3, 1000", "20330, 50000", "1, 2", "999, 1000"})
    void itsEndsSolveTheEquationOfTheScore(long wrong, long pictures) {
        Interval found = Interval.of(wrong, pictures);
        double share = wrong / (double) pictures;
        for (double end : new double[] {found.low(), found.high()}) {
            double deviations = Math.abs(share - end) / Math.sqrt(end * (1 - end) / pictures);
            assertEquals(1.959964, deviations, 1e-5);
        }
        assertTrue(found.low() < share && share < found.high());
    }

    @Test
    void noneAndAllWrongStayWithinZeroAndOne() {
        assertEquals(0, Interval.of(0, 10).low());
        assertEquals(1, Interval.of(10, 10).high());
        assertEquals("0.00 to 27.75 %", Interval.of(0, 10).text());
    }
}
