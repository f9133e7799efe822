package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measuring models as a user does: on prepared data, folders and lists, one model or several. */
class EvaluateTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path pictures;
    private static String zips;

    @TempDir
    private Path out;

    @BeforeAll
    static void trainTwo() throws IOException {
        data = Small.prepared(folder, 18);
        pictures = folder.resolve("pictures");
        Path recipe = Small.recipe(folder);
        List<String> models = new ArrayList<>();
        for (int seed = 1; seed <= 2; seed++) {
            Typed.train(
                            "--data",
                            data,
                            "--recipe",
                            recipe,
                            "--runs",
                            folder,
                            "--run",
                            "seed" + seed,
                            "--epochs",
                            1,
                            "--seed",
                            seed)
                    .well();
            models.add(model(seed).toString());
        }
        zips = String.join(",", models);
    }

    private static Path model(int seed) {
        return folder.resolve("seed" + seed + "/model.zip");
    }

    private static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(file.toFile());
    }

    @Test
    void theScreenHasIntervalsClassesAndConfusionsAndTheReportAllOfThem() throws IOException {
        Path report = out.resolve("report.json");
        Typed typed = Typed.evaluate("--model", model(1), "--data", data, "--split", "val", "--out", report)
                .well();
        List<String> lines = typed.out().lines().toList();
        int at = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("val: top-1 error "))
                .findFirst()
                .orElseThrow());
        assertTrue(
                lines.get(at + 1).matches("95 % intervals: top-1 [\\d.]+ to [\\d.]+ %, top-5 0.00 to [\\d.]+ %"),
                typed::out);
        assertTrue(lines.get(at + 2).matches("class +pictures +top-1 +95 % interval +top-5"), typed::out);
        for (String name : Small.CLASSES) {
            assertTrue(
                    lines.stream()
                            .anyMatch(line -> line.matches(name + " +3 +[\\d.]+ % +[\\d.]+ to +[\\d.]+ % +0\\.0 %")),
                    typed::out);
        }
        assertTrue(typed.out().contains("Most often taken for another:"), typed::out);
        assertEquals("Report " + report, lines.get(lines.size() - 1));
        assertEquals("", typed.err());
        assertEquals(3, json(report).get("classes").size());
        assertTrue(json(report).at("/top1Interval/low").asDouble()
                < json(report).get("top1Error").asDouble());
    }

    @Test
    void severalModelsAreAveragedAndTheirReportLiesBesideTheFirstsOwn() throws IOException {
        Path own = model(1).resolveSibling("evaluation-val-1.json");
        String before = Files.readString(own);
        Typed typed = Typed.evaluate("--average", zips, "--data", data, "--split", "val")
                .well();
        assertTrue(typed.out().startsWith("Averaging 2 nets, one after the other; the sums take 0.0 MB"), typed::out);
        assertTrue(typed.out().contains("evaluate 2/2 9/9 img"), typed::out);
        JsonNode report = json(model(1).resolveSibling("average-val-1.json"));
        assertEquals(2, report.get("nets").size());
        assertEquals(0.5, report.at("/nets/0/weight").asDouble());
        assertEquals("small", report.get("recipe").asText());
        assertFalse(report.has("fit"));
        assertEquals(before, Files.readString(own));
    }

    @Test
    void weightsAreFoundOnValidationPrintedAndStored() throws IOException {
        Path report = out.resolve("fit.json");
        Typed typed = Typed.evaluate(
                        "--average", zips, "--data", data, "--split", "train", "--fit-weights", "--out", report)
                .well();
        assertTrue(
                typed.out().matches("(?s).*Weights found on val: cross-entropy there [\\d.]+, with equal weights .*"),
                typed::out);
        JsonNode json = json(report);
        double sum = 0;
        for (int net = 1; net <= 2; net++) {
            double weight = json.at("/nets/" + (net - 1) + "/weight").asDouble();
            assertTrue(typed.out().contains(String.format(Locale.ROOT, "  %.4f  %s", weight, model(net))), typed::out);
            sum += weight;
        }
        assertEquals(1, sum, 1e-12);
        assertEquals("val", json.at("/fit/split").asText());
        assertTrue(json.at("/fit/loss").asDouble() <= json.at("/fit/equalLoss").asDouble());
        assertEquals(45, json.get("images").asInt());
        Typed same = Typed.evaluate("--average", zips, "--data", data, "--split", "val", "--fit-weights")
                .well();
        assertTrue(same.out().contains("the very pictures that the weights were found on"), same::out);
    }

    @Test
    void aFolderAndAListOfTheSamePicturesGiveTheSameErrors() throws IOException {
        StringBuilder list = new StringBuilder();
        try (Stream<Path> files = Files.walk(pictures)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> {
                Path path = folder.relativize(file);
                list.append(path).append('\t').append(path.getName(1)).append('\n');
            });
        }
        Path file = Files.writeString(folder.resolve("all.txt"), list);
        Typed images = Typed.evaluate("--model", model(1), "--images", pictures).well();
        Typed listed = Typed.evaluate("--model", model(1), "--list", file, "--views", 1)
                .well();
        assertTrue(images.out().contains("on 54 pictures (centre view)"), images::out);
        JsonNode one = json(model(1).resolveSibling("evaluation-images-pictures-1.json"));
        JsonNode two = json(model(1).resolveSibling("evaluation-list-all-1.json"));
        for (String field : List.of("top1Error", "loss", "classes", "confusions", "nets")) {
            assertEquals(one.get(field), two.get(field), listed::out);
        }
        assertEquals(54, one.get("images").asInt());
    }

    @Test
    void damagedPicturesAreNamedCountedAndKeptInTheTable() throws IOException {
        Path some = out.resolve("some");
        for (String name : List.of("amber", "birch")) {
            Files.createDirectories(some.resolve(name));
            Files.copy(pictures.resolve(name + "/p00.jpg"), some.resolve(name + "/p00.jpg"));
        }
        byte[] whole = Files.readAllBytes(pictures.resolve("birch/p01.jpg"));
        Files.write(some.resolve("birch/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Path csv = out.resolve("tables");
        Typed typed = Typed.evaluate(
                        "--model", model(1), "--images", some, "--csv", csv, "--out", out.resolve("r.json"))
                .well();
        assertTrue(typed.err().startsWith("Picture birch/cut.jpg cannot be used: "), typed::err);
        assertTrue(typed.err().contains("1 of 3 pictures cannot be used and are not counted."), typed::err);
        assertTrue(typed.out().contains("on 2 pictures"), typed::out);
        assertEquals(1, json(out.resolve("r.json")).get("leftOut").asInt());
        assertEquals(
                "birch/cut.jpg",
                json(out.resolve("r.json")).at("/damaged/0/key").asText());
        List<String> rows = Files.readAllLines(csv.resolve("predictions.csv"));
        assertEquals(4, rows.size());
        assertTrue(rows.get(2).startsWith("birch/cut.jpg,birch,,,"), rows::toString);
        assertEquals(3, Files.readAllLines(csv.resolve("classes.csv")).size());
        assertTrue(Files.exists(csv.resolve("confusions.csv")));
    }

    @Test
    void picturesWithoutLabelsAreGuessedAndNotMeasured() throws IOException {
        Path csv = out.resolve("tables");
        Path submission = out.resolve("submission.txt");
        Typed typed = Typed.evaluate(
                        "--model",
                        model(1),
                        "--images",
                        pictures.resolve("birch"),
                        "--csv",
                        csv,
                        "--submission",
                        submission)
                .well();
        assertFalse(typed.out().contains("error"), typed::out);
        assertTrue(
                typed.out()
                        .contains("Submission " + submission
                                + ", class numbers: positions in the model's list of classes, from 1"),
                typed::out);
        assertEquals(List.of("predictions.csv"), names(csv));
        List<String> lines = Files.readAllLines(submission);
        List<String> rows = Files.readAllLines(csv.resolve("predictions.csv"));
        assertEquals(18, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String[] numbers = lines.get(i).split(" ");
            assertEquals(3, numbers.length);
            String[] cells = rows.get(i + 1).split(",", -1);
            assertEquals("p%02d.jpg".formatted(i), cells[0]);
            assertEquals(cells[2], Small.CLASSES.get(Integer.parseInt(numbers[0]) - 1));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void tablesOfPreparedDataAreInTheOrderOfNames() throws IOException {
        Typed.evaluate(
                        "--model",
                        model(1),
                        "--data",
                        data,
                        "--split",
                        "val",
                        "--csv",
                        out,
                        "--out",
                        out.resolve("r.json"))
                .well();
        List<String> keys = Files.readAllLines(out.resolve("predictions.csv")).stream()
                .skip(1)
                .map(line -> line.split(",")[0])
                .toList();
        assertEquals(9, keys.size());
        assertEquals(keys.stream().sorted().toList(), keys);
    }
}
