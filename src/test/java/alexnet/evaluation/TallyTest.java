package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    private static List<String> classes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 6, 40})
    void guessesAreTheFirstOfASortedListWhateverTheLabel(int count) {
        Random random = new Random(count);
        Tally tally = new Tally(
                new MemorySet(IntStream.range(0, 300).map(i -> i % count).toArray()), classes(count));
        Tally other = new Tally(new MemorySet(new int[300]), classes(count));
        for (int i = 0; i < 300; i++) {
            double[] scores = new double[count];
            for (int k = 0; k < count; k++) {
                scores[k] = random.nextInt(12) / 12.0; // with ties
            }
            tally.add(i, scores);
            other.add(i, scores);
            int[] sorted = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingDouble(k -> -scores[k]))
                    .mapToInt(k -> k)
                    .limit(5)
                    .toArray();
            assertArrayEquals(sorted, tally.guesses(i));
            assertArrayEquals(sorted, other.guesses(i));
            for (int rank = 0; rank < sorted.length; rank++) {
                assertEquals((float) scores[sorted[rank]], tally.probabilities(i)[rank]);
            }
        }
    }

    @Test
    void confusionsAndClassesAddUpToTheErrors() {
        Random random = new Random(1);
        int[] labels = random.ints(500, 0, 8).toArray();
        Tally tally = new Tally(new MemorySet(labels), classes(9)); // the last has no picture
        for (int i = 0; i < labels.length; i++) {
            tally.add(i, random.doubles(9).toArray());
        }
        assertEquals(500, tally.all().images());
        assertEquals(
                tally.all().wrong1(),
                tally.confusions().stream().mapToInt(Confusion::count).sum());
        assertEquals(8, tally.classErrors().size());
        assertEquals(
                tally.all().wrong1(),
                tally.classErrors().stream().mapToLong(ClassErrors::wrong1).sum());
        assertEquals(
                tally.all().wrong5(),
                tally.classErrors().stream().mapToLong(ClassErrors::wrong5).sum());
    }

    @Test
    void aTieIsAConfusionWithTheOtherClass() {
        Tally tally = new Tally(new MemorySet(new int[] {0}), classes(3));
        tally.add(0, new double[] {0.4, 0.2, 0.4});
        assertEquals(List.of(new Confusion("c0", "c2", 1)), tally.confusions());
        assertEquals(0, tally.guesses(0)[0]);
    }

    @Test
    void picturesWithoutLabelAreGuessedAndNotCounted() {
        Tally tally = new Tally(new MemorySet(new int[] {-1, 1, -1}), classes(2));
        tally.add(0, new double[] {0.9, 0.1});
        tally.add(1, new double[] {0.3, 0.7});
        assertEquals(1, tally.all().images());
        assertArrayEquals(new int[] {0, 1}, tally.guesses(0));
        assertNull(tally.guesses(2), "never shown");
        assertEquals(List.of(), tally.confusions());
    }
}
