package alexnet.training;

import alexnet.config.Precision;
import alexnet.evaluation.ErrorCount;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** How one step of the training is computed: on one device, or on several that share the work. */
public interface Trainer extends AutoCloseable {
    /** Makes the trainer of a graph. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param graph a training graph, initialised
         * @param precision in which its layers multiply
         * @return its trainer
         */
        Trainer on(ComputationGraph graph, Precision precision);
    }

    /**
     * Computes gradients on a batch and makes one update.
     *
     * @param batch features {@code [n, 3, crop, crop]}, one-hot labels {@code [n, classes]}
     * @return errors and loss on the batch, before the update
     */
    ErrorCount step(DataSet batch);

    /** @param rates from the next step on */
    void apply(Rates rates);

    /** @return the graph whose parameters are the training's */
    ComputationGraph graph();

    /** Ends what the trainer started, such as threads; the graph stays as it is. */
    @Override
    default void close() {}
}
