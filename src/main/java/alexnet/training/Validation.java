package alexnet.training;

import alexnet.evaluation.ErrorCount;
import alexnet.pipeline.ImageBatches;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Errors of the graph in training on the validation set, central crop. */
public final class Validation implements TrainingLoop.Validator {
    private final ImageBatches batches;

    /** @param batches of the validation set, in its own order */
    public Validation(ImageBatches batches) {
        this.batches = batches;
    }

    /**
     * @param graph as it is now; its parameters stay as they are
     * @param stop asked before each batch; true ends the measurement
     * @return errors, and loss in nats; nothing if it was stopped
     */
    @Override
    public Optional<ErrorCount> measure(ComputationGraph graph, BooleanSupplier stop) {
        ErrorCount count = new ErrorCount();
        batches.startEpoch(0, 0);
        while (batches.hasNext()) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            DataSet batch = batches.next();
            double[][] probabilities =
                    graph.outputSingle(false, batch.getFeatures()).toDoubleMatrix();
            int[] labels = batches.labels();
            for (int i = 0; i < labels.length; i++) {
                count.addProbabilities(probabilities[i], labels[i]);
            }
        }
        return Optional.of(count);
    }
}
