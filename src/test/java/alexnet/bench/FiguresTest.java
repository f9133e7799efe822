package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheMiddleTwo() {
        assertEquals(new Figures(3, 1, 10), Figures.of(List.of(10.0, 1.0, 3.0)));
        assertEquals(new Figures(2.5, 1, 4), Figures.of(List.of(4.0, 1.0, 3.0, 2.0)));
    }

    @Test
    void aRatioIsTakenRoundByRoundAndNotOfTheMedians() {
        // the machine was half as fast in the second round: the ratios of the rounds do not know it
        assertEquals(new Figures(2, 2, 3), Figures.ratio(List.of(20.0, 10.0, 30.0), List.of(10.0, 5.0, 10.0)));
    }

    @Test
    void aRatioKnowsOnlyRoundsThatBothHave() {
        assertEquals(new Figures(4, 4, 4), Figures.ratio(List.of(20.0, 10.0), List.of(5.0)));
        assertNull(Figures.ratio(List.of(20.0), List.of()));
    }

    @Test
    void percentilesLieBetweenNeighbours() {
        List<Double> values = List.of(5.0, 1.0, 2.0, 3.0, 4.0);
        assertEquals(1, Figures.percentile(values, 0));
        assertEquals(4.8, Figures.percentile(values, 95), 1e-12);
        assertEquals(5, Figures.percentile(values, 100));
    }
}
