package alexnet.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.data.FolderSource;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.evaluation.ErrorCount;
import alexnet.image.Pictures;
import alexnet.run.MetricsLog;
import alexnet.run.Progress;
import alexnet.run.Provenance;
import alexnet.run.RunFolder;
import alexnet.training.parallel.ParallelTrainer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Wherever a run is asked to stop, it goes on to the same end: there are 14 questions in each of its epochs. */
class InterruptedRunTest {
    private static final List<String> TIMES =
            List.of("imagesPerSecond", "dataWaitSeconds", "computeSeconds", "trainingSeconds");

    @TempDir
    private static Path folder;

    private static PreparedData data;
    private static Recipe recipe;
    private static INDArray parameters;
    private static List<?> metrics;

    @BeforeAll
    static void trainWithoutInterruption() throws IOException {
        for (String name : List.of("amber", "birch")) {
            Path ofClass = Files.createDirectories(folder.resolve("pictures").resolve(name));
            for (int i = 0; i < 14; i++) {
                Files.write(ofClass.resolve(i + ".jpg"), Pictures.jpeg(Pictures.photo(40, 40, i + name.hashCode())));
            }
        }
        Path prepared = folder.resolve("prepared");
        // 24 for training: 12 batches of 2; 4 for validation: 2 batches
        Preparation.run(
                FolderSource.open(folder.resolve("pictures"), 0.14, 1),
                prepared,
                Preparation.Options.of(32),
                Progress.SILENT);
        data = PreparedData.open(prepared);
        recipe = Recipes.load(
                "cifar10-towers", Map.of("network.width", "0.02", "training.batch", "2", "training.epochs", "2"));
        RunFolder whole = folder("whole");
        TrainingRun run = TrainingRun.begin(whole, recipe, data, settings(1), null);
        assertEquals(3, run.train(List.of(), () -> false).epoch());
        parameters = run.graph().params().dup();
        metrics = metrics(whole);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static RunFolder folder(String name) {
        return RunFolder.create(
                folder.resolve(name), recipe, Provenance.now("", 0, "", ""), folder.resolve("prepared"));
    }

    private static TrainingRun.Settings settings(int workers) {
        return new TrainingRun.Settings(workers, 1000, SingleTrainer::new);
    }

    private static List<?> metrics(RunFolder run) throws IOException {
        return MetricsLog.read(run.metrics()).stream()
                .map(line -> ((ObjectNode) line).remove(TIMES))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 10, 11, 12, 13, 14, 15, 25, 26, 27})
    void stoppedRunGoesOnToTheSameEnd(int question) throws IOException {
        RunFolder folder = folder("stopped-" + question);
        AtomicInteger asked = new AtomicInteger();
        TrainingRun first = TrainingRun.begin(folder, recipe, data, settings(1), null);
        TrainingState stopped = first.train(List.of(), () -> asked.getAndIncrement() >= question);
        int epoch = 1 + question / 14;
        assertEquals(epoch, stopped.epoch());
        assertEquals(Math.min(12, question - 14 * (epoch - 1)), stopped.batch());
        TrainingRun second = TrainingRun.resume(folder, recipe, data, settings(2));
        assertEquals(stopped, second.start());
        second.train(List.of(), () -> false);
        assertEquals(parameters, second.graph().params());
        assertEquals(0, parameters.sub(second.graph().params()).amaxNumber().doubleValue());
        assertEquals(metrics, metrics(folder));
    }

    @Test
    void aRunStopsAtItsGoalStaysThereWhenResumedAndGoesOnWithoutIt() throws IOException {
        Recipe short1 = Recipes.load(
                "cifar10-towers",
                Map.of(
                        "network.width",
                        "0.02",
                        "training.batch",
                        "2",
                        "training.epochs",
                        "2",
                        "training.stopAt.trainTop1",
                        "1"));
        RunFolder folder = RunFolder.create(
                InterruptedRunTest.folder.resolve("goal"),
                short1,
                Provenance.now("", 0, "", ""),
                InterruptedRunTest.folder.resolve("prepared"));
        TrainingRun first = TrainingRun.begin(folder, short1, data, settings(1), null);
        assertEquals(2, first.train(List.of(), () -> false).epoch(), "any error is at most 1");
        TrainingRun again = TrainingRun.resume(folder, short1, data, settings(1));
        assertEquals(2, again.train(List.of(), () -> false).epoch());
        assertEquals(12, again.graph().getIterationCount(), "nothing more was learned");
        TrainingRun further = TrainingRun.resume(folder, recipe, data, settings(1));
        assertEquals(3, further.train(List.of(), () -> false).epoch());
        assertEquals(parameters, further.graph().params(), "as if it had never stopped");
        List<?> log = metrics(folder);
        assertEquals(metrics.size(), log.size());
        assertEquals(metrics.get(log.size() - 1), log.get(log.size() - 1));
    }

    @Test
    void failureInAReplicaLeavesTheCheckpointBefore() throws IOException {
        RunFolder folder = folder("failed");
        TrainingRun.Settings failing = new TrainingRun.Settings(
                1, 2, (graph, precision) -> new Spoiling(new ParallelTrainer(graph, 2, precision), 6));
        TrainingRun first = TrainingRun.begin(folder, recipe, data, failing, null);
        RuntimeException failure = assertThrows(RuntimeException.class, () -> first.train(List.of(), () -> false));
        assertTrue(failure.getMessage().startsWith("Replica 1 of 2 failed in update 6: "), failure::toString);
        TrainingRun second = TrainingRun.resume(folder, recipe, data, settings(1));
        assertEquals(4, second.start().iteration());
        second.train(List.of(), () -> false);
        assertTrue(parameters.equalsWithEps(second.graph().params(), 1e-5), "and the training is the same");
    }

    /** Hands on a batch whose pictures have no class, which no replica can count. */
    private record Spoiling(Trainer trainer, int update) implements Trainer {
        @Override
        public ErrorCount step(DataSet batch) {
            if (trainer.graph().getIterationCount() + 1 == update) {
                batch.getLabels().assign(0);
            }
            return trainer.step(batch);
        }

        @Override
        public void apply(Rates rates) {
            trainer.apply(rates);
        }

        @Override
        public ComputationGraph graph() {
            return trainer.graph();
        }

        @Override
        public void close() {
            trainer.close();
        }
    }
}
