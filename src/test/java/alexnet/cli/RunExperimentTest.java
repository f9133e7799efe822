package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.experiments.Catalogue;
import alexnet.experiments.Experiment;
import alexnet.experiments.Net;
import alexnet.experiments.Trainings;
import alexnet.run.MetricsLog;
import alexnet.run.RunFolder;
import alexnet.training.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
        experiment = define("own", "[1]", "{training.epochs: 3}");
        runs = folder.resolve("runs");
    }

    private static Path define(String name, String views, String settings) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                name: own
                section: "none"
                claim: Rates differ.
                data: {name: small, classes: 3, split: val}
                seeds: [1, 2]
                views: %3$s
                set: %2$s
                variants:
                  - {name: one, about: the first, recipe: %1$s}
                  - {name: two, about: the second, recipe: %1$s, set: {training.plateau.rate: 0.001}}
                grid:
                  keys: {training.plateau.rate: 1}
                  values: [0.001, 0.01, 1.0e+30]
                  seed: 1
                  measure: {kind: validation_error}
                measures:
                  - {kind: test_error}
                  - {kind: colour_apart, variants: [two]}
                curves: [training_error]
                """.formatted(Small.recipe(folder), settings, views));
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
        Path changed = define("changed", "[1]", "{training.epochs: 4}");
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
        Path long1 = define("long", "[1]", "{training.epochs: 300}");
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

    /** Trains in this process, which is faster and says the same. */
    private static List<String> trainHere(Path definition, Path into, boolean grid) {
        Experiment own = Catalogue.load(definition.toString());
        List<String> said = new ArrayList<>();
        new Trainings(
                        new Trainings.Settings(data, null, into, List.of("--ui-port", "off")),
                        (words, stop) -> {
                            Object command = words.get(0).equals("Train") ? new TrainCommand() : new EvaluateCommand();
                            said.add(words.get(0));
                            return Typed.type(
                                            command,
                                            words.subList(1, words.size()).toArray())
                                    .code();
                        },
                        said::add,
                        () -> false)
                .run(own, grid ? Net.ofGrid(own, List.of("one")) : Net.of(own, List.of(), List.of(1L)));
        return said;
    }

    @Test
    @Order(6)
    void aRateAtWhichTrainingDivergesIsAResultOfTheGrid() throws IOException {
        Path once = define("once", "[1]", "{training.epochs: 1}");
        Path elsewhere = folder.resolve("grid-runs");
        List<String> said = trainHere(once, elsewhere, true);
        String title = "one, rate 1000000000000000000000000000000, seed 1";
        assertTrue(said.contains("net 2 of 3: " + title), said::toString);
        assertTrue(said.contains("Diverged: " + title + ". That is its result; the next net follows."), said::toString);
        assertEquals(3, said.stream().filter("Train"::equals).count());
        List<String> again = trainHere(once, elsewhere, true);
        assertFalse(again.contains("Train"), "nothing is trained again: " + again);
        String report = Typed.type(new ExperimentsCommand(), "report", once, "--results", elsewhere)
                .well()
                .out();
        assertTrue(report.contains("| diverged |"), report);
    }

    @Test
    @Order(7)
    void whereEpochsToAGoalAreMeasuredNoRateIsTrainedLongerThanTheBestSoFar() throws IOException {
        Path race = define("race", "[1]", "{training.epochs: 3}");
        Files.writeString(
                race,
                Files.readString(race)
                        .replace("{kind: validation_error}", "{kind: epochs_to_training_error, target: 1}")
                        .replace("1.0e+30", "0.02"));
        Path elsewhere = folder.resolve("race-runs");
        trainHere(race, elsewhere, true);
        for (String rate : List.of("0.001", "0.01", "0.02")) {
            List<Integer> trained =
                    MetricsLog.read(new RunFolder(elsewhere.resolve("own/grid/one-" + rate)).metrics()).stream()
                            .filter(line -> line.path("event").asText().equals("epoch"))
                            .map(line -> line.path("epoch").asInt())
                            .toList();
            assertEquals(
                    rate.equals("0.01") ? List.of(1, 2, 3) : List.of(1),
                    trained,
                    "the middle rate first, which gets there in the first epoch: " + rate);
        }
        assertFalse(trainHere(race, elsewhere, true).contains("Train"), "shorter nets are finished ones");
    }

    @Test
    @Order(8)
    void tenViewsAndColoursAreMeasuredWhereTheExperimentSaysSo() throws IOException {
        Path both = define("both", "[1, 10]", "{training.epochs: 1}");
        Path elsewhere = folder.resolve("both-runs");
        assertEquals(
                List.of("net 1 of 2: one, seed 1", "Train", "Evaluate", "net 2 of 2: two, seed 1", "Train", "Evaluate"),
                trainHere(both, elsewhere, false));
        for (String file : List.of("evaluation-val-1.json", "evaluation-val-10.json", "kernels.json")) {
            assertTrue(Files.exists(elsewhere.resolve("own/two-1").resolve(file)), file);
        }
        Files.delete(elsewhere.resolve("own/two-1/evaluation-val-10.json"));
        assertEquals(
                List.of("net 1 of 2: one, seed 1, finished", "net 2 of 2: two, seed 1, not measured", "Evaluate"),
                trainHere(both, elsewhere, false));
        Path kept = elsewhere.resolve("own/one-1");
        try (Stream<Path> checkpoints = Files.list(kept.resolve("checkpoints"))) {
            for (Path checkpoint : checkpoints.toList()) {
                Files.delete(checkpoint);
            }
        }
        Files.delete(kept.resolve("model.zip"));
        Files.delete(kept.resolve("evaluation-val-1.json"));
        assertEquals(
                List.of("net 1 of 2: one, seed 1", "Train"),
                trainHere(both, elsewhere, false).subList(0, 2),
                "killed before the first checkpoint, it begins anew");
        String kernels =
                Typed.type(new ExperimentsCommand(), "kernels", kept).well().out();
        assertTrue(
                kernels.matches("(?s)conv1a: \\d+ kernels, .* % chroma energy\\Rconv1b: .*points apart\\.\\R"),
                kernels);
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
