package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPassTest {
    private static final int ROWS = 41;
    private static final int DIM = 6;

    /** In pieces of seven rows. */
    private static Vectors counted() {
        Vectors vectors = Vectors.allocate(ROWS, DIM, 7 * DIM * Float.BYTES);
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < DIM; i++) {
                vectors.at(row).put(i, row + (i == 0 ? 0.5f : 0));
            }
        }
        return vectors.square();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void anyNumberOfThreadsReadsEveryVectorOnce(int threads) {
        double rows = ROWS * (ROWS - 1) / 2.0;
        try (MemoryPass pass = new MemoryPass(counted(), threads)) {
            assertEquals(DIM * rows + 0.5 * ROWS, pass.read(MemoryPass.Way.NUMBERS_ADDED));
            assertEquals(rows + 0.5 * ROWS, pass.read(MemoryPass.Way.VECTORS_ADDED));
            assertEquals(0, pass.read(MemoryPass.Way.COMPARED));
        }
    }

    @Test
    void ofTwoRowsTheFirstIsMultipliedWithTheSecond() {
        Vectors two = Vectors.of(new float[][] {{1, 2, 3}, {5, 7, 11}});
        try (MemoryPass pass = new MemoryPass(two, 1)) {
            assertEquals(1 * 5 + 2 * 7 + 3 * 11, pass.read(MemoryPass.Way.HALVES_MULTIPLIED));
        }
    }

    @Test
    void theFastestWayCounts() {
        try (MemoryPass pass = new MemoryPass(counted(), 2)) {
            pass.round(false);
            pass.round(true);
            double fastest = pass.millis(pass.fastest());
            for (MemoryPass.Way way : EnumSet.allOf(MemoryPass.Way.class)) {
                assertTrue(pass.millis(way) >= fastest, way::function);
            }
        }
    }
}
