package alexnet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Network.Sees;
import alexnet.config.Network.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RecipesTest {
    private static final List<String> BUILT_IN = Recipes.BUILT_IN;

    @TempDir
    private Path folder;

    private static Recipe load(String name) {
        return Recipes.load(name, Map.of());
    }

    private Recipe file(String yaml) throws IOException {
        return load(Files.writeString(folder.resolve("own.yaml"), yaml).toString());
    }

    @ParameterizedTest
    @FieldSource("BUILT_IN")
    void builtInRecipeComesBackFromItsOwnYaml(String name) {
        Recipe recipe = load(name);
        assertEquals(name, recipe.name());
        assertTrue(recipe.about().endsWith("."), recipe::about);
        assertEquals(recipe, Recipes.parse(Recipes.toYaml(recipe), name));
        assertEquals(List.of(), Recipes.differences(recipe, Recipes.parse(Recipes.toYaml(recipe), name)));
    }

    @Test
    void paperRecipeHasTheConstantsOfSections2To4() {
        Recipe paper = load("paper");
        assertEquals(256, paper.size());
        assertEquals(
                new Augmentation(224, true, true, 1, true, new Lighting(Lighting.Reading.EIGENVALUES_UNIT, 0.1, 1)),
                paper.augmentation());
        Network network = paper.network();
        assertEquals(2, network.towers());
        assertEquals(1, network.width());
        assertEquals(new Network.Lrn(2, 5, 1e-4, 0.75), network.lrn());
        assertEquals(new Network.Pool(3, 2, null), network.pool());
        assertNull(network.within());
        List<Step> first = List.of(Step.RELU, Step.LRN, Step.MAX_POOL);
        List<Step> relu = List.of(Step.RELU);
        assertEquals(
                List.of(
                        new Network.Conv("conv1", 96, 11, 4, 0, Sees.OWN, 0.01, 0, null, false, first),
                        new Network.Conv("conv2", 256, 5, 1, 2, Sees.OWN, 0.01, 1, null, false, first),
                        new Network.Conv("conv3", 384, 3, 1, 1, Sees.BOTH, 0.01, 0, null, false, relu),
                        new Network.Conv("conv4", 384, 3, 1, 1, Sees.OWN, 0.01, 1, null, false, relu),
                        new Network.Conv(
                                "conv5",
                                256,
                                3,
                                1,
                                1,
                                Sees.OWN,
                                0.01,
                                1,
                                null,
                                false,
                                List.of(Step.RELU, Step.MAX_POOL))),
                network.conv());
        assertEquals(
                List.of(
                        new Network.Dense("fc6", 4096, 0.01, 1, 0.5, null, Step.RELU),
                        new Network.Dense("fc7", 4096, 0.01, 1, 0.5, null, Step.RELU)),
                network.dense());
        assertEquals(new Network.Output("fc8", 0.01, 0, null), network.output());
    }

    @Test
    void paperRecipeHasTheConstantsOfSection5() {
        Training training = load("paper").training();
        assertEquals(128, training.batch());
        assertEquals(90, training.epochs());
        assertEquals(0.9, training.momentum());
        assertEquals(0.0005, training.decay());
        assertEquals(List.of(), training.table());
        Training.Plateau plateau = training.plateau();
        assertEquals(0.01, plateau.rate());
        assertEquals(0.01, plateau.biasRate(), "an equal rate for all layers");
        assertEquals(0.1, plateau.factor());
        assertEquals(3, plateau.drops());
        assertTrue(plateau.biasesDrop());
    }

    /** Each row of the table of what was run otherwise than written. */
    @Test
    void asRunDiffersFromThePaperInTheDocumentedKeysOnly() {
        List<String> differences = Recipes.differences(load("paper"), load("as-run-2012"));
        TreeSet<String> keys = differences.stream()
                .map(line -> line.substring(0, line.indexOf(": ")))
                .filter(key -> !key.startsWith("training.table.") && !key.startsWith("training.plateau."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                new TreeSet<>(List.of(
                        "name",
                        "about",
                        "augmentation.chunk",
                        "augmentation.lighting.reading",
                        "augmentation.lighting.divisor",
                        "network.lrn.alpha",
                        "network.within.size",
                        "network.within.k",
                        "network.within.alpha",
                        "network.within.beta",
                        "network.conv.conv1.then.0",
                        "network.conv.conv1.then.1",
                        "network.conv.conv1.then.2",
                        "network.conv.conv2.then.2",
                        "network.conv.conv2.then.3",
                        "network.conv.conv3.sigma",
                        "network.conv.conv4.sigma",
                        "network.conv.conv5.sigma",
                        "training.epochs")),
                keys);
        Network network = load("as-run-2012").network();
        assertEquals(1e-4 / 5, network.lrn().alpha(), 1e-12);
        assertEquals(new Network.WithinMap(5, 1, 0.001 / 25, 0.75), network.within());
        assertEquals(
                List.of(Step.LRN, Step.MAX_POOL, Step.RELU),
                network.conv().get(0).then());
        assertEquals(
                List.of(Step.RELU, Step.LRN, Step.WITHIN_MAP, Step.MAX_POOL),
                network.conv().get(1).then());
        assertEquals(0.03, network.conv().get(2).sigma());
        assertTrue(differences.contains("augmentation.chunk: 1 → 32"), differences::toString);
        assertTrue(differences.contains("augmentation.lighting.divisor: 1.0 → 1.1"), differences::toString);
    }

    @Test
    void extendingMergesMapsAlsoIntoNamedElementsAndReplacesLists() throws IOException {
        Recipe own = file("""
                extends: paper
                name: own
                network:
                  lrn: {n: 3}
                  conv:
                    conv3: {maps: 100}
                training:
                  plateau: null
                  table: [{epoch: 1, rate: 1, biasRate: 1}]
                """);
        assertEquals(new Network.Lrn(2, 3, 1e-4, 0.75), own.network().lrn());
        assertEquals(5, own.network().conv().size());
        assertEquals(100, own.network().conv().get(2).maps());
        assertEquals(Sees.BOTH, own.network().conv().get(2).sees());
        assertEquals(load("paper").network().conv().get(1), own.network().conv().get(1));
        assertEquals(1, own.training().table().size());
        Recipe replaced = file("extends: paper\nnetwork: {conv: [{name: conv1, maps: 8, kernel: 3, stride: 1, pad: 0,"
                + " sigma: 1, bias: 0}]}");
        assertEquals(1, replaced.network().conv().size(), "a list replaces the base's");
        Recipe second = load(Files.writeString(
                        folder.resolve("second.yaml"), "extends: " + folder.resolve("own.yaml") + "\nsize: 300")
                .toString());
        assertEquals(300, second.size());
        assertEquals("paper", second.name(), "of the recipe that own.yaml has become");
    }

    @Test
    void nullTakesALayerAway() throws IOException {
        Recipe merged = file("extends: paper\nnetwork: {conv: {conv3: null, conv4: {sees: both}}, dense: {fc7: null}}");
        Recipe set = Recipes.load(
                "paper",
                Map.of("network.conv.conv3", "null", "network.dense.1", "null", "network.conv.conv4.sees", "both"));
        for (Recipe recipe : List.of(merged, set)) {
            assertEquals(
                    List.of("conv1", "conv2", "conv4", "conv5"),
                    recipe.network().conv().stream().map(Network.Conv::name).toList());
            assertEquals(Sees.BOTH, recipe.network().conv().get(2).sees());
            assertEquals(
                    List.of("fc6"),
                    recipe.network().dense().stream().map(Network.Dense::name).toList());
        }
        String message = assertThrows(
                        UsageException.class, () -> file("extends: paper\nnetwork: {conv: {conv9: null}}"))
                .getMessage();
        assertTrue(message.contains("Did you mean 'conv"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paper | conv1 conv2 conv3 conv4 conv5 | fc6 fc7 | fc8",
                "as-run-2012 | conv1 conv2 conv3 conv4 conv5 | fc6 fc7 | fc8",
                "demo | conv1 conv2 conv3 conv4 conv5 | fc6 fc7 | fc8",
                "cifar10-towers | conv1 conv2 conv3 conv4 conv5 | fc6 fc7 | fc8",
                "cifar10-four-layer | conv1 conv2 conv3 | '' | fc4",
                "cifar10-plain | conv1 conv2 conv3 | '' | fc4",
                "cifar10-local | conv1 conv2 local3 local4 | '' | fc5",
                "cifar10-local-lrn | conv1 conv2 local3 local4 | '' | fc5",
            })
    void builtInRecipesHaveTheirLayersAndNoOthers(String name, String conv, String dense, String output) {
        Network network = load(name).network();
        assertEquals(
                conv,
                String.join(" ", network.conv().stream().map(Network.Conv::name).toList()));
        assertEquals(
                dense,
                String.join(
                        " ", network.dense().stream().map(Network.Dense::name).toList()));
        assertEquals(output, network.output().name());
    }

    @Test
    void settingReachesElementsByNameAndByIndex() {
        Recipe recipe = Recipes.load(
                "demo",
                Map.of(
                        "network.conv.conv1.maps", "48",
                        "network.conv.1.sigma", "0.5",
                        "training.table.0.rate", "0.25",
                        "network.output.bias", "2",
                        "network.conv.conv3.then.0", "tanh"));
        assertEquals(48, recipe.network().conv().get(0).maps());
        assertEquals(0.5, recipe.network().conv().get(1).sigma());
        assertEquals(0.25, recipe.training().table().get(0).rate());
        assertEquals(2, recipe.network().output().bias());
        assertEquals(List.of(Step.TANH), recipe.network().conv().get(2).then());
    }

    @Test
    void settingMakesAMapThatWasAbsent() {
        Recipe recipe = Recipes.load(
                "demo",
                Map.of("training.table", "null", "training.plateau", "{rate: 1, factor: 0.5, drops: 1, patience: 2}"));
        assertEquals(1, recipe.training().plateau().biasRate());
        assertEquals(2, recipe.training().plateau().patience());
    }

    @Test
    void architectureIsWhatMayNotChange() {
        Recipe demo = load("demo");
        Recipe faster = Recipes.load("demo", Map.of("training.epochs", "9", "augmentation.mirror", "false"));
        Recipe wider = Recipes.load("demo", Map.of("network.width", "0.5"));
        Recipe cropped = Recipes.load("demo", Map.of("augmentation.crop", "83"));
        assertEquals(Recipes.architecture(demo), Recipes.architecture(faster));
        assertTrue(!Recipes.architecture(demo).equals(Recipes.architecture(wider)));
        assertTrue(!Recipes.architecture(demo).equals(Recipes.architecture(cropped)));
        assertEquals(
                List.of("augmentation.mirror: true → false", "training.epochs: 8 → 9"),
                Recipes.differences(demo, faster));
    }
}
