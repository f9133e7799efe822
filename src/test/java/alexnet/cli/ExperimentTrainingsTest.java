package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.BundleReader;
import alexnet.config.UsageException;
import alexnet.experiments.Catalogue;
import alexnet.experiments.Experiment;
import alexnet.experiments.Net;
import alexnet.experiments.Trainings;
import alexnet.run.MetricsLog;
import alexnet.run.RunFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trainings of an experiment leave: of a grid, of a race, and of several views. */
class ExperimentTrainingsTest {
    @TempDir
    private static Path folder;

    private static Path data;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 19); // 3 × (16 for training, 3 for validation): 12 steps
    }

    /** Trains in this process, which is faster and says the same. */
    private static List<String> trainHere(Path definition, Path into, boolean grid) {
        Experiment own = Catalogue.load(definition.toString());
        return trainHere(own, into, grid ? Net.ofGrid(own, List.of("one")) : Net.of(own, List.of(), List.of(1L)));
    }

    private static List<String> trainHere(Experiment own, Path into, List<Net> nets) {
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
                .run(own, nets);
        return said;
    }

    @Test
    void aRateAtWhichTrainingDivergesIsAResultOfTheGrid() throws IOException {
        Path once = SmallExperiment.define(folder, "once", "[1]", "{training.epochs: 1}");
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
    void whereEpochsToAGoalAreMeasuredNoRateIsTrainedLongerThanTheBestSoFar() throws IOException {
        Path race = SmallExperiment.define(folder, "race", "[1]", "{training.epochs: 3}");
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
    void aNetThatBeginsWithAnotherHasItsWeights() throws IOException {
        Path once = SmallExperiment.define(folder, "first", "[1]", "{training.epochs: 1}");
        Files.writeString(
                once,
                Files.readString(once)
                        .replace("{name: two, about: the second,", "{name: two, about: the second, initFrom: one,"));
        Path elsewhere = folder.resolve("first-runs");
        Experiment own = Catalogue.load(once.toString());
        List<Net> second = Net.of(own, List.of("two"), List.of(1L));
        UsageException missing = assertThrows(UsageException.class, () -> trainHere(own, elsewhere, second));
        assertTrue(
                missing.getMessage().contains("begins with the weights of own/one-1")
                        && missing.getMessage().contains("Train that first: Experiments run own."),
                missing::getMessage);
        trainHere(once, elsewhere, false);
        JsonNode two = new JsonMapper()
                .readTree(new RunFolder(elsewhere.resolve("own/two-1"))
                        .provenance()
                        .toFile());
        Path one = new RunFolder(elsewhere.resolve("own/one-1")).model();
        assertEquals(BundleReader.digest(one), two.at("/initial/sha256").asText());
    }

    @Test
    void tenViewsAndColoursAreMeasuredWhereTheExperimentSaysSo() throws IOException {
        Path both = SmallExperiment.define(folder, "both", "[1, 10]", "{training.epochs: 1}");
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
}
