package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.data.ImageSplit;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.image.Pictures;
import alexnet.inference.Classifier;
import alexnet.inference.PlainViews;
import alexnet.run.Progress;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
    private static final int CLASSES = 7;
    private static final int PER_CLASS = 2; // 14 pictures: two batches of ten views each

    @TempDir
    static Path folder;

    private static PreparedData data;

    @BeforeAll
    static void prepare() throws IOException {
        data = prepared("data", SmallModels.labels(CLASSES), SmallModels.SIZE);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static PreparedData prepared(String name, List<String> classes, int size) throws IOException {
        Path pictures = folder.resolve(name + "-pictures");
        long seed = 0;
        for (String split : List.of("train", "test")) {
            for (String label : classes) {
                Path to = Files.createDirectories(pictures.resolve(split).resolve(label));
                for (int i = 0; i < (split.equals("train") ? 1 : PER_CLASS); i++) {
                    Files.write(
                            to.resolve(i + ".png"),
                            Pictures.encode(Pictures.photo(SmallModels.SIZE, SmallModels.SIZE, seed++), "png"));
                }
            }
        }
        Path out = folder.resolve(name);
        Preparation.run(FolderSource.open(pictures, 0, 1), out, Preparation.Options.of(size), Progress.SILENT);
        return PreparedData.open(out);
    }

    private static ModelBundle model(List<String> labels, PreparedData data) {
        var recipe = SmallModels.recipe("paper");
        return ModelBundle.of(SmallModels.training(recipe, labels.size(), 1), recipe, labels, data.mean(), "{}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorsAndLossAreThoseOfPlainLoops(boolean tenViews) {
        ModelBundle model = model(data.classes(), data);
        ImageSplit split = data.split("test");
        assertEquals(CLASSES * PER_CLASS, split.size());
        long[] wrong = new long[2];
        double loss = 0;
        for (int i = 0; i < split.size(); i++) {
            byte[] square = new byte[3 * split.side() * split.side()];
            split.read(i, square);
            double[] probabilities = PlainViews.probabilities(model, square, tenViews, false);
            double own = probabilities[split.label(i)];
            List<Double> sorted = new ArrayList<>();
            for (double probability : probabilities) {
                sorted.add(probability);
            }
            sorted.sort(Collections.reverseOrder());
            int rank = sorted.indexOf(own);
            wrong[0] += rank >= 1 ? 1 : 0;
            wrong[1] += rank >= 5 ? 1 : 0;
            loss -= Math.log(own);
        }
        ErrorCount found = Evaluation.measure(new Classifier(model), data, "test", tenViews, Progress.SILENT);
        assertEquals(split.size(), found.images());
        assertEquals(wrong[0], found.wrong1());
        assertEquals(wrong[1], found.wrong5());
        assertEquals(loss, found.lossSum(), 1e-3);
        assertTrue(wrong[0] > 0 && wrong[0] < split.size() && wrong[1] > 0, wrong[0] + " and " + wrong[1] + " wrong");
    }

    @Test
    void dataOfAnotherSizeIsRefused() throws IOException {
        try (PreparedData small = prepared("small", data.classes(), 40)) {
            UsageException e = refused(model(data.classes(), data), small);
            assertEquals(
                    "Data holds squares of 40 pixels, the model expects 72. Prepare the data again with --size 72.",
                    e.getMessage());
        }
    }

    @Test
    void dataWithOtherClassesIsRefused() {
        UsageException few = refused(model(List.of("cat", "dog"), data), data);
        assertEquals(
                "Data has the classes 7 from class 0 ä to class 6 ä, the model [cat, dog],"
                        + " expected the same. Name the data that fits the model.",
                few.getMessage());
        List<String> turned = new ArrayList<>(data.classes());
        Collections.reverse(turned);
        UsageException order = refused(model(turned, data), data);
        assertTrue(order.getMessage().contains("the model 7 from class 6 ä to class 0 ä"), order.getMessage());
    }

    private static UsageException refused(ModelBundle model, PreparedData data) {
        return assertThrows(
                UsageException.class,
                () -> Evaluation.measure(new Classifier(model), data, "test", false, Progress.SILENT));
    }

    @Test
    void aModelThatGivesNoNumbersFails() {
        ModelBundle model = model(data.classes(), data);
        model.graph().getParam("fc8_b").putScalar(3, Float.NaN);
        RunException e = assertThrows(
                RunException.class,
                () -> Evaluation.measure(new Classifier(model), data, "test", false, Progress.SILENT));
        assertEquals(
                "The model gives NaN for picture " + data.split("test").key(0)
                        + ", expected probabilities. Its training diverged: use an earlier checkpoint.",
                e.getMessage());
    }

    @Test
    void aProbabilityOfZeroLeavesTheLossANumber() {
        ModelBundle model = model(data.classes(), data);
        model.graph().getParam("fc8_b").putScalar(0, 1e6);
        ErrorCount count = Evaluation.measure(new Classifier(model), data, "test", false, Progress.SILENT);
        assertEquals((CLASSES - 1) * PER_CLASS, count.wrong1());
        assertEquals(-Math.log(Float.MIN_NORMAL) * (CLASSES - 1) / CLASSES, count.loss(), 1);
    }

    @Test
    void aReportTellsWhatWasMeasured() throws IOException {
        Classifier classifier = new Classifier(model(data.classes(), data));
        ErrorCount count = new ErrorCount(200, 75, 30, 100);
        EvaluationReport report = EvaluationReport.of(classifier, data.manifest(), "test", 10, count);
        assertEquals("test: top-1 error 37.50 %, top-5 error 15.00 % on 200 pictures (ten views)", report.sentence());
        report.write(folder.resolve("report.json"));
        JsonNode json = new JsonMapper().readTree(folder.resolve("report.json").toFile());
        assertEquals(0.375, json.get("top1Error").asDouble());
        assertEquals(0.15, json.get("top5Error").asDouble());
        assertEquals(0.5, json.get("loss").asDouble());
        assertEquals("paper", json.get("recipe").asText());
        assertEquals(data.manifest().digest(), json.get("data").asText());
    }
}
