package alexnet.training;

import alexnet.evaluation.ErrorCount;
import alexnet.run.MetricsLog;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes steps, averaged over {@link #INTERVAL}, and epochs into the run's {@code metrics.jsonl}. */
public final class MetricsListener implements RunListener {
    /** Steps in one line. */
    public static final int INTERVAL = 10;

    private final MetricsLog log;
    private long images; // of this sitting, as are the seconds
    private double wait;
    private double compute;

    /** @param log where the lines go; not closed here */
    public MetricsListener(MetricsLog log) {
        this.log = log;
    }

    @Override
    public void step(Step step) {
        images += step.batch().images();
        wait += step.waitSeconds();
        compute += step.computeSeconds();
        boolean last = step.state().batch() == step.batches();
        if (step.state().batch() % INTERVAL != 0 && !last) {
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epoch", step.state().epoch());
        values.put("step", step.state().batch());
        values.put("steps", step.batches());
        values.put("iteration", step.state().iteration());
        errors(values, "train", step.state().sinceLine().count());
        values.put("rate", step.rates().largest());
        values.put("imagesPerSecond", images / (wait + compute));
        values.put("dataWaitSeconds", wait);
        values.put("computeSeconds", compute);
        log.write("step", values);
        images = 0;
        wait = 0;
        compute = 0;
    }

    @Override
    public void epoch(Epoch epoch) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("epoch", epoch.epoch());
        values.put("iteration", epoch.state().iteration());
        errors(values, "train", epoch.training());
        errors(values, "validation", epoch.validation());
        values.put("rate", epoch.rates().largest());
        values.put("rates", epoch.rates().layers());
        values.put("lighting", epoch.rates().lighting());
        values.put("patience", epoch.state().patience());
        values.put("trainingSeconds", epoch.state().seconds());
        log.write("epoch", values);
    }

    private static void errors(Map<String, Object> values, String what, ErrorCount count) {
        values.put(what + "Loss", count.loss());
        values.put(what + "Top1Error", count.top1());
        values.put(what + "Top5Error", count.top5());
        values.put(what + "Images", count.images());
    }
}
