package alexnet.training;

import alexnet.config.Training;
import alexnet.evaluation.ErrorCount;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** The training itself: epochs of steps, a validation after each, rates by the schedule ({@code §5}). */
public final class TrainingLoop {
    /** Gives the batches of an epoch, in an order that follows from the epoch alone. */
    public interface Batches {
        /**
         * @param epoch counted from 1
         * @param from batches to leave out at the start
         * @param lighting strength of the colour noise, 0 to 1
         */
        void startEpoch(int epoch, int from, double lighting);

        /** @return the next batch, or null at the end of the epoch */
        DataSet next();

        /** @return batches of an epoch */
        int count();
    }

    /** Measures the graph on the validation set. */
    @FunctionalInterface
    public interface Validator {
        /**
         * @param graph as it is now; its parameters stay as they are
         * @param stop asked now and then; true ends the measurement
         * @return errors, and loss in nats; nothing if it was stopped
         */
        Optional<ErrorCount> measure(ComputationGraph graph, BooleanSupplier stop);
    }

    private final Training recipe;
    private final RateSchedule schedule;
    private final Trainer trainer;
    private final Batches batches;
    private final Validator validation;
    private final List<RunListener> listeners;
    private TrainingState state;

    /**
     * @param recipe epochs
     * @param schedule rates
     * @param trainer makes the steps
     * @param batches the training set
     * @param validation measures the graph on the validation set
     * @param listeners told in this order
     * @param state where to begin
     */
    public TrainingLoop(
            Training recipe,
            RateSchedule schedule,
            Trainer trainer,
            Batches batches,
            Validator validation,
            List<RunListener> listeners,
            TrainingState state) {
        this.recipe = recipe;
        this.schedule = schedule;
        this.trainer = trainer;
        this.batches = batches;
        this.validation = validation;
        this.listeners = List.copyOf(listeners);
        this.state = state;
    }

    /**
     * Trains until the recipe's last epoch, the schedule's end, or the recipe's goal.
     *
     * @param stop asked after each step and within validations; true ends the training in a state that can be resumed
     * @return where it ended
     * @throws Diverged if the loss is no longer a number
     */
    public TrainingState run(BooleanSupplier stop) {
        while (!state.isOver(recipe.epochs())) {
            Rates rates = schedule.rates(state.epoch(), state.patience());
            trainer.apply(rates);
            if (!epoch(rates, stop) || !validate(rates, stop)) {
                listeners.forEach(listener -> listener.interrupted(state));
                return state;
            }
        }
        return state;
    }

    private boolean epoch(Rates rates, BooleanSupplier stop) {
        batches.startEpoch(state.epoch(), state.batch(), rates.lighting());
        trainer.graph().getConfiguration().setEpochCount(state.epoch() - 1);
        while (state.batch() < batches.count()) {
            if (stop.getAsBoolean()) {
                return false;
            }
            long start = System.nanoTime();
            DataSet batch = batches.next();
            long ready = System.nanoTime();
            ErrorCount counted = trainer.step(batch);
            long done = System.nanoTime();
            checkFinite(counted);
            state = state.afterStep(counted, (done - start) / 1e9);
            RunListener.Step step = new RunListener.Step(
                    state, batches.count(), counted, rates, (ready - start) / 1e9, (done - ready) / 1e9);
            listeners.forEach(listener -> listener.step(step));
        }
        return true;
    }

    /** Returns whether the epoch ended; it does not when asked to stop. */
    private boolean validate(Rates rates, BooleanSupplier stop) {
        long start = System.nanoTime();
        Optional<ErrorCount> validated = validation.measure(trainer.graph(), stop);
        if (validated.isEmpty()) {
            return false;
        }
        ErrorCount training = state.inEpoch().count();
        ErrorCount measured = validated.get();
        int epoch = state.epoch();
        Patience patience = schedule.after(epoch, training.top1(), measured.top1(), state.patience());
        state = state.afterEpoch(patience, (System.nanoTime() - start) / 1e9);
        RunListener.Epoch ended = new RunListener.Epoch(state, epoch, training, measured, rates);
        listeners.forEach(listener -> listener.epoch(ended));
        return true;
    }

    private void checkFinite(ErrorCount counted) {
        if (!Double.isFinite(counted.loss())) {
            throw new Diverged("Loss is " + counted.loss() + " at step " + (state.batch() + 1) + " of epoch "
                    + state.epoch() + " (update " + (state.iteration() + 1) + "), expected a finite number.");
        }
    }
}
