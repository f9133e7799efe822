package alexnet.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.model.TowerGraph;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class OnePassUpdaterTest {
    private static final int CLASSES = 4;

    @Test
    void tenStepsWithADropAndAFrozenLayerEndWhereTheLibrarysUpdaterEnds() {
        ComputationGraph library = graph(DataType.FLOAT);
        ComputationGraph ours = graph(DataType.FLOAT);
        OnePassUpdater.install(ours);
        INDArray start = library.params().dup();
        train(library, 0, 10);
        train(ours, 0, 10);
        assertClose(library.params(), ours.params(), start);
        assertTrue(library.getUpdater(true)
                .getStateViewArray()
                .equalsWithEps(ours.getUpdater(true).getStateViewArray(), 1e-6));
        assertEquals(part(start, ours, "conv2_W"), ours.getParam("conv2_W"), "a frozen layer moves");
    }

    @Test
    void itGoesOnWithTheVelocityTheGraphHas() {
        ComputationGraph library = graph(DataType.FLOAT);
        ComputationGraph changed = graph(DataType.FLOAT);
        INDArray start = library.params().dup();
        train(library, 0, 6);
        train(changed, 0, 3);
        INDArray velocity = changed.getUpdater(true).getStateViewArray();
        OnePassUpdater.install(changed);
        assertSame(velocity, changed.getUpdater(true).getStateViewArray());
        train(changed, 3, 6);
        assertClose(library.params(), changed.params(), start);
    }

    @Test
    void aGraphInDoublePrecisionIsUpdatedByTheLibrary() {
        ComputationGraph library = graph(DataType.DOUBLE);
        ComputationGraph ours = graph(DataType.DOUBLE);
        OnePassUpdater.install(ours);
        train(library, 0, 3);
        train(ours, 0, 3);
        assertEquals(library.params(), ours.params());
    }

    /** Differences against the distance moved. */
    private static void assertClose(INDArray expected, INDArray found, INDArray start) {
        double moved = expected.sub(start).amaxNumber().doubleValue();
        double difference = expected.sub(found).amaxNumber().doubleValue();
        assertTrue(moved > 0 && difference <= 1e-4 * moved, difference + " of " + moved);
    }

    private static INDArray part(INDArray params, ComputationGraph graph, String name) {
        ComputationGraph before = graph(DataType.FLOAT);
        before.setParams(params);
        return before.getParam(name);
    }

    private static ComputationGraph graph(DataType type) {
        Recipe recipe = Recipes.load("cifar10-four-layer", Map.of("network.width", "0.25"));
        return TowerGraph.build(recipe.network(), recipe.training(), CLASSES, 32, type);
    }

    private static void train(ComputationGraph graph, int from, int to) {
        for (int step = from; step < to; step++) {
            double rate = step < 5 ? 0.002 : 0.0002;
            Map<String, Rates.LayerRate> rates = new HashMap<>();
            for (Layer layer : graph.getLayers()) {
                String name = layer.conf().getLayer().getLayerName();
                double own = name.equals("conv2") ? 0 : rate;
                rates.put(name, new Rates.LayerRate(own, 2 * own));
            }
            new Rates(rates, 1).apply(graph);
            graph.fit(data(graph, step));
        }
    }

    private static DataSet data(ComputationGraph graph, int seed) {
        DataType type = graph.getConfiguration().getDataType();
        Nd4j.getRandom().setSeed(seed + 1L); // the library takes 0 for "any"
        INDArray labels = Nd4j.zeros(type, 5, CLASSES);
        for (int i = 0; i < 5; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new DataSet(Nd4j.randn(DataType.FLOAT, 5, 3, 32, 32).muli(50).castTo(type), labels);
    }
}
