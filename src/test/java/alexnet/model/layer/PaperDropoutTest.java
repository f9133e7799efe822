package alexnet.model.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PaperDropoutTest {
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();
    private static final int ROWS = 20;
    private static final int COLUMNS = 1000;

    @Test
    void inTrainingAnElementIsKeptAsItIsOrZero() {
        INDArray input = Nd4j.linspace(1, ROWS * COLUMNS, ROWS * COLUMNS, DataType.DOUBLE)
                .reshape(ROWS, COLUMNS);
        INDArray out = layer(0.3).activate(input, true, NONE);
        int kept = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                double value = out.getDouble(row, column);
                assertTrue(value == 0 || value == input.getDouble(row, column));
                kept += value == 0 ? 0 : 1;
            }
        }
        double deviation = Math.sqrt(0.3 * 0.7 * ROWS * COLUMNS);
        assertEquals(0.3 * ROWS * COLUMNS, kept, 4 * deviation);
    }

    @Test
    void atTestTimeAllAreKeptTimesTheProbability() {
        INDArray input = Nd4j.linspace(1, 40, 40, DataType.DOUBLE).reshape(4, 10);
        assertTrue(layer(0.3).activate(input, false, NONE).equalsWithEps(input.mul(0.3), 1e-15));
    }

    @Test
    void theGradientPassesWhereTheOutputDid() {
        INDArray ones = Nd4j.ones(DataType.DOUBLE, ROWS, COLUMNS);
        Layer layer = layer(0.5);
        INDArray out = layer.activate(ones, true, NONE);
        INDArray epsilon = Nd4j.rand(DataType.DOUBLE, ROWS, COLUMNS);
        assertEquals(epsilon.mul(out), layer.backpropGradient(epsilon, NONE).getSecond());
    }

    @Test
    void aMaskFollowsFromSeedAndIterationAlone() {
        INDArray ones = Nd4j.ones(DataType.DOUBLE, ROWS, COLUMNS);
        Layer layer = layer(0.5);
        INDArray first = layer.activate(ones, true, NONE);
        assertEquals(first, layer(0.5).activate(ones, true, NONE));
        layer.setIterationCount(1);
        INDArray second = layer.activate(ones, true, NONE);
        assertNotEquals(first, second);
        double both = first.mul(second).sumNumber().doubleValue() / ones.length();
        assertEquals(0.25, both, 0.02, "masks of two iterations are independent");
    }

    @Test
    void someRowsOfABatchHaveTheMasksThatTheyHaveInTheWhole() {
        INDArray ones = Nd4j.ones(DataType.DOUBLE, ROWS, COLUMNS);
        INDArray whole = layer(0.5).activate(ones, true, NONE);
        Layer part = layer(0.5);
        ((PaperDropout) part.conf().getLayer()).startAtRow(3);
        INDArray rows = ones.get(NDArrayIndex.interval(3, ROWS)).dup();
        assertEquals(whole.get(NDArrayIndex.interval(3, ROWS)).dup(), part.activate(rows, true, NONE));
        INDArray epsilon = part.backpropGradient(rows, NONE).getSecond();
        assertEquals(whole.get(NDArrayIndex.interval(3, ROWS)).dup(), epsilon);
        assertNotEquals(whole.get(NDArrayIndex.interval(0, ROWS - 3)).dup(), epsilon);
    }

    private static Layer layer(double keep) {
        PaperDropout conf = new PaperDropout(keep, 7);
        NeuralNetConfiguration configuration = new NeuralNetConfiguration();
        configuration.setLayer(conf);
        return conf.instantiate(configuration, null, 0, null, false, DataType.DOUBLE);
    }
}
