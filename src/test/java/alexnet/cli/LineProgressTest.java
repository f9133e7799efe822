package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong(-7);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private LineProgress start(long total) {
        return new LineProgress(new PrintStream(out, true, StandardCharsets.UTF_8), "train", total, "img", clock::get);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLineComesEveryFiveSecondsAndAtTheEnd() {
        LineProgress progress = start(9600);
        for (int second = 1; second <= 12; second++) {
            clock.addAndGet(SECOND);
            progress.message("epoch " + second);
            progress.advance(4);
        }
        progress.close();
        assertEquals(
                List.of(
                        "train 20/9600 img, 4.0 img/s, 39:55 min left; epoch 5",
                        "train 40/9600 img, 4.0 img/s, 39:50 min left; epoch 10",
                        "train 48/9600 img, 4.0 img/s, 39:48 min left; epoch 12"),
                lines());
    }

    @Test
    void finishedTaskSaysHowLongItTook() {
        LineProgress progress = start(36000);
        clock.addAndGet(4000 * SECOND);
        progress.advance(36000);
        progress.close();
        assertEquals("train 36000/36000 img, 9.0 img/s, done in 1:06 h", lines().get(1));
    }

    @Test
    void taskWithNothingToDoSaysNothing() {
        start(0).close();
        assertEquals(List.of(), lines());
    }
}
