package alexnet.dashboard;

import alexnet.config.Training;
import alexnet.evaluation.ErrorCount;
import alexnet.training.RunListener;
import alexnet.training.TrainingState;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.LongSupplier;
import org.deeplearning4j.core.storage.StatsStorageRouter;

/** Where the training stands, twice a second at most: what the log says only every so many steps. */
final class LiveStatus implements RunListener {
    private static final long INTERVAL_NANOS = 500_000_000;
    /** Steps over which errors and speed are averaged, roughly. */
    private static final double STEPS = 20;

    private final String id;
    private final Training recipe;
    private final StatsStorageRouter storage;
    private final LongSupplier nanos;
    private final ObjectNode now = RunFiles.JSON.createObjectNode();
    private final long begun;
    private final TrainingState start;
    private long sent;
    private double loss = Double.NaN;
    private double top1 = Double.NaN;
    private double top5 = Double.NaN;
    private double speed = Double.NaN;
    private double waited = Double.NaN;

    /**
     * @param id the run's name among those shown
     * @param recipe of the run
     * @param start where this sitting began
     * @param storage gets the records
     * @param nanos a clock
     */
    LiveStatus(String id, Training recipe, TrainingState start, StatsStorageRouter storage, LongSupplier nanos) {
        this.id = id;
        this.recipe = recipe;
        this.start = start;
        this.storage = storage;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.sent = begun - INTERVAL_NANOS;
        now.put("state", "starting");
        send();
    }

    @Override
    public void step(Step step) {
        ErrorCount batch = step.batch();
        double seconds = step.waitSeconds() + step.computeSeconds();
        loss = smooth(loss, batch.loss());
        top1 = smooth(top1, batch.top1());
        top5 = smooth(top5, batch.top5());
        speed = smooth(speed, batch.images() / seconds);
        waited = smooth(waited, step.waitSeconds() / seconds);
        if (nanos.getAsLong() - sent < INTERVAL_NANOS && step.state().batch() < step.batches()) {
            return;
        }
        now.put("state", step.state().batch() == step.batches() ? "validating" : "training")
                .put("step", step.state().batch())
                .put("steps", step.batches())
                .put("trainLoss", loss)
                .put("trainTop1Error", top1)
                .put("trainTop5Error", top5)
                .put("imagesPerSecond", speed)
                .put("waitShare", waited)
                .put("rate", step.rates().largest());
        position(step.state(), (double) step.state().batch() / step.batches());
        send();
    }

    @Override
    public void epoch(Epoch epoch) {
        boolean last =
                epoch.epoch() >= recipe.epochs() || epoch.state().patience().finished();
        now.put("state", last ? "finished" : "training");
        position(epoch.state(), 0);
        now.put("epoch", epoch.epoch());
        if (last) {
            now.put("secondsLeft", 0);
        }
        send();
    }

    @Override
    public void interrupted(TrainingState state) {
        now.put("state", "stopped");
        send();
    }

    private void position(TrainingState state, double ofEpoch) {
        double done = state.epoch() - 1 + ofEpoch;
        double sitting = done - startEpochs(state, ofEpoch);
        double elapsed = (nanos.getAsLong() - begun) / 1e9;
        now.put("epoch", state.epoch())
                .put("epochs", recipe.epochs())
                .put("iteration", state.iteration())
                .put("trainingSeconds", state.seconds())
                .put("secondsLeft", sitting <= 0 ? Double.NaN : elapsed * (recipe.epochs() - done) / sitting);
    }

    /** Epochs that were done when this sitting began; a started one as far as its batches tell. */
    private double startEpochs(TrainingState state, double ofEpoch) {
        double perBatch = state.batch() == 0 ? 0 : ofEpoch / state.batch();
        return start.epoch() - 1 + start.batch() * perBatch;
    }

    private void send() {
        sent = nanos.getAsLong();
        storage.putStaticInfo(new RunRecord(id, RunRecord.Kind.NOW, now.toString()));
    }

    private static double smooth(double before, double value) {
        return Double.isNaN(before) ? value : before + (value - before) / STEPS;
    }
}
