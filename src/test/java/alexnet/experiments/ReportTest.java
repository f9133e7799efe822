package alexnet.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String DEFINITION = """
            name: own
            section: "§1"
            claim: One is better.
            data: {name: small, classes: 3}
            seeds: [1, 2, 3]
            variants:
              - {name: one, about: the first, recipe: demo}
              - {name: two, about: the second, recipe: demo, set: {network.width: 0.5}}
            averages:
              - {name: both, about: both averaged, of: {one: [1], two: [1]}}
            grid:
              keys: {training.table.0.rate: 1}
              values: [0.0025, 0.005, 0.01]
              seed: 1
              measure: {kind: validation_error}
            measures:
              - {kind: test_error, paper: {two: 2 points more}}
              - {kind: epochs_to_training_error, target: 0.25, compare: ratio, paper: {two: six times}}
              - {kind: gap, variants: [one, two]}
              - {kind: iterations_to_loss, compare: ratio, variants: [one, two]}
              - {kind: seconds_per_step}
              - {kind: training_error}
            curves: [training_error, training_loss]
            """;

    @TempDir
    private Path folder;

    private Path results;
    private Path definition;
    private Experiment own;

    @BeforeEach
    void define() throws IOException {
        definition = Files.writeString(folder.resolve("own.yaml"), DEFINITION);
        own = Catalogue.load(definition.toString());
        results = Files.createDirectory(folder.resolve("results"));
    }

    private Net net(String variant, long seed) {
        return MadeRuns.net(own, variant, seed);
    }

    private Path finished(String variant, long seed, double testError, double... trainErrors) throws IOException {
        return MadeRuns.finished(net(variant, seed), results, MadeRuns.DATA, testError, trainErrors);
    }

    private String markdown() {
        return Report.of(List.of(definition.toString()), results).toMarkdown();
    }

    private String refused() {
        return assertThrows(UsageException.class, this::markdown).getMessage();
    }

    private void assertHas(String... parts) {
        String text = markdown();
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "Expected '" + part + "' in " + text);
        }
    }

    @Test
    void whatWasNotRunSaysSo() {
        assertHas(
                "*ready, not run*",
                "| the first | not run | not run |  |  |  |",
                "| own | Test top-1 error, centre view | the second | 2 points more | not run |  |  |",
                "| the second | not run | not run |  | not run | 2 points more |",
                "run own --data DIR");
    }

    @Test
    void everyFigureIsThatCountedByHand() throws IOException {
        finished("one", 1, 0.30, 0.5, 0.2);
        finished("one", 2, 0.31, 0.5, 0.2);
        finished("one", 3, 0.32, 0.5, 0.2);
        finished("two", 1, 0.30, 0.6, 0.4, 0.2);
        finished("two", 2, 0.33, 0.6, 0.4, 0.3);
        finished("two", 3, 0.36, 0.6, 0.4, 0.2);
        assertHas(
                "*6 of 6 nets finished*",
                "| the first | 3 of 3 | 31.00 % ± 1.00 % | 30.00 %, 31.00 %, 32.00 % |  |  |",
                "+2.00 points (-4.64 points to +8.64 points) | 2 points more |",
                "| the second | 2 points more | 33.00 % ± 3.00 % | +2.00 points (-4.64 points to +8.64 points) against the"
                        + " first | 3 of 3 |",
                "| the second | six times | 2.25 ± 0.00 | 1.80 (1.80 to 1.80) times the first | 2 of 3, 1 without |",
                // the first line below 25 % ends a quarter of the way through the epoch; one net never gets there
                "| the first | 3 of 3 | 1.25 ± 0.00 |",
                "| the second | 2 of 3, 1 without | 2.25 ± 0.00 | 2.25, 2.25 | 1.80 (1.80 to 1.80) | six times |",
                "Gap: test top-1 error",
                "| the first | 3 of 3 | 11.00 points ± 1.00 points | 10.00 points, 11.00 points, 12.00 points |",
                // all reach a loss of 1.2: the first between 2.0 at update 40 and 0.8 at 80;
                // the second between 1.6 at 80 and 0.8, or at 120
                "The loss is 1.200 nats",
                "| the first | 3 of 3 | 67 ± 0 | 67, 67, 67 |",
                "| 100, 120, 100 |",
                "| the first | 3 of 3 | 0.0500 s ± 0.0000 s |",
                "| one, seed 1 | 2 | early, by its rule | 1.000 | 2012-09-30T00:00:00Z | abcdef01 | 2 × Made up, Linux",
                "7.50 hours of training in all");
    }

    @Test
    void whileSeedsAreMissingItSaysHowManyThereAre() throws IOException {
        finished("one", 1, 0.30, 0.5, 0.2);
        finished("two", 1, 0.33, 0.5, 0.2);
        finished("two", 2, 0.33, 0.5, 0.2);
        MadeRuns.log(net("one", 2), results, MadeRuns.DATA, 0.5); // still in training
        assertHas(
                "*3 of 6 nets finished*",
                "| the first | 1 of 3 | 30.00 % | 30.00 % |  |  |",
                "| the second | 2 of 3 | 33.00 % ± 0.00 % | 33.00 %, 33.00 % | +3.00 points (one net only: no interval)");
    }

    @Test
    void aDivergedNetIsCountedAsSuch() throws IOException {
        finished("one", 1, 0.30, 0.5, 0.2);
        Path diverged = MadeRuns.log(net("one", 2), results, MadeRuns.DATA, 0.5);
        Files.writeString(
                diverged.resolve("metrics.jsonl"),
                Files.readString(diverged.resolve("metrics.jsonl")) + "{\"event\":\"diverged\",\"iteration\":41}\n");
        assertHas("| the first | 1 of 3, 1 diverged | 30.00 % | 30.00 % |", "| one, seed 2 | 1 | diverged |");
    }

    @Test
    void aNetThatWasGoneOnWithElsewhereSaysSo() throws IOException {
        Path log = finished("one", 1, 0.30, 0.5, 0.2).resolve("metrics.jsonl");
        Files.writeString(
                log,
                Files.readString(log)
                        + resumed("abcdef0123456789", "2")
                        + resumed("0123456789abcdef", "8")
                        + resumed("0123456789abcdef", "2"));
        assertHas("| abcdef01; then 01234567 | 2 × Made up, Linux, Java ?, ?; then 8 × Made up, Linux, Java ?, ? |");
    }

    private static String resumed(String commit, String processors) {
        return "{\"event\":\"resume\",\"iteration\":40,\"commit\":\"" + commit + "\",\"machine\":{\"processors\":\""
                + processors + "\",\"processor\":\"Made up\",\"system\":\"Linux\"}}\n";
    }

    private Path averaged() throws IOException {
        Path report = Files.createDirectories(results.resolve("own/both")).resolve("evaluation-test-1.json");
        return Files.writeString(report, "{\"data\":\"" + MadeRuns.DATA + "\",\"top1Error\":0.25,\"top5Error\":0.1}");
    }

    @Test
    void averagesStandInTheTableOfErrors() throws IOException {
        finished("one", 1, 0.30, 0.5);
        Path report = averaged();
        assertHas("| both averaged | average | 25.00 % | 25.00 % | -5.00 points (an average: no interval) |");
        Files.writeString(report, "{\"data\":\"feed\",\"top1Error\":0.25,\"top5Error\":0.1}");
        assertTrue(refused().contains("average measured on data feed"), this::refused);
    }

    @Test
    void theBestRateMustLieStrictlyInsideTheGridAndBeUsed() throws IOException {
        double[][] errors = {{0.4, 0.3, 0.2}, {0.4, 0.2, 0.3}};
        for (Net net : Net.ofGrid(own, List.of())) {
            int variant = net.row().equals("one") ? 0 : 1;
            int place = own.grid().values().indexOf(net.rate());
            MadeRuns.finished(net, results, MadeRuns.DATA, 0.9, errors[variant][place]);
        }
        assertHas(
                "| 0.0025 | 50.00 % | 50.00 % |",
                "| 0.005 | 40.00 % | 30.00 % |",
                "**Not shown yet.** the first: the best rate, 0.01, lies at the edge of the grid. Extend the grid",
                "the second: the best rate, 0.005, lies strictly inside the grid, and the nets above were trained with");
        Files.writeString(
                definition,
                DEFINITION.replace(
                        "set: {network.width: 0.5}}", "set: {network.width: 0.5," + " training.table.0.rate: 0.02}}"));
        assertHas(
                "the second: the best rate, 0.005, lies strictly inside the grid, but the definition trains with another");
    }

    @Test
    void netsOfDifferentDataSetsAreRefused() throws IOException {
        finished("one", 1, 0.30, 0.5);
        MadeRuns.finished(net("two", 1), results, "fedcba9876543210", 0.30, 0.5);
        String message = refused();
        assertTrue(message.contains("nets of different data sets"), message);
        assertTrue(message.contains("one-1") && message.contains("two-1"), message);
        assertTrue(message.contains(MadeRuns.DATA) && message.contains("fedcba9876543210"), message);
    }

    @Test
    void aNetMeasuredOnOtherDataThanItsOwnIsRefused() throws IOException {
        Path run = finished("one", 1, 0.30, 0.5);
        Files.writeString(run.resolve("evaluation-test-1.json"), "{\"data\":\"feed\",\"top1Error\":0.1}");
        assertTrue(refused().contains("measured on data feed"), this::refused);
    }

    @Test
    void aNetTrainedWithAnotherRecipeIsRefused() throws IOException {
        Path run = finished("one", 1, 0.30, 0.5);
        Recipe other = Recipes.load("demo", Map.of("training.seed", "1", "training.batch", "16"));
        Files.writeString(run.resolve("recipe.yaml"), Recipes.toYaml(other));
        String message = refused();
        assertTrue(message.contains("trained with another recipe"), message);
        assertTrue(message.contains("training.batch: 32 → 16"), message);
    }

    @Test
    void aFolderThatLacksAPartIsRefused() throws IOException {
        Path run = finished("one", 1, 0.30, 0.5);
        Files.delete(run.resolve("metrics.jsonl"));
        assertTrue(refused().contains("lacks metrics.jsonl"), this::refused);
        String none = assertThrows(UsageException.class, () -> Report.of(List.of(), folder.resolve("none")))
                .getMessage();
        assertTrue(none.contains("does not exist"), none);
    }

    @Test
    void theHtmlNeedsNothingElseAndNothingInItEndsItsScript() throws IOException {
        Files.writeString(definition, DEFINITION.replace("One is better.", "One </script><b>is</b> better."));
        finished("one", 1, 0.30, 0.5, 0.2);
        Path html = folder.resolve("report.html");
        Report.of(List.of(definition.toString()), results).writeHtml(html);
        String page = Files.readString(html);
        assertTrue(page.contains("default-src 'none'"), "no server is asked");
        assertFalse(page.contains("src=\"/") || page.contains("href=\"/") || page.contains("url("), page);
        assertFalse(page.contains("<b>is</b>"), "texts are escaped");
        assertTrue(page.contains("\"id\":\"own-training-error\""), "there is a curve");
        assertTrue(page.contains("id=\"plot-own-training-error\""), "and a place for it");
        assertTrue(page.contains("30.00 %"));
        assertTrue(page.contains("data:image/png;base64,"), "and a picture where scripts are off");
    }

    @Test
    void theKernelsOfEachNetStandUnderItsName() throws IOException {
        Files.writeString(definition, DEFINITION + "pictures: true\n");
        Path html = folder.resolve("report.html");
        for (int seed = 1; seed <= 3; seed++) {
            finished("one", seed, 0.30, 0.5, 0.2);
        }
        Report.of(List.of(definition.toString()), results).writeHtml(html);
        assertTrue(Files.readString(html).contains("Kernels and guesses: none were kept."));
        for (int seed : new int[] {1, 3}) {
            Path pictures =
                    Files.createDirectory(net("one", seed).folder(results).resolve("pictures"));
            for (int epoch = 1; epoch <= 2; epoch++) {
                Files.writeString(
                        pictures.resolve("epoch-000" + epoch + ".json"),
                        "{\"layer\":\"of seed " + seed + "\",\"epoch\":" + epoch + "}");
            }
        }
        Report.of(List.of(definition.toString()), results).writeHtml(html);
        String page = Files.readString(html);
        assertTrue(page.indexOf("Kernels of one, seed 1, and") < page.indexOf("Kernels of one, seed 3, and"), page);
        assertFalse(page.contains("Kernels of one, seed 2"), "it has none");
        assertTrue(
                page.contains("[{\"layer\":\"of seed 1\",\"epoch\":2},{\"layer\":\"of seed 3\",\"epoch\":2}]"), page);
        assertFalse(page.contains("none were kept"), page);
    }

    @Test
    void theMarkdownHasItsPlotsBesideIt() throws IOException {
        finished("one", 1, 0.30, 0.5, 0.2);
        Path file = folder.resolve("own-report.md");
        Report.of(List.of(definition.toString()), results).writeMarkdown(file);
        assertTrue(Files.readString(file).contains("](own-report-plots/own-training-error.png)"));
        byte[] png = Files.readAllBytes(folder.resolve("own-report-plots/own-training-error.png"));
        assertTrue(png.length > 1000 && png[1] == 'P' && png[2] == 'N' && png[3] == 'G');
    }

    @Test
    void whatIsKeptOfFinishedNetsAndAveragesMakesTheSameReport() throws IOException {
        Path run = finished("one", 1, 0.30, 0.5, 0.2);
        averaged();
        Files.writeString(run.resolve("model.zip"), "large");
        MadeRuns.log(net("one", 2), results, MadeRuns.DATA, 0.5); // still in training
        Net tried = Net.ofGrid(own, List.of("two")).get(0);
        MadeRuns.finished(tried, results, MadeRuns.DATA, 0.9, 0.4);
        Path kept = folder.resolve("kept");
        assertEquals(
                List.of(net("one", 1).folder(kept), tried.folder(kept), kept.resolve("own/both")),
                Keeping.keep(own, results, kept));
        assertFalse(Files.exists(net("one", 1).folder(kept).resolve("model.zip")));
        assertEquals(markdown(), Report.of(List.of(definition.toString()), kept).toMarkdown());
    }

    @Test
    void theListSaysHowManyNetsAreFinishedAnywhere() throws IOException {
        finished("one", 1, 0.30, 0.5, 0.2);
        String list = Report.list(List.of(definition.toString(), "table2"), List.of(folder.resolve("none"), results));
        assertTrue(list.contains("2 × 3 + grid of 3 1 of 6"), list);
        assertTrue(list.contains("ready, not run"), list);
        assertTrue(list.contains("One is better."), list);
    }

    @Test
    void theReportOfWhatIsCommittedCanBeMade() {
        String text = Report.of(List.of(), Path.of("results")).toMarkdown();
        Catalogue.BUILT_IN.forEach(name -> assertTrue(text.contains("\n## " + name + ": "), name));
        assertEquals(-1, text.indexOf("NaN"), "no figure is missing silently");
    }
}
