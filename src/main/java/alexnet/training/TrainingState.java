package alexnet.training;

import alexnet.evaluation.ErrorCount;

/**
 * Where a training stands, between two steps.
 *
 * @param epoch the current epoch, counted from 1
 * @param batch batches of it that are done; all of them while its validation is still to come
 * @param iteration updates since the start
 * @param patience what the plateau rule remembers
 * @param seconds time spent training, all sittings together
 * @param inEpoch counted on the batches of this epoch
 * @param sinceLine counted on the batches that the newest or the next line of the metrics log is about
 */
public record TrainingState(
        int epoch, int batch, long iteration, Patience patience, double seconds, Counted inEpoch, Counted sinceLine) {
    /** Before the first step. */
    public static final TrainingState START = new TrainingState(1, 0, 0, Patience.START, 0, Counted.NONE, Counted.NONE);

    /** Whether all epochs are done, or the plateau rule or a goal has ended them before. */
    boolean isOver(int epochs) {
        return epoch > epochs || patience.finished();
    }

    TrainingState afterStep(ErrorCount counted, double stepSeconds) {
        Counted line = batch % MetricsListener.INTERVAL == 0 ? Counted.NONE : sinceLine;
        return new TrainingState(
                epoch,
                batch + 1,
                iteration + 1,
                patience,
                seconds + stepSeconds,
                inEpoch.plus(counted),
                line.plus(counted));
    }

    TrainingState afterEpoch(Patience now, double validationSeconds) {
        return new TrainingState(epoch + 1, 0, iteration, now, seconds + validationSeconds, Counted.NONE, Counted.NONE);
    }

    /** The same with more to be learned. */
    TrainingState open() {
        return new TrainingState(epoch, batch, iteration, patience.open(), seconds, inEpoch, sinceLine);
    }
}
