package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipes;
import alexnet.run.MetricsLog;
import alexnet.run.RunFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** From a folder of pictures to their labels, with the commands alone. */
class TrainPathTest {
    private static final Set<String> STEP_FIELDS = Set.of(
            "event",
            "epoch",
            "step",
            "steps",
            "iteration",
            "trainLoss",
            "trainTop1Error",
            "trainTop5Error",
            "trainImages",
            "rate",
            "imagesPerSecond",
            "dataWaitSeconds",
            "computeSeconds");
    private static final Set<String> EPOCH_FIELDS = Set.of(
            "event",
            "epoch",
            "iteration",
            "trainLoss",
            "trainTop1Error",
            "trainTop5Error",
            "trainImages",
            "validationLoss",
            "validationTop1Error",
            "validationTop5Error",
            "validationImages",
            "rate",
            "rates",
            "lighting",
            "patience",
            "trainingSeconds");

    @TempDir
    private static Path folder;

    private static Path data;
    private static RunFolder run;
    private static Typed trained;

    @BeforeAll
    static void prepareAndTrain() throws IOException {
        data = Small.prepared(folder, 18); // 3 × (15 for training, 3 for validation)
        trained = Typed.train(
                        "--data",
                        data,
                        "--recipe",
                        Small.recipe(folder),
                        "--runs",
                        folder.resolve("runs"),
                        "--run",
                        "first",
                        "--epochs",
                        2,
                        "--set",
                        "network.width=0.06",
                        "--seed",
                        7)
                .well();
        run = RunFolder.open(folder.resolve("runs/first"));
    }

    @Test
    void runFolderHoldsEverything() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(run.path())) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .forEach(names::add);
        }
        assertEquals(
                List.of(
                        "checkpoints",
                        "curves-error.png",
                        "curves-loss.png",
                        "curves-rate.png",
                        "data.txt",
                        "evaluation-val-1.json",
                        "metrics.jsonl",
                        "model.zip",
                        "pictures",
                        "provenance.json",
                        "recipe.yaml",
                        "report.html"),
                names);
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            assertEquals(
                    List.of("step-0000000012.checkpoint.zip", "step-0000000024.checkpoint.zip"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void recipeIsTheResolvedOne() {
        assertEquals(0.06, run.recipe().network().width());
        assertEquals(2, run.recipe().training().epochs());
        assertEquals(7, run.recipe().training().seed());
        assertEquals("small", run.recipe().name());
    }

    @Test
    void provenanceNamesProgramDataSeedAndMachine() throws IOException {
        JsonNode provenance = new JsonMapper().readTree(run.provenance().toFile());
        assertTrue(provenance.get("commit").asText().matches("[0-9a-f]{40}|unknown"), provenance::toString);
        assertTrue(provenance.get("data").asText().matches("[0-9a-f]{16}"), provenance::toString);
        assertEquals(7, provenance.get("seed").asLong());
        assertEquals("small", provenance.get("recipe").asText());
        assertEquals("1.0.0-M2.1", provenance.at("/libraries/deeplearning4j").asText());
        for (String field : List.of("java", "system", "processors", "backend")) {
            assertFalse(provenance.at("/machine/" + field).asText().isEmpty(), field);
        }
        assertTrue(provenance.get("started").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
        assertTrue(provenance.has("uncommittedChanges"));
        assertFalse(provenance.get("program").asText().isEmpty());
    }

    @Test
    void metricsHaveALineForTenStepsAndForEachEpoch() throws IOException {
        List<JsonNode> lines = MetricsLog.read(run.metrics());
        List<String> order = lines.stream()
                .map(line -> line.get("event").asText() + line.get("epoch") + ":"
                        + line.path("step").asText("-"))
                .toList();
        assertEquals(List.of("step1:10", "step1:12", "epoch1:-", "step2:10", "step2:12", "epoch2:-"), order);
        long[] images = {40, 5, 45, 40, 5, 45}; // 45 pictures: 11 batches of 4 and one of 1
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            Set<String> fields = new HashSet<>();
            line.fieldNames().forEachRemaining(fields::add);
            boolean step = line.get("event").asText().equals("step");
            assertEquals(step ? STEP_FIELDS : EPOCH_FIELDS, fields);
            assertEquals(images[i], line.get("trainImages").asLong());
            double error = line.get("trainTop1Error").asDouble();
            assertTrue(error >= 0 && error <= 1, line::toString);
            assertEquals(0, line.get("trainTop5Error").asDouble(), "with three classes, the fifth guess is right");
        }
        assertEquals(9, lines.get(2).get("validationImages").asLong());
        assertEquals(0.01, lines.get(2).at("/rates/fc6/weights").asDouble());
        assertEquals(24, lines.get(5).get("iteration").asLong());
    }

    @Test
    void outputIsPlainLinesWhereThereIsNoTerminal() {
        assertEquals("", trained.err());
        List<String> lines = trained.out().lines().toList();
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("Recipe small, [\\d,]+ parameters, run .*first")),
                trained::out);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.matches(
                                "train 90/90 img, [\\d.]+ img/s, done in \\d:\\d\\d min; epoch 2/2 step 12/12, waiting for data"
                                        + " \\d+ %, loss [\\d.]+, top-1 [\\d.]+ %, top-5 0.0 %")),
                trained::out);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("epoch 1/2: loss ")), trained::out);
        assertTrue(lines.stream().allMatch(line -> line.length() < 200 && !line.isBlank()), trained::out);
        assertTrue(lines.get(lines.size() - 1).matches("val: top-1 error .* on 9 pictures \\(centre view\\)"));
    }

    @Test
    void evaluationWithOneViewIsThatOfTheTrainingAndTenViewsAreAnotherReport() throws IOException {
        Path model = run.model();
        JsonNode atEnd = report(1);
        Typed one = Typed.evaluate("--model", model, "--data", data, "--split", "val")
                .well();
        assertEquals(atEnd, report(1));
        assertTrue(one.out().contains("val: top-1 error"), one::out);
        Typed ten = Typed.evaluate("--model", model, "--data", data, "--split", "val", "--views", 10)
                .well();
        assertTrue(ten.out().contains("ten views"), ten::out);
        assertEquals(10, report(10).get("views").asInt());
        assertEquals(9, report(10).get("images").asInt());
        Path own = folder.resolve("reports/own.json");
        Typed.evaluate("--model", model, "--data", data, "--split", "train", "--out", own)
                .well();
        assertEquals(45, new JsonMapper().readTree(own.toFile()).get("images").asInt());
        JsonNode last = MetricsLog.read(run.metrics()).get(5);
        assertEquals(
                last.get("validationTop1Error").asDouble(),
                atEnd.get("top1Error").asDouble(),
                1e-9);
        assertEquals(last.get("validationLoss").asDouble(), atEnd.get("loss").asDouble(), 1e-4);
    }

    private static JsonNode report(int views) throws IOException {
        return new JsonMapper()
                .readTree(
                        run.path().resolve("evaluation-val-" + views + ".json").toFile());
    }

    @Test
    void classifyPrintsATableOrJson() throws IOException {
        Path picture = folder.resolve("pictures/birch/p00.jpg");
        Typed table = Typed.classify("--model", run.model(), picture).well();
        List<String> lines = table.out().lines().toList();
        assertEquals(picture.toString(), lines.get(0));
        assertEquals(4, lines.size(), "three classes, though five are asked for");
        assertTrue(lines.get(1).matches(" +\\d+\\.\\d\\d %  (amber|birch|cedar)"), table::out);
        Typed json = Typed.classify("--model", run.model(), "--json", "--top", 2, picture, picture)
                .well();
        List<String> objects = json.out().lines().toList();
        assertEquals(2, objects.size());
        assertEquals(objects.get(0), objects.get(1));
        JsonNode first = new JsonMapper().readTree(objects.get(0));
        assertEquals(picture.toString(), first.get("file").asText());
        assertEquals(2, first.get("predictions").size());
        double best = first.at("/predictions/0/probability").asDouble();
        assertTrue(best >= first.at("/predictions/1/probability").asDouble() && best <= 1, json::out);
    }

    @Test
    void aSecondRunOfTheSameNameIsNumberedWhereNoNameWasGiven() throws IOException {
        Object[] args = {
            "--data", data, "--recipe", Small.recipe(folder), "--runs", folder.resolve("numbered"), "--epochs", 0
        };
        Typed.train(args).well();
        Typed second = Typed.train(args).well();
        assertTrue(second.out().contains("small-2"), second::out);
        assertTrue(Files.exists(folder.resolve("numbered/small-2/model.zip")));
    }

    @Test
    void trainingBeginsWithTheWeightsOfAModel() throws IOException {
        Path runs = folder.resolve("continued");
        Object[] args = {
            "--data",
            data,
            "--recipe",
            Small.recipe(folder),
            "--set",
            "network.width=0.06",
            "--runs",
            runs,
            "--epochs",
            0,
            "--run",
            "copy",
            "--init-from",
            run.model()
        };
        Typed.train(args).well();
        assertEquals(
                Files.readString(run.path().resolve("evaluation-val-1.json")),
                Files.readString(runs.resolve("copy/evaluation-val-1.json")));
    }

    static Stream<Callable<Integer>> commands() {
        return Stream.of(new PrepareCommand(), new TrainCommand(), new EvaluateCommand(), new ClassifyCommand());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpNamesEveryOptionAndVersionTheCommit(Callable<Integer> command) {
        Typed help = Typed.type(command, "--help").well();
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().options().forEach(option -> {
            assertTrue(help.out().contains(option.longestName()), option::longestName);
            assertTrue(option.description().length > 0 && !option.description()[0].isBlank(), option::longestName);
        });
        Typed version = Typed.type(command, "--version").well();
        assertTrue(version.out().matches("alexnet \\S+ \\(([0-9a-f]{40}|unknown)\\)\\R"), version::out);
    }

    @Test
    void listOfRecipesNamesEachWithASentence() {
        List<String> lines = Typed.train("--recipes").well().out().lines().toList();
        assertEquals(Recipes.BUILT_IN.size(), lines.size());
        assertTrue(lines.get(0).matches("paper +\\w.*\\."), lines::toString);
    }
}
