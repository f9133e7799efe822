package alexnet.training;

import alexnet.evaluation.ErrorCount;

/** Told what happens in a training, on the training's own thread. */
public interface RunListener {
    /**
     * One update.
     *
     * @param state after it
     * @param batches of an epoch
     * @param batch errors and loss on the batch
     * @param rates it was made with
     * @param waitSeconds how long the step waited for its data
     * @param computeSeconds how long it computed
     */
    record Step(
            TrainingState state,
            int batches,
            ErrorCount batch,
            Rates rates,
            double waitSeconds,
            double computeSeconds) {}

    /**
     * One pass over the training set and the validation after it.
     *
     * @param state after it; its epoch is the next one
     * @param epoch the one that ended, from 1
     * @param training errors and loss on the training batches
     * @param validation errors and loss on the validation set, central crop
     * @param rates it was made with
     */
    record Epoch(TrainingState state, int epoch, ErrorCount training, ErrorCount validation, Rates rates) {}

    /** @param step what was done */
    default void step(Step step) {}

    /** @param epoch what was done */
    default void epoch(Epoch epoch) {}

    /** @param state where the training stopped, asked to from outside in the middle of an epoch */
    default void interrupted(TrainingState state) {}
}
