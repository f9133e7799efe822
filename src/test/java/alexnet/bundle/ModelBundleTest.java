package alexnet.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.model.TowerGraph.Fold;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModelBundleTest {
    private static final int CLASSES = 5;
    private static final String[] KEEP_075 = {"network.dense.fc6.keep", "0.75", "network.dense.fc7.keep", "0.75"};

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"paper", "as-run-2012", "demo"})
    void aFoldedModelGivesTheTrainingGraphsProbabilities(String name) {
        Recipe recipe = SmallModels.recipe(name);
        checkProbabilities(recipe);
        assertEquals(
                List.of(new Fold("fc7a", 0.5), new Fold("fc7b", 0.5), new Fold("fc8", 0.5)),
                ModelBundle.contract(recipe, CLASSES).folded());
    }

    @Test
    void aFactorThatIsNoPowerOfTwoStaysAVertex() {
        Recipe recipe = SmallModels.recipe("paper", KEEP_075);
        ModelBundle read = checkProbabilities(recipe);
        assertEquals(List.of(), read.contract().folded());
        for (String vertex : List.of("drop6", "drop7")) {
            ScaleVertex scale =
                    (ScaleVertex) read.graph().getConfiguration().getVertices().get(vertex);
            assertEquals(0.75, scale.getScaleFactor());
        }
    }

    private ModelBundle checkProbabilities(Recipe recipe) {
        ComputationGraph trained = SmallModels.training(recipe, CLASSES, 1);
        ModelBundle made =
                ModelBundle.of(trained, recipe, SmallModels.labels(CLASSES), SmallModels.mean(recipe.size(), 2), "{}");
        ModelBundle read = exported(made);
        INDArray inputs = SmallModels.inputs(4, 3);
        double[][] expected = trained.outputSingle(false, inputs).toDoubleMatrix();
        double[][] found = read.graph().outputSingle(inputs).toDoubleMatrix();
        double spread = 0;
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], found[i], 1e-5, "input " + i);
            spread = Math.max(spread, Math.abs(expected[i][0] - expected[0][0]));
        }
        assertTrue(spread > 1e-2, "inputs hardly differ: " + spread);
        assertEquals(made.contract(), read.contract());
        assertEquals(made.labels(), read.labels());
        assertEquals(made.mean(), read.mean());
        assertEquals(made.recipe(), read.recipe());
        assertEquals(made.provenance(), read.provenance());
        return read;
    }

    @ParameterizedTest
    @CsvSource({"paper, 0.5", "paper, 0.75", "as-run-2012, 0.5", "demo, 0.25"})
    void restoreTrainingGivesEveryWeightBackBitForBit(String name, String keep) {
        Recipe recipe = SmallModels.recipe(name, "network.dense.fc6.keep", keep);
        ComputationGraph trained = SmallModels.training(recipe, CLASSES, 4);
        Map<String, float[]> before = values(trained);
        ModelBundle read = exported(
                ModelBundle.of(trained, recipe, SmallModels.labels(CLASSES), SmallModels.mean(recipe.size(), 5), "{}"));
        ComputationGraph other = SmallModels.training(recipe, CLASSES, 6);
        read.restoreTraining(other, other.paramTable().keySet());
        assertSame(before, values(other));
        assertSame(before, values(trained)); // export changes nothing
    }

    @Test
    void aReadModelWritesTheSameModelAgain() {
        ModelBundle once = exported(SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 7));
        ModelBundle twice = exported(once);
        assertSame(values(once.graph()), values(twice.graph()));
    }

    @Test
    void theContractNamesWhatElseIsNeeded() {
        assertEquals(
                "", ModelBundle.contract(SmallModels.recipe("paper"), CLASSES).needs());
        String needs =
                ModelBundle.contract(SmallModels.recipe("as-run-2012"), CLASSES).needs();
        assertEquals("alexnet-<version>-layers.jar (WithinMapNormalization)", needs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "as-run-2012", "demo", "cifar10-towers"})
    void theConfigurationNamesStockClassesAndWithinMapOnly(String name) throws IOException {
        String text = ModelBundle.configurationText(Recipes.load(name, Map.of()), CLASSES);
        Set<String> foreign = new TreeSet<>();
        Set<String> classes = new TreeSet<>();
        texts(new JsonMapper().readTree(text), classes);
        classes.removeIf(value -> !value.contains("."));
        assertTrue(classes.contains("org.deeplearning4j.nn.conf.layers.ConvolutionLayer"), classes.toString());
        for (String value : classes) {
            if (!value.matches("org\\.(deeplearning4j|nd4j)\\.[\\w.$]+")) {
                foreign.add(value);
            }
        }
        Set<String> ours = name.equals("as-run-2012") ? Set.of("alexnet.model.layer.WithinMapNormalization") : Set.of();
        assertEquals(ours, foreign);
    }

    /** Every text in the tree, so that no key which names a class is missed. */
    private static void texts(JsonNode node, Set<String> found) {
        if (node.isTextual()) {
            found.add(node.asText());
        }
        node.forEach(child -> texts(child, found));
    }

    @Test
    void theLibrarysOwnReaderReadsTheZip() throws IOException {
        ModelBundle made = SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 8);
        Path zip = folder.resolve("stock.zip");
        made.write(zip);
        ComputationGraph stock = ModelSerializer.restoreComputationGraph(zip.toFile());
        assertSame(values(made.graph()), values(stock));
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path zip = folder.resolve("model.zip");
        ModelBundle good = SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 9);
        good.write(zip);
        byte[] before = Files.readAllBytes(zip);
        ModelBundle broken =
                new ModelBundle(good.graph(), good.contract(), good.labels(), good.mean(), good.recipe(), null);
        assertThrows(NullPointerException.class, () -> broken.write(zip)); // in the last but one entry
        assertArrayEquals(before, Files.readAllBytes(zip));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(zip), files.toList());
        }
    }

    @Test
    void weightsThatCannotBeGivenBackAreNotExported() {
        Recipe recipe = SmallModels.recipe("paper");
        ComputationGraph trained = SmallModels.training(recipe, CLASSES, 10);
        trained.getParam("fc8_W").putScalar(0, Float.MIN_VALUE);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> of(trained, recipe));
        assertTrue(e.getMessage().startsWith("Weights of fc8 times 0.5 cannot be undone"), e.getMessage());
    }

    @Test
    void labelsAndMeanThatCouldNotBeReadAgainAreRefused() {
        Recipe recipe = SmallModels.recipe("paper");
        ComputationGraph trained = SmallModels.training(recipe, 2, 11);
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelBundle.of(trained, recipe, List.of("a\nb", "c"), SmallModels.mean(SmallModels.SIZE, 1), ""));
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelBundle.of(trained, recipe, List.of("a", "b"), SmallModels.mean(SmallModels.CROP, 1), ""));
    }

    private static ModelBundle of(ComputationGraph trained, Recipe recipe) {
        return ModelBundle.of(trained, recipe, SmallModels.labels(CLASSES), SmallModels.mean(recipe.size(), 1), "{}");
    }

    private ModelBundle exported(ModelBundle made) {
        Path zip = folder.resolve("exported.zip");
        try {
            made.write(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BundleReader.read(zip);
    }

    private static Map<String, float[]> values(ComputationGraph graph) {
        Map<String, float[]> values = new TreeMap<>();
        graph.paramTable()
                .forEach((name, array) -> values.put(name, array.dup('c').data().asFloat()));
        return values;
    }

    private static void assertSame(Map<String, float[]> expected, Map<String, float[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, values) -> {
            assertFalse(values.length == 0, name);
            for (int i = 0; i < values.length; i++) {
                assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(found.get(name)[i]), name);
            }
        });
    }
}
