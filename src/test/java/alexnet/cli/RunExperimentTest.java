package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.run.MetricsLog;
import alexnet.run.RunFolder;
import alexnet.training.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command that trains an experiment: killed, repeated, interrupted, and asked for what cannot be. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunExperimentTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path experiment;
    private static Path runs;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 19); // 3 × (16 for training, 3 for validation): 12 steps
        experiment = SmallExperiment.define(folder, "own", "[1]", "{training.epochs: 3}");
        runs = folder.resolve("runs");
    }

    private static Typed run(Object... more) {
        Object[] words = {"run", experiment, "--data", data, "--runs", runs};
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Typed.type(new ExperimentsCommand(), all);
    }

    private static Child start(String log) throws IOException {
        return Child.start(
                folder.resolve(log), "Experiments", "run", experiment, "--data", data, "--runs", runs, "--seeds", "1");
    }

    private static RunFolder net(String name) {
        return new RunFolder(runs.resolve("own").resolve(name));
    }

    private static boolean isBegun(String name) {
        return Files.isDirectory(net(name).checkpoints())
                && Checkpoint.newest(net(name).checkpoints()).isPresent();
    }

    private static List<Integer> epochs(String name) throws IOException {
        return MetricsLog.read(net(name).metrics()).stream()
                .filter(line -> line.path("event").asText().equals("epoch"))
                .map(line -> line.path("epoch").asInt())
                .toList();
    }

    /** Waits until no other program trains in a folder. */
    private static void awaitFree(String name) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            try {
                net(name).hold(() -> null);
                return;
            } catch (UsageException inUse) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("The training goes on though what started it is gone");
    }

    @Test
    @Order(1)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void killedInTheSecondNetItGoesOnThereAndLeavesTheFirstAlone() throws Exception {
        start("killed.log")
                .until(() -> isBegun("one-1"))
                .until(() -> Files.exists(net("two-1").provenance()))
                .until(() -> isBegun("two-1"))
                .kill();
        awaitFree("two-1");
        assertFalse(Files.exists(net("two-1").model()), "killed in the middle");
        byte[] model = Files.readAllBytes(net("one-1").model());
        byte[] log = Files.readAllBytes(net("one-1").metrics());
        var written = Files.getLastModifiedTime(net("one-1").model());

        String said = start("again.log").ends(0);
        assertTrue(said.contains("net 1 of 2: one, seed 1, finished"), said);
        assertTrue(said.contains("net 2 of 2: two, seed 1, begun, "), said);
        assertTrue(said.contains("All 2 nets are finished"), said);
        assertArrayEquals(model, Files.readAllBytes(net("one-1").model()));
        assertArrayEquals(log, Files.readAllBytes(net("one-1").metrics()));
        assertEquals(written, Files.getLastModifiedTime(net("one-1").model()));
        assertEquals(List.of(1, 2, 3), epochs("two-1"), "each epoch once");
    }

    @Test
    @Order(2)
    void aFinishedExperimentIsNotTrainedAgainAndTheReportReadsIt() throws IOException {
        String said = run("--seeds", "1").well().out();
        assertFalse(said.contains("Recipe small"), "nothing was trained: " + said);
        String plan = run("--dry-run").well().out();
        assertTrue(
                plan.matches("(?s).*one, seed 1 +finished +0 .*one, seed 2 +not begun +3 +\\d+\\.\\d +\\d+.*"), plan);
        assertTrue(plan.contains("4 nets, 2 to train, at most "), plan);
        String report = Typed.type(new ExperimentsCommand(), "report", experiment, "--results", runs)
                .well()
                .out();
        assertTrue(report.contains("*2 of 4 nets finished*"), report);
        assertTrue(report.contains("### Val top-1 error, centre view"), report);
        assertTrue(report.contains("| the first | 1 of 2 |"), report);
    }

    @Test
    @Order(3)
    void dataOrDefinitionsThatChangedAreRefused() throws IOException {
        Path other = Small.prepared(Files.createDirectory(folder.resolve("other")), 20);
        Typed.type(new ExperimentsCommand(), "run", experiment, "--data", other, "--runs", runs)
                .failed(2, "was trained on data", "expected the same");
        Path changed = SmallExperiment.define(folder, "changed", "[1]", "{training.epochs: 4}");
        Typed.type(new ExperimentsCommand(), "run", changed, "--data", data, "--runs", runs)
                .failed(2, "trained with another recipe", "training.epochs: 4 → 3");
        Typed.type(new ExperimentsCommand(), "run", "fig1", "--data", data, "--runs", runs)
                .failed(2, "has 3 classes", "expected 10");
    }

    @Test
    @Order(4)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    void interruptedItLeavesACheckpointAndSaysHowToGoOn() throws Exception {
        Path elsewhere = folder.resolve("interrupted");
        Path long1 = SmallExperiment.define(folder, "long", "[1]", "{training.epochs: 300}");
        Child child = Child.start(
                folder.resolve("interrupted.log"),
                "Experiments",
                "run",
                long1,
                "--data",
                data,
                "--runs",
                elsewhere,
                "--variants",
                "one");
        RunFolder one = new RunFolder(elsewhere.resolve("own/one-1"));
        String said = child.until(() -> Files.exists(one.provenance()))
                .until(() -> Files.isDirectory(one.checkpoints())
                        && Checkpoint.newest(one.checkpoints()).isPresent())
                .interrupt()
                .ends(130);
        assertTrue(said.contains("Interrupted: 0 of 2 nets are finished. Go on with the same command."), said);
        one.hold(() -> null); // and nothing trains any more
        assertFalse(Files.exists(one.model()));
    }

    @Test
    @Order(5)
    void theLimitEndsItWithoutAnError() {
        String said = run("--limit-minutes", "0.00001", "--seeds", "2").well().out();
        assertTrue(said.contains("The limit of 1.0E-5 minutes is reached: 0 of 2 nets are finished."), said);
        assertFalse(Files.exists(net("one-2").path()), "nothing was begun");
    }

    @Test
    void wrongOptionsAreNamed() {
        ExperimentsCommand command = new ExperimentsCommand();
        Typed.type(command, "run", "fig2", "--data", data).failed(2, "neither built in nor a file", "Did you mean");
        Typed.type(command, "run", experiment).failed(2, "was given no data", "--data DIR");
        Typed.type(command, "run", experiment, "--data", data, "--variants", "oen")
                .failed(2, "Did you mean 'one'?");
        Typed.type(command, "run", experiment, "--data", data, "--grid", "--seeds", "1")
                .failed(2, "seed of its own");
        Typed.type(command, "run", experiment, "--data", data, "--limit-minutes", "0")
                .failed(2, "above 0");
        Typed.type(command, "run", "table2", "--data", data).failed(2, "has 3 classes");
        Typed.type(command, "report", "--results", folder.resolve("nowhere")).failed(2, "does not exist");
        Typed.type(command, "report", "fig", "--results", folder).failed(2, "Did you mean");
    }
}
