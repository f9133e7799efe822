package alexnet.training.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.model.TowerGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;

/** The bytes that {@code docs/parallel.md} speaks of follow from the network. */
class CommunicationTest {
    private static final int CLASSES = 1000;
    private static final int FORWARD_AND_BACK = 2;
    private static final int DIRECTIONS = 2;

    @Test
    void theFiguresOfTheDocumentFollowFromTheGraph() throws IOException {
        String document = Files.readString(Path.of("docs/parallel.md"));
        Recipe recipe = Recipes.load("paper", Map.of());
        int crop = recipe.augmentation().crop();
        ComputationGraphConfiguration graph = TowerGraph.inference(recipe.network(), CLASSES, crop);
        Map<String, InputType> shapes = graph.getLayerActivationTypes(true, InputType.convolutional(crop, crop, 3));
        long cut = 0;
        for (String merge : List.of("merge3", "merge6", "merge7", "merge8")) {
            assertTrue(graph.getVertices().get(merge) instanceof MergeVertex, merge);
            long own = shapes.get(graph.getVertexInputs().get(merge).get(0)).arrayElementsPerExample();
            long bytes = own
                    * Float.BYTES
                    * DIRECTIONS
                    * FORWARD_AND_BACK
                    * recipe.training().batch();
            assertHas(document, own);
            assertHas(document, bytes);
            cut += bytes;
        }
        long merges = graph.getVertices().values().stream()
                .filter(MergeVertex.class::isInstance)
                .count();
        assertEquals(4, merges, "the towers meet nowhere else");
        assertHas(document, cut);
        long parameters = graph.getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(vertex -> ((LayerVertex) vertex).getLayerConf())
                .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                .sum();
        assertHas(document, parameters);
        assertHas(document, parameters * Float.BYTES);
        assertHas(document, 2 * parameters * Float.BYTES);
        assertEquals(8, Math.round(2.0 * parameters * Float.BYTES / cut), "an eighth of the bytes");
    }

    @Test
    void theTrafficOfTheTowersIsThatOfTheDocument() {
        LinkTraffic traffic = LinkTraffic.of(Recipes.load("paper", Map.of()), CLASSES);
        assertEquals(Map.of("conv3", 21_632L, "fc6", 4_608L, "fc7", 2_048L, "fc8", 2_048L), traffic.floats());
        assertEquals(60_965_224, traffic.parameters());
        assertEquals(62_128_128, traffic.towerBytes(128));
        assertEquals(487_721_792, traffic.replicaBytes());
        assertTrue(traffic.comparison(128).toString().contains("62,128,128"));
        assertTrue(traffic.table().toString().contains("21,632"));
    }

    private static void assertHas(String document, long figure) {
        String written = String.format(Locale.ROOT, "%,d", figure);
        assertTrue(document.contains(written), () -> "docs/parallel.md lacks " + written);
    }
}
