package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.model.TowerGraph;
import java.lang.reflect.Field;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class NativeConvolutionsTest {
    private static final int CLASSES = 5;

    @ParameterizedTest
    @ValueSource(strings = {"paper", "demo", "cifar10-towers"})
    void lossAndGradientAreThoseOfTheLibrarysPlainPath(String name) throws ReflectiveOperationException {
        Recipe recipe = Recipes.load(name, Map.of("network.width", "0.125"));
        ComputationGraph plain = build(recipe);
        ComputationGraph fast = build(recipe);
        assertEquals(10, NativeConvolutions.install(fast));
        DataSet data = data(recipe.augmentation().crop(), 3);
        INDArray expected = gradient(plain, data);
        INDArray found = gradient(fast, data);
        assertEquals(plain.score(), fast.score(), 1e-5 * Math.abs(plain.score()));
        double cosine = expected.mul(found).sumNumber().doubleValue()
                / expected.norm2Number().doubleValue()
                / found.norm2Number().doubleValue();
        assertTrue(cosine > 0.99999, "cosine is " + cosine);
        assertEquals(
                1, found.norm2Number().doubleValue() / expected.norm2Number().doubleValue(), 1e-4);
        for (Layer layer : fast.getLayers()) {
            if (layer instanceof ConvolutionLayer) {
                assertEquals(0, failures(layer), "the helper failed and the plain path was taken");
            }
        }
    }

    @Test
    void aGraphInDoublePrecisionIsLeftAsItIs() {
        Recipe recipe = Recipes.load("demo", Map.of("network.width", "0.05"));
        ComputationGraph graph = TowerGraph.build(recipe.network(), recipe.training(), CLASSES, 84, DataType.DOUBLE);
        assertEquals(0, NativeConvolutions.install(graph));
    }

    private static ComputationGraph build(Recipe recipe) {
        return TowerGraph.build(
                recipe.network(),
                recipe.training(),
                CLASSES,
                recipe.augmentation().crop(),
                DataType.FLOAT);
    }

    private static INDArray gradient(ComputationGraph graph, DataSet data) {
        graph.setInputs(data.getFeatures());
        graph.setLabels(data.getLabels());
        graph.computeGradientAndScore();
        return graph.getFlattenedGradients().dup();
    }

    private static DataSet data(int crop, int images) {
        Nd4j.getRandom().setSeed(4);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, images, CLASSES);
        for (int i = 0; i < images; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new DataSet(Nd4j.randn(DataType.FLOAT, images, 3, crop, crop).muli(50), labels);
    }

    private static int failures(Layer layer) throws ReflectiveOperationException {
        Field field = ConvolutionLayer.class.getDeclaredField("helperCountFail");
        field.setAccessible(true);
        return field.getInt(layer);
    }
}
