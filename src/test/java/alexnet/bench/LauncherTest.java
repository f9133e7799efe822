package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bench.Outcome.Failure;
import alexnet.bench.Request.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    private Path scratch;

    /** Ends as its request's setting says. */
    static final class Ending {
        public static void main(String[] args) throws Exception {
            Request request = Request.read(Path.of(args[0]));
            switch (request.setting()) {
                case "memory" -> throw new OutOfMemoryError("of the test");
                case "fault" -> throw new IllegalStateException("a fault of the test");
                case "sleep" -> Thread.sleep(600_000);
                case "silence" -> System.exit(3);
                default ->
                    new Turn("threads " + System.getenv("OMP_NUM_THREADS"), 0, 1, 4, List.of(2.0), 0, null, null, null)
                            .write(Path.of(args[1]));
            }
        }
    }

    private Outcome run(String setting, double minutes) {
        Contender contender =
                new Contender(setting, Program.LIBTORCH, setting, Ending.class.getName(), ProjectClassPath.own());
        return new Launcher(scratch, minutes, Machine.here(), () -> setting.equals("stopped"))
                .run(contender, RoundsTest.request(4).by(Program.LIBTORCH, setting));
    }

    @Test
    void aTurnIsReadFromTheProcessThatMeasuredIt() {
        Outcome outcome = run("well", 2);
        assertEquals(2, outcome.turn().imagesPerSecond());
        assertEquals("threads 1", outcome.turn().setting());
    }

    @Test
    void memoryThatRunsOutIsToldFromOtherFaults() {
        assertEquals(Failure.OUT_OF_MEMORY, run("memory", 2).failure());
        Outcome fault = run("fault", 2);
        assertEquals(Failure.DIED, fault.failure());
        assertTrue(
                fault.reason().contains("exit code 1") && fault.reason().contains("a fault of the test"),
                fault::reason);
        assertEquals(Outcome.failed(Failure.DIED, "exit code 3: it said nothing"), run("silence", 2));
    }

    @Test
    void whoTakesTooLongIsEnded() {
        Outcome outcome = run("sleep", 0.005);
        assertEquals(Outcome.failed(Failure.TOO_LONG, "takes more than 0.005 minutes"), outcome);
    }

    @Test
    void anInterruptedTurnIsEnded() {
        assertThrows(CancellationException.class, () -> run("stopped", 2));
    }
}
