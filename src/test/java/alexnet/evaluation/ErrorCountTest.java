package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCountTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 10, 100})
    void errorsAreThoseOfASortedList(int classes) {
        Random random = new Random(classes);
        ErrorCount count = new ErrorCount();
        long wrong1 = 0;
        long wrong5 = 0;
        for (int image = 0; image < 500; image++) {
            double[] scores = random.doubles(classes).toArray();
            int label = random.nextInt(classes);
            count.add(scores, label, 0.5);
            List<Integer> best = IntStream.range(0, classes)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -scores[i]))
                    .toList();
            wrong1 += best.get(0) == label ? 0 : 1;
            wrong5 += best.subList(0, Math.min(5, classes)).contains(label) ? 0 : 1;
        }
        assertEquals(500, count.images());
        assertEquals(wrong1, count.wrong1());
        assertEquals(wrong5, count.wrong5());
        assertEquals(wrong1 / 500.0, count.top1());
        assertEquals(wrong5 / 500.0, count.top5());
        assertEquals(0.5, count.loss(), 1e-12);
        assertTrue(classes <= 5 == (wrong5 == 0), "with five classes or fewer none is wrong at 5");
    }

    @Test
    void tiesAreNeverRight() {
        assertWrong(1, 0, new double[] {3, 3, 0, 0, 0, 0}, 0);
        assertWrong(1, 0, new double[] {5, 4, 3, 2, 1, 0}, 4);
        assertWrong(1, 1, new double[] {5, 4, 3, 2, 1, 1}, 4);
        assertWrong(1, 1, new double[8], 0);
        assertWrong(1, 0, new double[5], 0);
        assertWrong(0, 0, new double[] {-1, -2, -3}, 0);
    }

    @Test
    void whatIsNotANumberIsNeverRight() {
        double nan = Double.NaN;
        assertWrong(1, 1, new double[] {nan, 0, 0, 0, 0, 0}, 0);
        assertWrong(1, 1, new double[] {9, nan, 0, 0, 0, 0}, 0);
        assertWrong(1, 1, new double[] {nan, nan}, 1);
        assertWrong(1, 1, new double[] {nan}, 0);
    }

    private static void assertWrong(long at1, long at5, double[] scores, int label) {
        ErrorCount count = new ErrorCount();
        count.add(scores, label, 0);
        assertEquals(at1, count.wrong1());
        assertEquals(at5, count.wrong5());
    }

    @Test
    void countsAddUp() {
        Random random = new Random(1);
        ErrorCount whole = new ErrorCount();
        ErrorCount first = new ErrorCount();
        ErrorCount second = new ErrorCount();
        for (int image = 0; image < 101; image++) {
            double[] scores = random.doubles(9).toArray();
            int label = random.nextInt(9);
            double loss = random.nextInt(16);
            whole.add(scores, label, loss);
            (image < 40 ? first : second).add(scores, label, loss);
        }
        first.add(second);
        assertSame(whole, first);
        assertSame(whole, new ErrorCount(whole.images(), whole.wrong1(), whole.wrong5(), whole.lossSum()));
    }

    private static void assertSame(ErrorCount expected, ErrorCount found) {
        assertEquals(expected.images(), found.images());
        assertEquals(expected.wrong1(), found.wrong1());
        assertEquals(expected.wrong5(), found.wrong5());
        assertEquals(expected.lossSum(), found.lossSum());
    }

    @Test
    void nothingCountedGivesNoNumber() {
        ErrorCount none = new ErrorCount();
        assertTrue(Double.isNaN(none.top1()) && Double.isNaN(none.top5()) && Double.isNaN(none.loss()));
    }

    @Test
    void lossOfProbabilitiesIsBoundedAndNaNStaysNaN() {
        ErrorCount sure = new ErrorCount();
        sure.addProbabilities(new double[] {1, 0}, 1);
        assertEquals(-Math.log(Float.MIN_NORMAL), sure.loss());
        ErrorCount half = new ErrorCount();
        half.addProbabilities(new double[] {0.5, 0.5}, 0);
        assertEquals(Math.log(2), half.loss(), 1e-15);
        assertEquals(1, half.wrong1(), "a tie");
        ErrorCount broken = new ErrorCount();
        broken.addProbabilities(new double[] {Double.NaN, 0.5}, 0);
        assertTrue(Double.isNaN(broken.loss()));
    }
}
