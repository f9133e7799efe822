package alexnet.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.evaluation.ErrorCount;
import alexnet.model.TowerGraph;
import alexnet.training.Counted;
import alexnet.training.Patience;
import alexnet.training.RateSchedule;
import alexnet.training.Rates;
import alexnet.training.RunListener;
import alexnet.training.TrainingState;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.Histogram;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What is sent while a training goes on, by a clock of the test's own. */
class LiveRecordsTest {
    private static final long MILLI = 1_000_000;
    private static final int STEPS = 100;

    private final Recipe recipe = Recipes.load(
            "cifar10-towers", Map.of("network.width", "0.02", "training.epochs", "4", "network.dense.fc6.units", "64"));
    private final ComputationGraph graph = TowerGraph.build(
            recipe.network(), recipe.training(), 3, recipe.augmentation().crop(), DataType.FLOAT);
    private final Rates rates = new RateSchedule(recipe.training(), recipe.network()).rates(1, Patience.START);
    private long clock;

    private RunListener.Step step(int epoch, int batch) {
        ErrorCount counted = new ErrorCount(10, 5, 1, 20);
        TrainingState state = new TrainingState(
                epoch, batch, (epoch - 1L) * STEPS + batch, Patience.START, 1, Counted.NONE, Counted.NONE);
        return new RunListener.Step(state, STEPS, counted, rates, 0.1, 0.4);
    }

    private StockStatistics statistics(InMemoryStatsStorage storage, int histogramsEvery, long costMillis) {
        long[] calls = {0};
        return new StockStatistics("run", graph, storage, histogramsEvery, () -> {
            clock += calls[0]++ == 0 ? 0 : costMillis * MILLI / 2; // two calls and more for each report
            return clock;
        });
    }

    private List<StatsReport> reports(InMemoryStatsStorage storage) {
        return storage.getAllUpdatesAfter("run", StatsListener.TYPE_ID, Long.MIN_VALUE).stream()
                .map(StatsReport.class::cast)
                .toList();
    }

    @Test
    void stockReportsComeOnceASecondAtMostAndNoneIsLost() {
        InMemoryStatsStorage storage = new InMemoryStatsStorage();
        StockStatistics statistics = statistics(storage, 0, 0);
        for (int i = 1; i <= 100; i++) {
            clock += 100 * MILLI;
            statistics.step(step(1, i));
        }
        List<StatsReport> reports = reports(storage);
        assertEquals(9, reports.size());
        StatsReport last = reports.get(8);
        assertEquals(2, last.getScore(), 1e-9);
        assertEquals(100, last.getExamplesPerSecond(), 1e-6);
        assertTrue(last.getMeanMagnitudes(StatsType.Parameters).containsKey("conv1a_W"));
        assertEquals(1e-4, last.getLearningRates().get("conv1a_W"));
        assertEquals(0.005, last.getLearningRates().get("fc8_b"));
        assertTrue(last.getHistograms(StatsType.Parameters) == null
                || last.getHistograms(StatsType.Parameters).isEmpty());
    }

    @Test
    void stockReportsThatTakeLongComeRarely() {
        InMemoryStatsStorage storage = new InMemoryStatsStorage();
        StockStatistics statistics = statistics(storage, 0, 100);
        for (int i = 1; i <= 100; i++) {
            clock += 1000 * MILLI;
            statistics.step(step(1, i));
        }
        // each look at the clock takes 50 ms, and a report looks once more: the next is due 500 times that later
        assertTrue(reports(storage).size() <= 5, () -> reports(storage).size() + " reports");
    }

    @Test
    void histogramsComeWhenAskedFor() {
        InMemoryStatsStorage storage = new InMemoryStatsStorage();
        StockStatistics statistics = statistics(storage, 4, 0);
        for (int i = 1; i <= 8; i++) {
            clock += MILLI;
            statistics.step(step(1, i));
        }
        List<StatsReport> reports = reports(storage);
        assertEquals(
                List.of(4, 8),
                reports.stream().map(StatsReport::getIterationCount).toList());
        Histogram histogram = reports.get(0).getHistograms(StatsType.Parameters).get("conv1a_W");
        assertEquals(
                graph.getParam("conv1a_W").length(),
                Arrays.stream(histogram.getBinCounts()).asLongStream().sum());
    }

    @Test
    void aHistogramCountsEachValueInItsPart() {
        Histogram histogram = StockStatistics.histogram(Nd4j.createFromArray(
                        IntStream.range(0, 41).mapToDouble(i -> i / 2.0).toArray())
                .castTo(DataType.FLOAT));
        assertEquals(0, histogram.getMin());
        assertEquals(20, histogram.getMax());
        int[] expected = new int[20];
        Arrays.fill(expected, 2);
        expected[19] = 3; // the greatest value itself
        assertEquals(Arrays.toString(expected), Arrays.toString(histogram.getBinCounts()));
    }

    private JsonNode now(RunStorage storage) throws IOException {
        Persistable record = storage.getStaticInfo("run", RunRecord.TYPE_ID, "now");
        return RunFiles.JSON.readTree(((RunRecord) record).json());
    }

    @Test
    void timeLeftFollowsFromWhatThisSittingDid() throws IOException {
        RunStorage storage = new RunStorage(true);
        TrainingState start =
                new TrainingState(2, 50, 150, Patience.START, 1000, Counted.NONE, Counted.NONE); // an epoch and a half
        LiveStatus status = new LiveStatus("run", recipe.training(), start, storage, () -> clock);
        assertEquals("starting", now(storage).get("state").asText());
        clock = 10_000 * MILLI;
        status.step(step(2, 75)); // a quarter of an epoch in 10 s; two and a quarter are left
        assertEquals(90, now(storage).get("secondsLeft").asDouble(), 1e-9);
        assertEquals("training", now(storage).get("state").asText());
        assertEquals(0.5, now(storage).get("trainTop1Error").asDouble(), 1e-12);
        assertEquals(20, now(storage).get("imagesPerSecond").asDouble(), 1e-9);
        assertEquals(0.2, now(storage).get("waitShare").asDouble(), 1e-12);
    }

    @Test
    void theStatusIsSentTwiceASecondAtMostAndAtTheEndOfAnEpoch() throws IOException {
        RunStorage storage = new RunStorage(true);
        LiveStatus status = new LiveStatus("run", recipe.training(), TrainingState.START, storage, () -> clock);
        clock += 600 * MILLI;
        status.step(step(1, 1));
        clock += 100 * MILLI;
        status.step(step(1, 2));
        assertEquals(1, now(storage).get("step").asInt());
        status.step(step(1, STEPS));
        assertEquals(STEPS, now(storage).get("step").asInt());
        assertEquals("validating", now(storage).get("state").asText());
    }

    @Test
    void aTrainingThatWasInterruptedSaysSo() throws IOException {
        RunStorage storage = new RunStorage(true);
        LiveStatus status = new LiveStatus("run", recipe.training(), TrainingState.START, storage, () -> clock);
        status.interrupted(TrainingState.START);
        assertEquals("stopped", now(storage).get("state").asText());
    }
}
