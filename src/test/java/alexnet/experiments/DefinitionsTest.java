package alexnet.experiments;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.UsageException;
import alexnet.model.TowerGraph;
import alexnet.training.RateSchedule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What the definitions say, without training anything. */
class DefinitionsTest {
    private static final List<String> BUILT_IN = Catalogue.BUILT_IN;

    private static final String GOOD = """
            name: own
            section: "§1"
            claim: One is better.
            data: {name: small, classes: 3}
            variants:
              - {name: one, recipe: demo}
              - {name: two, recipe: demo, set: {network.width: 0.5}}
            measures:
              - {kind: test_error}
            """;

    @TempDir
    private Path folder;

    private Experiment file(String yaml) throws IOException {
        return Catalogue.load(
                Files.writeString(folder.resolve("own.yaml"), yaml).toString());
    }

    private static long parameters(Recipe recipe, int classes) {
        return TowerGraph.inference(
                        recipe.network(), classes, recipe.augmentation().crop())
                .getVertices()
                .values()
                .stream()
                .filter(LayerVertex.class::isInstance)
                .mapToLong(vertex -> vertex.numParams(true))
                .sum();
    }

    @Test
    void everyFileIsListedAndEveryListedOneIsAFile() throws IOException, URISyntaxException {
        Path files =
                Path.of(Catalogue.class.getResource("/experiments/fig1.yaml").toURI());
        try (Stream<Path> all = Files.list(files.getParent())) {
            assertEquals(
                    new TreeSet<>(Catalogue.BUILT_IN),
                    all.map(file -> file.getFileName().toString().replace(".yaml", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @ParameterizedTest
    @FieldSource("BUILT_IN")
    void everyVariantOfABuiltInExperimentCanBeBuilt(String name) {
        Experiment experiment = Catalogue.load(name);
        assertEquals(name, experiment.name());
        assertTrue(experiment.claim().endsWith("."), experiment::claim);
        for (Net net : Net.of(experiment, List.of(), List.of(1L))) {
            Recipe recipe = net.recipe();
            assertTrue(parameters(recipe, experiment.data().classes()) > 10_000, net::title);
            assertDoesNotThrow(() -> new RateSchedule(recipe.training(), recipe.network()), net::title);
            assertEquals(1, recipe.training().seed());
            assertEquals(experiment.data().name(), net.home().data().name(), "shared nets are of the same data");
            assertEquals(experiment.data().split(), net.home().data().split());
            assertTrue(net.home().views().containsAll(experiment.views()), net::title);
            assertTrue(net.home().seeds().containsAll(experiment.seeds()), net::title);
        }
        if (experiment.grid() != null) {
            Net.ofGrid(experiment, List.of()).forEach(Net::recipe);
        }
    }

    @ParameterizedTest
    @FieldSource("BUILT_IN")
    void noTwoVariantsAreTheSameNet(String name) {
        Experiment experiment = Catalogue.load(name);
        Map<String, String> seen = new HashMap<>();
        for (Net net : Net.of(experiment, List.of(), List.of(1L))) {
            String same = seen.put(
                    withoutNames(net.recipe())
                            + net.variant().initFrom()
                            + net.variant().pretrain(),
                    net.title());
            assertNull(same, () -> net.title() + " is the same net as " + same);
        }
    }

    /** The recipe with its convolutions numbered from below, so that it does not matter which one was taken away. */
    private static String withoutNames(Recipe recipe) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("size", recipe.size());
        parts.put("augmentation", recipe.augmentation());
        parts.put("network", recipe.network());
        parts.put("training", recipe.training());
        String text = parts.toString();
        for (int i = 0; i < recipe.network().conv().size(); i++) {
            text = text.replaceAll("\\b" + recipe.network().conv().get(i).name() + "\\b", "convolution " + i);
        }
        return text;
    }

    @Test
    void aNetBeginsWithOneOfTheSameSeedAlsoOfAnotherExperiment() {
        Net there = Net.of(Catalogue.load("lrn-cifar10-more"), List.of("lrn"), List.of(7L))
                .get(0)
                .first()
                .orElseThrow();
        assertEquals("lrn-cifar10-long", there.home().name());
        assertEquals("lrn-7", there.name());
        Net here = Net.of(Catalogue.load("table2"), List.of("six"), List.of(2L))
                .get(0)
                .first()
                .orElseThrow();
        assertEquals("table2", here.home().name());
        assertEquals("six-pretrained-2", here.name());
        assertTrue(Net.of(Catalogue.load("fig1"), List.of("relu"), List.of(1L))
                .get(0)
                .first()
                .isEmpty());
    }

    /** By hand: Σ kernels · (side² · maps seen) + kernels; the fully connected layers stay as they are. */
    @ParameterizedTest
    @CsvSource({
        "ablations, paper, 60965224",
        "ablations, no-lrn, 60965224",
        "ablations, pool-2-2, 60965224", // maps of 27, 13 and 6 all the same
        "ablations, one-tower, 59798312", // 17472 + 153728 + 221376 + 331968 + 442624 + 37752832 + 16781312 + 4097000
        "ablations, tanh, 60965224",
        "ablations, no-conv1, 60642280", // less 34944 and 307456, plus 256 · (25 · 3) + 256
        "ablations, no-conv2, 60104808", // less 307456 and 885120, plus 384 · (9 · 96) + 384
        "ablations, no-conv3, 60301288", // less 885120 and 663936, plus 384 · (9 · 256) + 384
        "ablations, no-conv4, 60301288", // less 2 · (192 · (9 · 192) + 192)
        "ablations, as-run, 60965224",
        "table2, six, 61260392", // plus 2 · (128 · (9 · 128) + 128)
    })
    void parametersAreThoseCountedByHand(String name, String variant, long expected) {
        Recipe recipe = Net.of(Catalogue.load(name), List.of(variant), List.of(1L))
                .get(0)
                .recipe();
        assertEquals(expected, parameters(recipe, 1000));
    }

    @Test
    void anAblationChangesNothingButItsOwnKeys() {
        Experiment ablations = Catalogue.load("ablations");
        Net paper = Net.of(ablations, List.of("paper"), List.of(1L)).get(0);
        assertEquals(
                List.of("network.dense.fc6.keep: 0.5 → 1.0", "network.dense.fc7.keep: 0.5 → 1.0"),
                differences(ablations, paper, "no-dropout"));
        assertEquals(List.of("training.decay: 5.0E-4 → 0.0"), differences(ablations, paper, "no-decay"));
        assertEquals(
                List.of("augmentation.mirror: true → false", "augmentation.randomCrop: true → false"),
                differences(ablations, paper, "no-crops"));
        assertEquals(
                List.of("network.pool.overhang: null → false", "network.pool.size: 3 → 2"),
                differences(ablations, paper, "pool-2-2"));
    }

    private static List<String> differences(Experiment experiment, Net paper, String variant) {
        return paper.differences(
                Net.of(experiment, List.of(variant), List.of(1L)).get(0).recipe());
    }

    @Test
    void sharedNetsLieInTheirHomesFolder() {
        Net net = Net.of(Catalogue.load("fig3"), List.of(), List.of(2L)).get(0);
        assertEquals(Path.of("runs", "table2", "one-2"), net.folder(Path.of("runs")));
        assertEquals("paper, seed 2", net.title());
    }

    @Test
    void aGridSetsItsKeysFromTheRate() throws IOException {
        Experiment own = file(GOOD + """
                grid:
                  keys: {training.table.0.rate: 1, training.table.0.biasRate: 2}
                  values: [0.0001, 0.001, 0.3]
                  seed: 5
                  measure: {kind: training_error}
                """);
        List<Net> nets = Net.ofGrid(own, List.of("two"));
        assertEquals(
                List.of("two-0.001", "two-0.3", "two-0.0001"),
                nets.stream().map(Net::name).toList());
        Recipe last = nets.get(1).recipe();
        assertEquals(0.3, last.training().table().get(0).rate(), 1e-12);
        assertEquals(0.6, last.training().table().get(0).biasRate(), 1e-12);
        assertEquals(5, last.training().seed());
        assertEquals(Path.of("runs", "own", "grid", "two-0.3"), nets.get(1).folder(Path.of("runs")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: own | name: Own Name | name is Own Name | small letters",
                "section: | sektion: | without section | section, claim, data",
                "set: | sett: | unknown key 'variants.1.sett' | Did you mean 'set'?",
                "classes: 3 | classes: three | 'three' at 'data.classes' | a whole number",
                "recipe: demo} | recipe: dmeo} | variant one of experiment own | Did you mean 'demo'?",
                "network.width: 0.5 | network.widht: 0.5 | variant two of experiment own | Did you mean 'width'?",
                "name: two, | name: one, | found [one, one] | each name once",
                "kind: test_error | kind: tset_error | 'tset_error' | one of test_error",
                "kind: test_error | kind: test_error, variants: [three] | no row 'three' | expected one of one, two",
                "kind: test_error | kind: epochs_to_training_error | target null | with epochs_to_training_error",
                "kind: test_error | kind: test_error, views: 3 | views 3 | views 1 or 10",
                "recipe: demo} | sameAs: fig1} | sameAs fig1 | EXPERIMENT/VARIANT",
                "recipe: demo} | sameAs: fig1/rule} | no variant 'rule' | Did you mean 'relu'?",
                "recipe: demo} | recipe: demo, initFrom: zero} | no variant 'zero' | expected one of",
                "recipe: demo} | recipe: demo, initFrom: fig1/rule} | no variant 'rule' | Did you mean 'relu'?",
            })
    void aWrongDefinitionIsNamedWithWhatIsExpected(String right, String wrong, String found, String expected)
            throws IOException {
        String yaml = GOOD.replaceFirst(java.util.regex.Pattern.quote(right), wrong);
        String message = assertThrows(
                        UsageException.class,
                        () -> Net.of(file(yaml), List.of(), List.of()).forEach(Net::recipe))
                .getMessage();
        String lower = message.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + message.substring(1);
        assertTrue(message.contains(found.replace("found ", "")) || lower.contains(found), message);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() throws IOException {
        Experiment own = file(GOOD);
        String experiment = assertThrows(UsageException.class, () -> Catalogue.load("fig11"))
                .getMessage();
        assertTrue(experiment.contains("neither built in nor a file"), experiment);
        assertTrue(experiment.contains("Did you mean 'fig1'?"), experiment);
        String variant = assertThrows(UsageException.class, () -> Net.of(own, List.of("tow"), List.of()))
                .getMessage();
        assertTrue(variant.contains("Did you mean 'two'?"), variant);
        String grid = assertThrows(UsageException.class, () -> Net.ofGrid(own, List.of()))
                .getMessage();
        assertTrue(grid.contains("has no grid"), grid);
    }
}
