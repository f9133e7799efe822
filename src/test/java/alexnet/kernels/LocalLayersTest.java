package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Precision;
import alexnet.config.Recipe;
import alexnet.kernels.FastKernels.Use;
import alexnet.model.TowerGraph;
import alexnet.run.RunException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Locally connected layers in whole graphs. */
class LocalLayersTest {
    /** So a graph with such layers is trained with our kernels or not at all. */
    @Test
    void theLibrarysGradientOfALocallyConnectedLayerIsTwiceWhatItShouldBe() {
        Recipe recipe = FastKernelsTest.narrow("cifar10-local");
        ComputationGraph library = FastKernelsTest.build(recipe);
        ComputationGraph fast = FastKernelsTest.build(recipe);
        FastKernels.install(fast, Precision.FP32, Use.TRAINING);
        DataSet data = FastKernelsTest.data(recipe, 3, 4);
        FastKernelsTest.gradient(library, data);
        FastKernelsTest.gradient(fast, data);
        assertEquals(library.score(), fast.score(), 1e-5 * library.score());
        assertEquals(2, norm(library, "local4_W") / norm(fast, "local4_W"), 1e-3);
        assertEquals(4, norm(library, "local3_W") / norm(fast, "local3_W"), 1e-3);
        for (String parameter : List.of("conv2_W", "local3_W", "local4_W")) {
            double norm = norm(fast, parameter);
            assertEquals(norm / 3, slope(fast, data, parameter), 0.01 * norm, parameter + ": sum over 3 pictures");
        }
    }

    private static double norm(ComputationGraph graph, String parameter) {
        return graph.gradient().getGradientFor(parameter).norm2Number().doubleValue();
    }

    /** Of the loss, by differences, along the gradient of a parameter. */
    private static double slope(ComputationGraph graph, DataSet data, String parameter) {
        INDArray direction = graph.gradient().getGradientFor(parameter).dup();
        direction.divi(direction.norm2Number());
        INDArray values = graph.getParam(parameter);
        INDArray kept = values.dup();
        double[] loss = new double[2];
        for (int side = 0; side < 2; side++) {
            values.assign(kept.add(direction.mul(side == 0 ? -0.01 : 0.01)));
            loss[side] = graph.score(data, true);
        }
        values.assign(kept);
        return (loss[1] - loss[0]) / 0.02;
    }

    @Test
    void aGraphOfDoublesWithALocallyConnectedLayerIsNotTrained() {
        Recipe recipe = FastKernelsTest.narrow("cifar10-local");
        ComputationGraph graph = TowerGraph.build(recipe.network(), recipe.training(), 5, 24, DataType.DOUBLE);
        RunException refused =
                assertThrows(RunException.class, () -> FastKernels.install(graph, Precision.FP32, Use.TRAINING));
        assertTrue(refused.getMessage().contains("layer local3 cannot be trained here"), refused::getMessage);
    }
}
