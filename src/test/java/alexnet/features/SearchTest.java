package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both searches give what plain loops give. */
class SearchTest {
    private static float[][] vectors(int rows, int dim, double offset, double deviation, long seed) {
        Random random = new Random(seed);
        float[][] vectors = new float[rows][dim];
        for (float[] row : vectors) {
            for (int i = 0; i < dim; i++) {
                row[i] = (float) (offset + deviation * random.nextGaussian());
            }
        }
        return vectors;
    }

    private static List<Neighbour> plainly(float[][] rows, float[] query, int k) {
        List<Neighbour> all = new ArrayList<>();
        for (int row = 0; row < rows.length; row++) {
            double sum = 0;
            for (int i = 0; i < query.length; i++) {
                sum += Math.pow((double) rows[row][i] - query[i], 2);
            }
            all.add(new Neighbour(row, Math.sqrt(sum)));
        }
        all.sort(Comparator.comparingDouble(Neighbour::distance).thenComparingInt(Neighbour::row));
        return all.subList(0, Math.min(k, all.size()));
    }

    private static void assertSame(List<Neighbour> expected, List<Neighbour> found) {
        assertEquals(
                expected.stream().map(Neighbour::row).toList(),
                found.stream().map(Neighbour::row).toList());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).distance(), found.get(i).distance(), 1e-9);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 10", "3, 10", "40, 100", "1, 5000"})
    void theNearestAreThoseOfAPlainSearch(int queries, int k) {
        float[][] rows = vectors(3000, 67, 0, 1, 1);
        float[][] asked = vectors(queries, 67, 0, 1, 2);
        List<List<Neighbour>> found = new ExactSearch(Vectors.of(rows)).nearest(asked, k);
        for (int q = 0; q < queries; q++) {
            assertSame(plainly(rows, asked[q], k), found.get(q));
        }
    }

    /** Far from 0 and close together: in float, {@code |x|² − 2 x·q + |q|²} has no correct digit left. */
    @Test
    void vectorsThatDifferInTheLastDigitsAreToldApart() {
        float[][] rows = vectors(2000, 128, 1000, 0.01, 3);
        float[][] asked = vectors(2, 128, 1000, 0.01, 4);
        ExactSearch search = new ExactSearch(Vectors.of(rows));
        assertSame(plainly(rows, asked[0], 20), search.nearest(asked[0], 20));
        List<List<Neighbour>> both = search.nearest(asked, 20);
        assertSame(plainly(rows, asked[1], 20), both.get(1));
    }

    @Test
    void ofEquallyNearOnesTheLowerRowComesFirst() {
        float[][] rows = new float[500][16];
        IntStream.range(0, rows.length).forEach(i -> rows[i][0] = i % 3);
        assertEquals(
                List.of(0, 3, 6, 9),
                new ExactSearch(Vectors.of(rows))
                        .nearest(new float[16], 4).stream().map(Neighbour::row).toList());
    }

    @Test
    void vectorsInSeveralPiecesOfMemoryAreOneSet() {
        float[][] rows = vectors(100, 10, 0, 1, 5);
        Vectors pieces = Vectors.allocate(100, 10, 7 * 10 * Float.BYTES);
        for (int i = 0; i < rows.length; i++) {
            pieces.at(i).put(rows[i], 0, 10);
        }
        pieces.square();
        assertEquals(7, pieces.end(0, 50));
        assertEquals(100, pieces.end(98, 50));
        assertSame(plainly(rows, rows[42], 30), new ExactSearch(pieces).nearest(rows[42], 30));
        float[][] fewer = Arrays.copyOf(rows, 33);
        assertSame(plainly(fewer, rows[42], 30), new ExactSearch(pieces.first(33)).nearest(rows[42], 30));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theNearestCodesAreThoseOfAPlainSearch(int words) {
        Random random = new Random(6);
        int rows = 9000;
        long[] codes = random.longs((long) rows * words).toArray();
        for (int i = 0; i < 400 * words; i++) {
            codes[i] &= codes[i + 400 * words]; // unlike the others, so that distances differ
        }
        HammingSearch search = new HammingSearch(codes, words);
        for (int k : new int[] {1, 7, 100, 10_000}) {
            long[] query =
                    random.longs(words).map(word -> word & random.nextLong()).toArray();
            List<Neighbour> all = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int distance = 0;
                for (int bit = 0; bit < words * 64; bit++) {
                    long differs = codes[row * words + bit / 64] >>> bit % 64 ^ query[bit / 64] >>> bit % 64;
                    distance += (int) (differs & 1);
                }
                all.add(new Neighbour(row, distance));
            }
            all.sort(Comparator.comparingDouble(Neighbour::distance).thenComparingInt(Neighbour::row));
            assertEquals(all.subList(0, Math.min(k, rows)), search.nearest(query, k));
        }
    }

    @Test
    void averagePrecisionAgreementAndRecallAreThoseOfTheBook() {
        int[] labels = {1, 0, 1, 1, 0};
        Ranking ranking =
                new Ranking(new float[] {5, 1, 0, 7, 3}, new int[] {3, 1, 4, 0, 2}, -1); // order 2, 1, 4, 0, 3
        assertEquals((1 / 1.0 + 2 / 4.0 + 3 / 5.0) / 3, ranking.averagePrecision(labels, 1), 1e-12);
        assertEquals(1 / 3.0, ranking.agreement(labels, 1, 3), 1e-12);
        assertEquals(0.5, ranking.recall(new int[] {0, 1}, 3), 1e-12);
        Ranking without = new Ranking(new float[] {5, 1, 0, 7, 3}, new int[] {0, 1, 2, 3, 4}, 2);
        assertEquals((1 / 3.0 + 2 / 4.0) / 2, without.averagePrecision(labels, 1), 1e-12);
        assertTrue(without.recall(new int[] {2}, 4) == 0, "the query itself is left out");
    }

    @Test
    void equallyNearOnesAreRankedInTheDrawnOrder() {
        Ranking ranking = new Ranking(new float[] {2, 2, 1, 2}, new int[] {3, 0, 2, 1}, -1);
        assertArrayEquals(new int[] {2, 3, 0, 1}, ranking.first(4));
    }
}
