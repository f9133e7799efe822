package alexnet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Gradients of both towers against finite differences. */
class TowerGradientTest {
    private static final int CROP = 66; // 15 → 7 → 3 → 1, with an overhang in conv1 as at 224
    private static final int CLASSES = 3;

    /** Central differences on some parameters of every array, both recipes, masks and all. */
    @ParameterizedTest
    @ValueSource(strings = {"paper", "as-run-2012"})
    void gradientsAgreeWithFiniteDifferences(String recipe) {
        Recipe small = shrunken(recipe);
        ComputationGraph graph = TowerGraph.build(small.network(), small.training(), CLASSES, CROP, DataType.DOUBLE);
        DataSet data = data();
        Map<String, INDArray> gradients = gradients(graph, data);
        SplittableRandom random = new SplittableRandom(3);
        int checked = 0;
        for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
            INDArray gradient = gradients.get(parameter.getKey());
            double scale = gradient.amaxNumber().doubleValue();
            assertTrue(scale > 0, parameter.getKey() + " has no gradient");
            for (int i = 0; i < 6; i++) {
                int at = random.nextInt((int) gradient.length());
                double numeric = centralDifference(graph, data, parameter.getValue(), at);
                assertEquals(numeric, gradient.getDouble(at), 2e-5 * scale, parameter.getKey() + "[" + at + "]");
                checked++;
            }
        }
        assertEquals(6 * 30, checked, "two towers of seven layers and the last, weights and biases");
    }

    @Test
    void aTowerThatIsNotConnectedGetsNoGradient() {
        Recipe small = shrunken("paper");
        ComputationGraph graph = TowerGraph.build(small.network(), small.training(), CLASSES, CROP, DataType.DOUBLE);
        long maps = graph.getParam("conv2b_W").size(0);
        for (String reader : List.of("conv3a_W", "conv3b_W")) {
            INDArray weights = graph.getParam(reader);
            for (long map = maps; map < 2 * maps; map++) {
                weights.get(NDArrayIndex.all(), NDArrayIndex.point(map)).assign(0);
            }
        }
        Map<String, INDArray> gradients = gradients(graph, data());
        for (String layer : List.of("conv1", "conv2")) {
            assertEquals(0, gradients.get(layer + "b_W").amaxNumber().doubleValue(), layer + "b");
            assertNotEquals(0, gradients.get(layer + "a_W").amaxNumber().doubleValue(), layer + "a");
        }
    }

    private static Recipe shrunken(String recipe) {
        return Recipes.load(
                recipe,
                Map.of(
                        "network.width",
                        "0.03",
                        "training.decay",
                        "0",
                        "network.conv.conv1.sigma",
                        "0.02",
                        "network.conv.conv2.sigma",
                        "0.1",
                        "network.conv.conv3.sigma",
                        "0.1",
                        "network.conv.conv4.sigma",
                        "0.1",
                        "network.conv.conv5.sigma",
                        "0.1",
                        "network.dense.fc6.sigma",
                        "0.1",
                        "network.dense.fc7.sigma",
                        "0.1",
                        "network.output.sigma",
                        "0.1"));
    }

    private static DataSet data() {
        SplittableRandom random = new SplittableRandom(9);
        double[] pixels = new double[4 * 3 * CROP * CROP];
        Arrays.setAll(pixels, i -> 100 * (2 * random.nextDouble() - 1));
        double[][] labels = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
        return new DataSet(Nd4j.createFromArray(pixels).reshape(4, 3, CROP, CROP), Nd4j.createFromArray(labels));
    }

    private static Map<String, INDArray> gradients(ComputationGraph graph, DataSet data) {
        score(graph, data);
        Map<String, INDArray> gradients = new HashMap<>();
        graph.gradient()
                .gradientForVariable()
                .forEach((name, value) -> gradients.put(name, value.dup('c').divi(4)));
        return gradients;
    }

    private static double score(ComputationGraph graph, DataSet data) {
        graph.setInputs(data.getFeatures());
        graph.setLabels(data.getLabels());
        graph.computeGradientAndScore();
        return graph.score();
    }

    private static double centralDifference(ComputationGraph graph, DataSet data, INDArray array, int at) {
        double step = 1e-6;
        long[] index = Shape.ind2subC(array.shape(), at);
        double value = array.getDouble(index);
        array.putScalar(index, value + step);
        double above = score(graph, data);
        array.putScalar(index, value - step);
        double below = score(graph, data);
        array.putScalar(index, value);
        return (above - below) / (2 * step);
    }
}
