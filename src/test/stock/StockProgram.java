import java.io.File;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Model zip and input batch ({@code .npy}, float32, [n, 3, crop, crop]) in, a line of probabilities for each input out. */
public class StockProgram {
    public static void main(String[] args) throws Exception {
        ComputationGraph graph = ModelSerializer.restoreComputationGraph(new File(args[0]));
        INDArray input = Nd4j.createFromNpyFile(new File(args[1]));
        for (double[] row : graph.outputSingle(input).toDoubleMatrix()) {
            System.out.println(Arrays.toString(row));
        }
    }
}
