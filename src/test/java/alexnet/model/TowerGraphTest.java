package alexnet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TowerGraphTest {
    private static final int CROP = 66; // 15 → 7 → 3 → 1, with an overhang in conv1 as at 224
    private static final int CLASSES = 3;

    @Test
    void thePaperHas60965224Parameters() {
        Recipe paper = Recipes.load("paper", Map.of());
        ComputationGraph graph = TowerGraph.build(paper.network(), paper.training(), 1000, 224, DataType.FLOAT);
        assertEquals(60_965_224, graph.numParams());
        checkShapes(graph);
        checkInitialValues(graph);
    }

    @Test
    void theFourLayerNetHasItsParameters() {
        Recipe recipe = Recipes.load("cifar10-four-layer", Map.of());
        int expected = (32 * 3 * 25 + 32) + (32 * 32 * 25 + 32) + (64 * 32 * 25 + 64) + (64 * 4 * 4 * 10 + 10);
        assertEquals(
                expected,
                TowerGraph.build(recipe.network(), recipe.training(), 10, 32, DataType.FLOAT)
                        .numParams());
    }

    @Test
    void eachPositionOfALocallyConnectedLayerHasItsOwnWeights() {
        Recipe recipe = Recipes.load("cifar10-local", Map.of());
        ComputationGraph graph = TowerGraph.build(recipe.network(), recipe.training(), 10, 24, DataType.FLOAT);
        int convolutions = (64 * 3 * 25 + 64) + (64 * 64 * 25 + 64);
        int local = (36 * 64 * 9 * 32 + 32) + (36 * 32 * 9 * 32 + 32);
        assertEquals(convolutions + local + (32 * 36 * 10 + 10), graph.numParams());
        INDArray weights = graph.getParam("local3_W");
        assertArrayEquals(new long[] {36, 64 * 9, 32}, weights.shape());
        assertEquals(0.04, weights.stdNumber().doubleValue(), 0.0005);
        assertEquals(0.0, weights.meanNumber().doubleValue(), 0.0005);
    }

    /** §3.5 and Fig. 2, per tower: each vertex of the paper with its output. */
    private static void checkShapes(ComputationGraph graph) {
        Map<String, long[]> expected = new LinkedHashMap<>();
        expected.put("conv1", new long[] {2, 48, 55, 55});
        expected.put("lrn1", new long[] {2, 48, 55, 55});
        expected.put("pool1", new long[] {2, 48, 27, 27});
        expected.put("conv2", new long[] {2, 128, 27, 27});
        expected.put("lrn2", new long[] {2, 128, 27, 27});
        expected.put("pool2", new long[] {2, 128, 13, 13});
        expected.put("conv3", new long[] {2, 192, 13, 13});
        expected.put("conv4", new long[] {2, 192, 13, 13});
        expected.put("conv5", new long[] {2, 128, 13, 13});
        expected.put("pool5", new long[] {2, 128, 6, 6});
        expected.put("fc6", new long[] {2, 2048});
        expected.put("fc7", new long[] {2, 2048});
        Map<String, INDArray> found =
                graph.feedForward(new INDArray[] {Nd4j.rand(DataType.FLOAT, 2, 3, 224, 224)}, false);
        Set<String> seen = new HashSet<>(Set.of("image"));
        expected.forEach((name, shape) -> List.of("a", "b").forEach(tower -> {
            assertArrayEquals(shape, found.get(name + tower).shape(), name + tower);
            seen.add(name + tower);
        }));
        Map.of(
                        "pad1", new long[] {2, 3, 227, 227},
                        "merge3", new long[] {2, 256, 13, 13},
                        "merge6", new long[] {2, 256, 6, 6},
                        "merge7", new long[] {2, 4096},
                        "drop6", new long[] {2, 4096},
                        "merge8", new long[] {2, 4096},
                        "drop7", new long[] {2, 4096},
                        "fc8", new long[] {2, 1000})
                .forEach((name, shape) -> {
                    assertArrayEquals(shape, found.get(name).shape(), name);
                    seen.add(name);
                });
        assertEquals(seen, found.keySet());
        assertEquals(9216, graph.getParam("fc6a_W").size(0));
    }

    /** §5: N(0, 0.01²), biases 1 in conv2, conv4, conv5, fc6 and fc7, else 0. */
    private static void checkInitialValues(ComputationGraph graph) {
        for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
            String layer = entry.getKey().replaceAll("[ab]?_[Wb]$", "");
            if (entry.getKey().endsWith("_W")) {
                double n = entry.getValue().length();
                double deviation = entry.getValue().stdNumber().doubleValue();
                assertEquals(0.01, deviation, 0.01 * 5 / Math.sqrt(2 * n), entry.getKey());
                assertEquals(0, entry.getValue().meanNumber().doubleValue(), 0.01 * 5 / Math.sqrt(n), entry.getKey());
            } else {
                double bias = Set.of("conv2", "conv4", "conv5", "fc6", "fc7").contains(layer) ? 1 : 0;
                assertEquals(bias, entry.getValue().minNumber().doubleValue(), entry.getKey());
                assertEquals(bias, entry.getValue().maxNumber().doubleValue(), entry.getKey());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "as-run-2012", "demo", "cifar10-towers"})
    void theTowersMeetOnlyBeforeConv3AndTheFullyConnectedLayers(String recipe) {
        Recipe small = Recipes.load(recipe, Map.of("network.width", "0.05"));
        ComputationGraph graph = TowerGraph.build(
                small.network(), small.training(), CLASSES, small.augmentation().crop(), DataType.FLOAT);
        Map<String, Set<String>> towers = new HashMap<>();
        towers.put(TowerGraph.INPUT, Set.of());
        Set<String> meet = graph.getConfiguration().getVertices().entrySet().stream()
                .filter(vertex -> vertex.getValue() instanceof MergeVertex)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertEquals(Set.of("merge3", "merge6", "merge7", "merge8"), meet);
        graph.getConfiguration().getVertexInputs().forEach((name, inputs) -> {
            boolean a = inputs.stream().anyMatch(input -> input.endsWith("a"));
            boolean b = inputs.stream().anyMatch(input -> input.endsWith("b"));
            assertEquals(meet.contains(name), a && b, name + " reads " + inputs);
            assertTrue(!name.endsWith("a") || !b, name + " reads " + inputs);
            assertTrue(!name.endsWith("b") || !a, name + " reads " + inputs);
        });
    }

    @Test
    void orderOfTheFirstBlocksIsThatOfTheRecipe() {
        assertEquals(List.of("pad1", "conv1a", "lrn1a", "pool1a", "conv2a", "lrn2a", "pool2a"), firstBlocks("paper"));
        assertEquals(
                List.of("pad1", "conv1a", "lrn1a", "pool1a", "relu1a", "conv2a", "lrn2a", "within2a", "pool2a"),
                firstBlocks("as-run-2012"));
    }

    private static List<String> firstBlocks(String recipe) {
        Recipe small = Recipes.load(recipe, Map.of("network.width", "0.05"));
        var inputs = TowerGraph.build(small.network(), small.training(), CLASSES, CROP, DataType.FLOAT)
                .getConfiguration()
                .getVertexInputs();
        LinkedList<String> chain = new LinkedList<>();
        for (String at = "pool2a";
                !at.equals(TowerGraph.INPUT);
                at = inputs.get(at).get(0)) {
            chain.addFirst(at);
        }
        return chain;
    }

    @Test
    void aPoolThatHangsOverCountsOnlyWhatLiesInside() {
        Recipe recipe = Recipes.load(
                "cifar10-four-layer", Map.of("network.conv.conv1.then", "[max_pool]", "network.conv.conv1.maps", "2"));
        ComputationGraph graph = TowerGraph.build(recipe.network(), recipe.training(), CLASSES, 32, DataType.DOUBLE);
        graph.getParam("conv1_W").muli(1e4);
        graph.getParam("conv1_b").assign(-5); // so that zeros from outside would win
        INDArray image = Nd4j.rand(DataType.DOUBLE, 1, 3, 32, 32);
        Map<String, INDArray> out = graph.feedForward(new INDArray[] {image}, false);
        INDArray conv = out.get("conv1");
        INDArray pool = out.get("pool1");
        assertArrayEquals(new long[] {1, 2, 16, 16}, pool.shape());
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int i = 2 * y; i < Math.min(32, 2 * y + 3); i++) {
                    for (int j = 2 * x; j < Math.min(32, 2 * x + 3); j++) {
                        largest = Math.max(largest, conv.getDouble(0, 1, i, j));
                    }
                }
                assertEquals(largest, pool.getDouble(0, 1, y, x), 1e-12);
            }
        }
    }

    @Test
    void aCropTooSmallForTheLayersIsRefused() {
        Recipe paper = Recipes.load("paper", Map.of("network.width", "0.05"));
        String message = assertThrows(
                        UsageException.class,
                        () -> TowerGraph.build(paper.network(), paper.training(), CLASSES, 20, DataType.FLOAT))
                .getMessage();
        assertTrue(message.contains("expected") && message.contains("crop"), message);
    }
}
