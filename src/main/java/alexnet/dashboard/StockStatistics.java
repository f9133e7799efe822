package alexnet.dashboard;

import alexnet.training.Rates;
import alexnet.training.RunListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.Histogram;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Feeds the library's own pages. Its listener makes the record of the run's start; the reports are ours, since its own
 * would count the examples of one replica, mix up the flags of gradients, and cost 12 to 18 seconds each on the full
 * network. Reports come the more rarely the longer they take to make, and the longer the run is.
 */
final class StockStatistics implements RunListener {
    private static final String WORKER = "training";
    private static final long SHORTEST_NANOS = 1_000_000_000;
    /** The time between two reports is so many times what the last one cost: at most 0.2 percent are spent. */
    private static final int COST_FACTOR = 500;
    /** And such a part of the run's length, so that a run of days does not fill the memory. */
    private static final int LENGTH_DIVISOR = 500;

    private static final int BINS = 20;

    private final String id;
    private final ComputationGraph graph;
    private final StatsStorageRouter storage;
    private final int histogramsEvery;
    private final LongSupplier nanos;
    private long begun;
    private long due;
    private long lastReport;
    private long images;
    private long imagesBefore;
    private long steps;
    private long stepsBefore;
    private double loss;
    private long lastStamp;

    /**
     * @param id the run's name
     * @param graph in training
     * @param storage gets the records
     * @param histogramsEvery steps between histograms of all parameters; 0: none
     * @param nanos a clock
     */
    StockStatistics(
            String id, ComputationGraph graph, StatsStorageRouter storage, int histogramsEvery, LongSupplier nanos) {
        this.id = id;
        this.graph = graph;
        this.storage = storage;
        this.histogramsEvery = histogramsEvery;
        this.nanos = nanos;
    }

    @Override
    public void step(Step step) {
        long start = nanos.getAsLong();
        if (steps == 0) {
            begin(start);
        }
        images += step.batch().images();
        steps++;
        loss += step.batch().lossSum();
        boolean histograms = histogramsEvery > 0 && step.state().iteration() % histogramsEvery == 0;
        if (start < due && !histograms) {
            return;
        }
        SbeStatsReport report = report(step, start);
        magnitudes(report);
        if (histograms) {
            report.reportHistograms(StatsType.Parameters, histograms(graph.paramTable()));
        }
        long end = nanos.getAsLong();
        report.reportStatsCollectionDurationMS((int) ((end - start) / 1_000_000));
        storage.putUpdate(report);
        long longEnough = Math.max(SHORTEST_NANOS, (end - begun) / LENGTH_DIVISOR);
        due = end + (histograms ? longEnough : Math.max(longEnough, COST_FACTOR * (end - start)));
        lastReport = start;
        imagesBefore = images;
        stepsBefore = steps;
        loss = 0;
    }

    private void begin(long start) {
        begun = start;
        lastReport = start;
        due = start + SHORTEST_NANOS;
        new StatsListener(
                        storage,
                        null,
                        new DefaultStatsUpdateConfiguration.Builder()
                                .reportingFrequency(Integer.MAX_VALUE) // the start only
                                .collectPerformanceStats(false) // asks the graph for a batch that only replicas have
                                .build(),
                        id,
                        WORKER)
                .iterationDone(graph, 1, 0);
    }

    private SbeStatsReport report(Step step, long time) {
        SbeStatsReport report = new SbeStatsReport();
        report.reportIDs(id, StatsListener.TYPE_ID, WORKER, stamp());
        report.reportIterationCount((int) step.state().iteration());
        report.reportScore(loss / (images - imagesBefore));
        double seconds = Math.max(1e-9, (time - lastReport) / 1e9);
        report.reportPerformance(
                (time - begun) / 1_000_000,
                images,
                steps,
                (images - imagesBefore) / seconds,
                (steps - stepsBefore) / seconds);
        Runtime java = Runtime.getRuntime();
        report.reportMemoryUse(
                java.totalMemory(), java.maxMemory(), Pointer.totalBytes(), Pointer.maxBytes(), null, null);
        Map<String, Double> rates = new HashMap<>();
        graph.paramTable().keySet().forEach(name -> rates.put(name, rate(step.rates(), name)));
        report.reportLearningRates(rates);
        return report;
    }

    /** Each later than the one before: the storage replaces a report of the same millisecond. */
    private long stamp() {
        lastStamp = Math.max(lastStamp + 1, System.currentTimeMillis());
        return lastStamp;
    }

    private static double rate(Rates rates, String parameter) {
        int end = parameter.lastIndexOf('_');
        String layer = parameter.substring(0, end);
        Rates.LayerRate rate = rates.layers().get(layer);
        if (rate == null) { // one of two towers
            rate = rates.layers().get(layer.substring(0, layer.length() - 1));
        }
        return parameter.endsWith("_b") ? rate.biases() : rate.weights();
    }

    private void magnitudes(SbeStatsReport report) {
        report.reportMeanMagnitudes(StatsType.Parameters, magnitudes(graph.paramTable()));
        if (graph.gradient() != null) { // after a step it holds the update
            report.reportMeanMagnitudes(
                    StatsType.Updates, magnitudes(graph.gradient().gradientForVariable()));
        }
    }

    private static Map<String, Double> magnitudes(Map<String, INDArray> arrays) {
        Map<String, Double> means = new LinkedHashMap<>();
        arrays.forEach((name, array) -> means.put(name, array.ameanNumber().doubleValue()));
        return means;
    }

    private static Map<String, Histogram> histograms(Map<String, INDArray> arrays) {
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        arrays.forEach((name, array) -> histograms.put(name, histogram(array)));
        return histograms;
    }

    /** Counts of {@link #BINS} equal parts between the least and the greatest value. */
    static Histogram histogram(INDArray array) {
        double least = array.minNumber().doubleValue();
        double greatest = array.maxNumber().doubleValue();
        double width = Math.max((greatest - least) / BINS, Double.MIN_NORMAL);
        int[] counts = new int[BINS];
        for (float value : array.reshape(array.length()).toFloatVector()) {
            counts[Math.max(0, Math.min(BINS - 1, (int) ((value - least) / width)))]++;
        }
        return new Histogram(least, greatest, BINS, counts);
    }
}
