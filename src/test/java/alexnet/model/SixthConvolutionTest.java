package alexnet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;

/** §6: "an extra sixth convolutional layer over the last pooling layer". */
class SixthConvolutionTest {
    private static final Recipe SIXTH = Recipes.load("sixth-conv", Map.of());

    @Test
    void itLiesBetweenTheLastPoolingAndFc6AndKeepsItsShape() {
        ComputationGraphConfiguration graph = TowerGraph.inference(SIXTH.network(), 1000, 224);
        Map<String, InputType> types = graph.getLayerActivationTypes(true, InputType.convolutional(224, 224, 3));
        for (String tower : List.of("a", "b")) {
            assertEquals(List.of("pool5" + tower), graph.getVertexInputs().get("conv6" + tower));
            assertArrayEquals(new long[] {128, 6, 6}, types.get("pool5" + tower).getShape(false));
            assertArrayEquals(new long[] {128, 6, 6}, types.get("conv6" + tower).getShape(false));
        }
        assertEquals(List.of("conv6a", "conv6b"), graph.getVertexInputs().get("merge6"));
        assertArrayEquals(new long[] {256, 6, 6}, types.get("merge6").getShape(false));
    }

    @Test
    void allElseIsThePapers() {
        ComputationGraphConfiguration graph = TowerGraph.inference(SIXTH.network(), 1000, 224);
        long parameters = graph.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(true))
                .sum();
        assertEquals(60_965_224 + 2 * (128 * 128 * 3 * 3 + 128), parameters);
        Recipe paper = Recipes.load("paper", Map.of());
        assertEquals(paper.network().conv(), SIXTH.network().conv().subList(0, 5));
        assertEquals(paper.network().dense(), SIXTH.network().dense());
        assertEquals(paper.network().output(), SIXTH.network().output());
        assertEquals(paper.training(), SIXTH.training());
        assertEquals(paper.augmentation(), SIXTH.augmentation());
    }
}
