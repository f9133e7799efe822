package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.data.ImageSplit;
import alexnet.data.PreparedData;
import alexnet.inference.PlainViews;
import alexnet.run.Progress;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every figure of a report against plain loops over views, nets and pictures. */
class EvaluationTest {
    private static final int CLASSES = 7;
    private static final int PER_CLASS = SmallPictures.PER_CLASS;

    @TempDir
    static Path folder;

    private static PreparedData data;
    private static int written;

    @BeforeAll
    static void prepare() throws IOException {
        data = SmallPictures.prepared(folder, "data", SmallModels.labels(CLASSES), SmallModels.SIZE);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static ModelBundle model(List<String> labels, long seed, String... settings) {
        var recipe = SmallModels.recipe("paper", settings);
        return ModelBundle.of(SmallModels.training(recipe, labels.size(), seed), recipe, labels, data.mean(), "{}");
    }

    private static Nets nets(ModelBundle... models) {
        List<Path> zips = new ArrayList<>();
        for (ModelBundle model : models) {
            zips.add(folder.resolve("model-" + written++ + ".zip"));
            try {
                model.write(zips.get(zips.size() - 1));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return Nets.open(zips, Precision.FP32);
    }

    private static Measurement measure(Nets nets, PreparedData pictures, boolean tenViews, WeightFit fit) {
        return nets.measure(
                PreparedSet.of(pictures, "test", nets.labels(), nets.size()), tenViews, fit, Progress.SILENT);
    }

    /** For each picture, the weighted mean over the nets of the mean over the views. */
    private static double[][] plain(boolean tenViews, double[] weights, ModelBundle... models) {
        ImageSplit split = data.split("test");
        double[][] mean = new double[split.size()][CLASSES];
        for (int i = 0; i < split.size(); i++) {
            byte[] square = new byte[3 * split.side() * split.side()];
            split.read(i, square);
            for (int net = 0; net < models.length; net++) {
                double[] one = PlainViews.probabilities(models[net], square, tenViews, false);
                for (int k = 0; k < CLASSES; k++) {
                    mean[i][k] += weights[net] * one[k];
                }
            }
        }
        return mean;
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, false"})
    void everyFigureIsThatOfPlainLoops(int count, boolean tenViews) {
        ModelBundle[] models = new ModelBundle[count];
        double[] weights = new double[count];
        for (int net = 0; net < count; net++) {
            models[net] = model(data.classes(), net + 1);
            weights[net] = 1.0 / count;
        }
        assertFigures(plain(tenViews, weights, models), measure(nets(models), data, tenViews, null));
    }

    @Test
    void weightsAreThoseOfTheFit() {
        ModelBundle[] models = {model(data.classes(), 1), model(data.classes(), 2)};
        double[] weights = {0.9, 0.1};
        WeightFit fit = new WeightFit("val", weights, 0, 0, 0);
        assertFigures(plain(false, weights, models), measure(nets(models), data, false, fit));
    }

    private static void assertFigures(double[][] probabilities, Measurement found) {
        ImageSplit split = data.split("test");
        long[] wrong = new long[2];
        long[][] byClass = new long[CLASSES][2];
        Map<String, Integer> pairs = new TreeMap<>();
        double loss = 0;
        for (int i = 0; i < split.size(); i++) {
            int label = split.label(i);
            int better = 0;
            int best = 0;
            for (int k = 0; k < CLASSES; k++) {
                better += probabilities[i][k] > probabilities[i][label] ? 1 : 0;
                best = probabilities[i][k] > probabilities[i][best] ? k : best;
            }
            wrong[0] += better >= 1 ? 1 : 0;
            wrong[1] += better >= 5 ? 1 : 0;
            byClass[label][0] += better >= 1 ? 1 : 0;
            byClass[label][1] += better >= 5 ? 1 : 0;
            loss -= Math.log(probabilities[i][label]);
            if (best != label) {
                pairs.merge(data.classes().get(label) + "→" + data.classes().get(best), 1, Integer::sum);
            }
            assertEquals(best, found.tally().guesses(i)[0]);
            assertEquals(probabilities[i][best], found.tally().probabilities(i)[0], 1e-5);
        }
        assertTrue(wrong[0] > 0 && wrong[0] < split.size() && wrong[1] > 0, wrong[0] + " and " + wrong[1] + " wrong");
        EvaluationReport report = EvaluationReport.of(found);
        assertEquals(split.size(), report.images());
        assertEquals(wrong[0] / (double) split.size(), report.top1Error());
        assertEquals(wrong[1] / (double) split.size(), report.top5Error());
        assertEquals(loss / split.size(), report.loss(), 1e-4);
        for (int k = 0; k < CLASSES; k++) {
            ClassErrors ofClass = report.classes().get(k);
            assertEquals(data.classes().get(k), ofClass.name());
            assertEquals(PER_CLASS, ofClass.pictures());
            assertEquals(byClass[k][0], ofClass.wrong1());
            assertEquals(byClass[k][1], ofClass.wrong5());
            assertEquals(byClass[k][0] / (double) PER_CLASS, ofClass.top1());
            assertEquals(byClass[k][1] / (double) PER_CLASS, ofClass.top5());
        }
        Map<String, Integer> foundPairs = new TreeMap<>();
        report.confusions().forEach(pair -> foundPairs.put(pair.label() + "→" + pair.guess(), pair.count()));
        assertEquals(pairs, foundPairs);
        int[] counts = report.confusions().stream().mapToInt(Confusion::count).toArray();
        for (int i = 1; i < counts.length; i++) {
            assertTrue(counts[i] <= counts[i - 1], "the most frequent first");
        }
    }

    @Test
    void aFitOnOneSplitWeighsByWhatTheNetsGiveTheTrueClass() {
        ModelBundle[] models = {model(data.classes(), 1), model(data.classes(), 2)};
        Nets nets = nets(models);
        PreparedSet pictures = PreparedSet.of(data, "test", nets.labels(), nets.size());
        WeightFit fit = nets.fit(pictures, false, Progress.SILENT);
        assertEquals("test", fit.split());
        double[][] first = plain(false, new double[] {1, 0}, models);
        double[][] second = plain(false, new double[] {0, 1}, models);
        double best = Double.MAX_VALUE;
        double at = 0;
        for (double weight = 0; weight <= 1; weight += 1e-4) {
            double loss = 0;
            for (int i = 0; i < first.length; i++) {
                int label = pictures.label(i);
                loss -= Math.log(weight * first[i][label] + (1 - weight) * second[i][label]) / first.length;
            }
            at = loss < best ? weight : at;
            best = Math.min(best, loss);
        }
        assertEquals(best, fit.loss(), 1e-5);
        assertEquals(at, fit.weights()[0], 0.01);
        assertEquals(1, Arrays.stream(fit.weights()).sum(), 1e-12);
    }

    @Test
    void sumsTakeFourBytesForEachPictureAndClassAndOneNetNone() {
        ModelBundle model = model(data.classes(), 1);
        assertEquals(0, nets(model).bytes(50_000));
        assertEquals(4L * 50_000 * CLASSES, nets(model, model).bytes(50_000));
    }

    @Test
    void netsThatDifferInClassesOrPixelsAreNotAveraged() {
        ModelBundle model = model(data.classes(), 1);
        String classes = assertThrows(UsageException.class, () -> nets(model, model(List.of("cat", "dog"), 1)))
                .getMessage();
        assertTrue(
                classes.matches("Model .*zip has the classes \\[cat, dog\\], model .*zip 7 from class 0 ä to class 6 ä,"
                        + " expected the same of all nets that are averaged\\. Leave one out\\."),
                classes);
        String pixels = assertThrows(
                        UsageException.class,
                        () -> nets(model, model(data.classes(), 1, "augmentation.subtractMean", "false")))
                .getMessage();
        assertTrue(
                pixels.matches("Model .*zip expects squares of 72 pixels, views of 66 and the mean left in, model .*zip"
                        + " squares of 72 pixels, views of 66 and the mean subtracted, expected the same .*"),
                pixels);
    }

    @Test
    void dataOfAnotherSizeIsRefused() throws IOException {
        try (PreparedData small = SmallPictures.prepared(folder, "small", data.classes(), 40)) {
            Nets nets = nets(model(data.classes(), 1));
            UsageException e = assertThrows(UsageException.class, () -> measure(nets, small, false, null));
            assertEquals(
                    "Data holds squares of 40 pixels, the model expects 72. Prepare the data again with --size 72.",
                    e.getMessage());
        }
    }

    @Test
    void dataWithOtherClassesIsRefused() {
        UsageException few = refused(List.of("cat", "dog"));
        assertEquals(
                "Data has the classes 7 from class 0 ä to class 6 ä, the model [cat, dog],"
                        + " expected the same. Name the data that fits the model.",
                few.getMessage());
        List<String> turned = new ArrayList<>(data.classes());
        Collections.reverse(turned);
        UsageException order = refused(turned);
        assertTrue(order.getMessage().contains("the model 7 from class 6 ä to class 0 ä"), order.getMessage());
    }

    private static UsageException refused(List<String> labels) {
        Nets nets = nets(model(labels, 1));
        return assertThrows(UsageException.class, () -> measure(nets, data, false, null));
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aNetThatGivesNoNumbersFails(int count) {
        ModelBundle broken = model(data.classes(), 1);
        broken.graph().getParam("fc8_b").putScalar(3, Float.NaN);
        Nets nets = count == 1 ? nets(broken) : nets(model(data.classes(), 2), broken);
        RunException e = assertThrows(RunException.class, () -> measure(nets, data, false, null));
        assertEquals(
                "The model gives NaN for picture " + data.split("test").key(0)
                        + ", expected probabilities. Its training diverged: use an earlier checkpoint.",
                e.getMessage());
    }

    @Test
    void aProbabilityOfZeroLeavesTheLossANumber() {
        ModelBundle model = model(data.classes(), 1);
        model.graph().getParam("fc8_b").putScalar(0, 1e6);
        ErrorCount count = measure(nets(model), data, false, null).tally().all();
        assertEquals((CLASSES - 1) * PER_CLASS, count.wrong1());
        assertEquals(-Math.log(Float.MIN_NORMAL) * (CLASSES - 1) / CLASSES, count.loss(), 1);
    }

    @Test
    void aReportTellsWhatWasMeasuredALineForEachClassAndPair() throws IOException {
        Measurement found = measure(nets(model(data.classes(), 1), model(data.classes(), 2)), data, true, null);
        EvaluationReport report = EvaluationReport.of(found);
        assertTrue(
                report.sentence()
                        .matches("test: top-1 error [\\d.]+ %, top-5 error [\\d.]+ % on 14 pictures \\(ten views\\)"),
                report::sentence);
        Path file = folder.resolve("report.json");
        report.write(file);
        JsonNode json = new JsonMapper().readTree(file.toFile());
        assertEquals(report.top1Error(), json.get("top1Error").asDouble());
        assertEquals(report.top5Error(), json.get("top5Error").asDouble());
        assertEquals(report.loss(), json.get("loss").asDouble());
        assertEquals(report.top1Interval().high(), json.at("/top1Interval/high").asDouble());
        assertEquals("paper", json.get("recipe").asText());
        assertEquals(data.manifest().digest(), json.get("data").asText());
        assertEquals(2, json.get("nets").size());
        assertEquals(0.5, json.at("/nets/1/weight").asDouble());
        assertTrue(json.at("/nets/1/coefficients").asText().matches("[0-9a-f]{64}"));
        assertEquals(CLASSES, json.get("classes").size());
        List<String> lines = Files.readAllLines(file);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("  \"top1Interval\" : \\{ \"low\" : .* \\},")),
                lines::toString);
        assertEquals(
                1, lines.stream().filter(line -> line.contains("\"top1Error\"")).count(), "as scripts look for it");
        assertEquals(
                CLASSES,
                lines.stream().filter(line -> line.contains("\"wrong1\"")).count());
        assertEquals(
                report.confusions().size(),
                lines.stream().filter(line -> line.contains("\"guess\"")).count());
    }
}
