package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private long now;
    private int iterations;

    private Repetition run(double seconds, long nanosEach) {
        return Repetition.run(seconds, () -> now, () -> {
            now += nanosEach;
            return ++iterations <= 2 ? 1000 : 8; // pictures of the warm-up must not count
        });
    }

    @Test
    void slowIterationsAreTimedThreeTimesAfterTwoForWarmUp() {
        Repetition timed = run(1, 4_000_000_000L);
        assertEquals(new Repetition(8, List.of(4.0, 4.0, 4.0), 24), timed);
    }

    @Test
    void fastIterationsAreTimedForAsLongAsAsked() {
        Repetition timed = run(1, 250_000_000L);
        assertEquals(0.5, timed.warmUpSeconds());
        assertEquals(List.of(0.25, 0.25, 0.25, 0.25), timed.seconds());
        assertEquals(32, timed.images());
    }

    @Test
    void theEndOfTheWarmUpIsTold() {
        int[] told = {-1};
        Repetition.run(1, () -> now, () -> told[0] = iterations, () -> {
            now += 4_000_000_000L;
            return ++iterations;
        });
        assertEquals(2, told[0]);
    }
}
