package alexnet.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.BundleReader;
import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.config.Recipe;
import alexnet.config.UsageException;
import alexnet.model.TowerGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

class InitialWeightsTest {
    private static final List<String> CLASSES = SmallModels.labels(4);

    @TempDir
    Path folder;

    private static ComputationGraph graph(Recipe recipe, int classes) {
        return TowerGraph.build(recipe.network(), recipe.training(), classes, SmallModels.CROP, DataType.FLOAT);
    }

    /** As it is after export and reading, with dropout's factors in the weights. */
    private ModelBundle exported(ComputationGraph trained, Recipe recipe, List<String> labels) {
        Path zip = folder.resolve("model.zip");
        try {
            ModelBundle.of(trained, recipe, labels, SmallModels.mean(SmallModels.SIZE, 1), "{}")
                    .write(zip);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return BundleReader.read(zip);
    }

    private static InitialWeights weights(ModelBundle model, String... fresh) {
        return new InitialWeights(model, "a.zip", List.of(fresh));
    }

    private static Map<String, float[]> values(ComputationGraph graph) {
        Map<String, float[]> values = new TreeMap<>();
        graph.paramTable()
                .forEach((name, array) -> values.put(name, array.dup('c').data().asFloat()));
        return values;
    }

    /** Parameters of these layers are those of {@code from}, all others those of {@code before}. */
    private static void assertTaken(
            List<String> layers, Map<String, float[]> from, Map<String, float[]> before, ComputationGraph graph) {
        values(graph).forEach((name, found) -> {
            boolean taken = layers.stream().anyMatch(name::startsWith);
            assertArrayEquals((taken ? from : before).get(name), found, name);
        });
    }

    @ParameterizedTest
    @CsvSource({"0.5", "0.7", "1"})
    void allWeightsAreThoseOfTheTrainingWhateverExportFolded(String keep) {
        Recipe recipe = SmallModels.recipe("paper", "network.dense.fc6.keep", keep, "network.dense.fc7.keep", keep);
        ComputationGraph trained = SmallModels.training(recipe, CLASSES.size(), 1);
        ComputationGraph graph = graph(recipe, CLASSES.size());
        InitialWeights initial = weights(exported(trained, recipe, CLASSES));
        initial.give(graph, recipe, CLASSES);
        Map<String, float[]> expected = values(trained);
        values(graph).forEach((name, found) -> assertArrayEquals(expected.get(name), found, name));
        assertEquals(
                "Weights of a.zip: taken conv1, conv2, conv3, conv4, conv5, fc6, fc7, fc8; fresh none; left over none",
                initial.sentence());
    }

    @Test
    void withOtherClassesTheLastLayerBeginsAnew() {
        Recipe recipe = SmallModels.recipe("paper");
        ComputationGraph trained = SmallModels.training(recipe, 4, 1);
        ModelBundle model = exported(trained, recipe, CLASSES);
        List<String> below = List.of("conv", "fc6", "fc7");
        for (List<String> classes : List.of(SmallModels.labels(6), List.of("a", "b", "c", "d"))) {
            ComputationGraph graph = graph(recipe, classes.size());
            Map<String, float[]> before = values(graph);
            InitialWeights initial = weights(model);
            initial.give(graph, recipe, classes);
            assertTaken(below, values(trained), before, graph);
            String why = classes.size() == 6 ? "6 classes instead of 4" : "other classes";
            assertTrue(initial.sentence().endsWith("fresh fc8 (" + why + "); left over fc8"), initial::sentence);
        }
    }

    @Test
    void layersAskedForBeginAnewAndTheirDropoutIsLeftAlone() {
        Recipe recipe = SmallModels.recipe("paper");
        ComputationGraph trained = SmallModels.training(recipe, 4, 1);
        ComputationGraph graph = graph(recipe, 4);
        Map<String, float[]> before = values(graph);
        InitialWeights initial = weights(exported(trained, recipe, CLASSES), "conv5", "fc7");
        initial.give(graph, recipe, CLASSES);
        assertTaken(List.of("conv1", "conv2", "conv3", "conv4", "fc6", "fc8"), values(trained), before, graph);
        assertTrue(initial.sentence().contains("fresh conv5 (as asked), fc7 (as asked); left over conv5, fc7"));
        Map<String, String> origin = initial.origin("0123");
        assertEquals("0123", origin.get("sha256"));
        assertEquals("conv1, conv2, conv3, conv4, fc6, fc8", origin.get("taken"));
    }

    @Test
    void aLayerThatTheModelLacksBeginsAnewAndOneThatOnlyItHasIsLeftOver() {
        Recipe five = SmallModels.recipe("paper");
        Recipe six = SmallModels.recipe("sixth-conv");
        ComputationGraph trained = SmallModels.training(five, 4, 1);
        ComputationGraph graph = graph(six, 4);
        Map<String, float[]> before = values(graph);
        InitialWeights up = weights(exported(trained, five, CLASSES));
        up.give(graph, six, CLASSES);
        assertTaken(List.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc"), values(trained), before, graph);
        assertTrue(up.sentence().contains("fresh conv6 (the model has none); left over none"), up::sentence);
        InitialWeights down = weights(exported(SmallModels.training(six, 4, 1), six, CLASSES));
        down.give(graph(five, 4), five, CLASSES);
        assertTrue(down.sentence().endsWith("fresh none; left over conv6"), down::sentence);
    }

    @Test
    void anotherShapeIsRefusedUnlessTheLayerBeginsAnew() {
        Recipe recipe = SmallModels.recipe("paper");
        ModelBundle model = exported(SmallModels.training(recipe, 4, 1), recipe, CLASSES);
        Recipe wider = SmallModels.recipe("paper", "network.dense.fc7.units", "8000");
        UsageException e = refused(weights(model), wider);
        assertEquals(
                "Model a.zip of recipe paper does not fit recipe paper: its layer fc7 has {fc7a_W=[204, 102],"
                        + " fc7a_b=[102], fc7b_W=[204, 102], fc7b_b=[102]}, expected {fc7a_W=[204, 200],"
                        + " fc7a_b=[200], fc7b_W=[204, 200], fc7b_b=[200]}; fc7, fc8 differ. Begin what differs"
                        + " anew with --fresh fc7,fc8, or name another model with --init-from.",
                e.getMessage());
        weights(model, "fc7", "fc8").give(graph(wider, 4), wider, CLASSES);
        Recipe oneTower = SmallModels.recipe("paper", "network.towers", "1");
        assertTrue(refused(weights(model), oneTower).getMessage().contains("its layer conv1 has {conv1a_W="));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Recipe recipe = SmallModels.recipe("paper");
        ModelBundle model = exported(SmallModels.training(recipe, 4, 1), recipe, CLASSES);
        UsageException unknown = refused(weights(model, "fc9"), recipe);
        assertTrue(unknown.getMessage().startsWith("Option --fresh names layer 'fc9', expected one of conv1,"));
        UsageException none =
                refused(weights(model, "conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"), recipe);
        assertTrue(none.getMessage().contains("has no layer that recipe paper takes"), none.getMessage());
        Recipe frozen = SmallModels.recipe("paper", "training.frozen", "[conv1, fc8]");
        UsageException stuck = refused(weights(model, "fc8"), frozen);
        assertEquals(
                "Layer fc8 begins anew (as asked) and is frozen, expected one of both: it would stay as it was drawn."
                        + " Take it out of --freeze or of --fresh.",
                stuck.getMessage());
        assertFalse(refused(weights(model, "fc7", "fc8"), frozen).getMessage().contains("conv1 begins"));
    }

    private static UsageException refused(InitialWeights initial, Recipe recipe) {
        ComputationGraph graph = graph(recipe, CLASSES.size());
        return assertThrows(UsageException.class, () -> initial.give(graph, recipe, CLASSES));
    }
}
