package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The contenders' networks are the same, and the stock one is stock. */
class NetworksTest {
    /** Weights and biases of the lines, with nothing of the program that wrote them. */
    private static long parameters(List<String> lines) {
        long sum = 0;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words[0].equals("conv")) {
                long out = Long.parseLong(words[2]);
                long in = Long.parseLong(words[1]) / Long.parseLong(words[6]);
                sum += out * in * Long.parseLong(words[3]) * Long.parseLong(words[3]) + out;
            } else if (words[0].equals("dense")) {
                sum += (Long.parseLong(words[1]) + 1) * Long.parseLong(words[2]);
            }
        }
        return sum;
    }

    @Test
    void thePapersNetworkIsSaidInFullToOtherPrograms() {
        List<String> lines = NetworkText.of(Recipes.load("paper", Map.of()), 1000);
        assertEquals(60_965_224, parameters(lines));
        assertTrue(lines.contains("dense 9216 4096"), lines::toString);
        assertTrue(lines.contains("lrn 5 1.0E-4 0.75 2.0"), lines::toString);
        assertEquals("conv 3 96 11 4 0 1", lines.get(2));
        assertEquals(2, lines.stream().filter("drop 0.5"::equals).count());
        assertEquals(3, lines.stream().filter("max 3 2 false"::equals).count());
    }

    @Test
    void aNormalisationWithinMapsCannotBeSaid() {
        assertNull(NetworkText.of(Recipes.load("as-run-2012", Map.of()), 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "cifar10-towers"})
    void allHaveTheSameNumberOfParameters(String name) {
        Recipe recipe = Recipes.load(name, Map.of("network.width", "0.125"));
        long ours = OurGraph.training(recipe, 10, "fp32").graph().numParams();
        assertEquals(ours, OurGraph.inference(recipe, 10, "fp32").numParams());
        assertEquals(ours, StockGraph.training(recipe, 10).graph().numParams());
        assertEquals(ours, StockGraph.inference(recipe, 10).numParams());
        assertEquals(ours, parameters(NetworkText.of(recipe, 10)));
    }

    @Test
    void theStockNetworkHasNothingOfThisProgramInIt() throws ReflectiveOperationException {
        Recipe recipe = Recipes.load("demo", Map.of("network.width", "0.05"));
        ComputationGraph graph = StockGraph.training(recipe, 10).graph();
        assertFalse(graph.getConfiguration().toJson().contains("alexnet."));
        var helper = ConvolutionLayer.class;
        int learned = 0;
        int dropped = 0;
        for (var layer : graph.getLayers()) {
            assertTrue(layer.getClass().getName().startsWith("org.deeplearning4j."), layer.getClass()::getName);
            assertNull(layer.getHelper(), helper::getName);
            if (layer.conf().getLayer() instanceof BaseLayer conf) {
                assertEquals(Nesterovs.class, conf.getIUpdater().getClass());
                learned++;
                dropped += conf.getIDropout() == null ? 0 : 1;
            }
        }
        assertEquals(15, learned);
        assertEquals(3, dropped); // fc7a, fc7b, fc8
    }
}
