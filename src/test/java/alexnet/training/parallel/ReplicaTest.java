package alexnet.training.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import alexnet.config.Precision;
import alexnet.evaluation.ErrorCount;
import alexnet.training.Patience;
import alexnet.training.SingleTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(300)
class ReplicaTest {
    private static final Path NO_CHECKPOINT = Path.of("none");

    private final Trial trial = new Trial(DataType.FLOAT, 0.5, NO_CHECKPOINT);

    @ParameterizedTest
    @CsvSource({"128, 2, 64 64", "5, 4, 2 1 1 1", "7, 2, 4 3", "1, 3, 1 0 0", "2, 4, 1 0 1 0"})
    void aBatchIsSharedInOrderAndTheFirstReplicaAlwaysHasSome(int rows, int replicas, String sizes) {
        DataSet batch = new DataSet(
                Nd4j.arange(rows).castTo(DataType.FLOAT).reshape(rows, 1), Nd4j.ones(DataType.FLOAT, rows, 1));
        List<Shard> shards = Shard.of(batch, replicas);
        assertEquals(
                sizes,
                String.join(
                        " ",
                        shards.stream()
                                .map(shard -> String.valueOf(shard.rows()))
                                .toList()));
        int next = 0;
        for (Shard shard : shards) {
            for (int i = 0; i < shard.rows(); i++) {
                assertEquals(next, shard.firstRow() + i);
                assertEquals(next++, shard.owned().getFeatures().getInt(i, 0));
            }
        }
        assertEquals(rows, next);
    }

    @Test
    void aFurtherReplicaHoldsParametersAndGradientAndNoVelocity() throws Exception {
        ComputationGraph root = trial.graph();
        ReplicaContext context = new ReplicaContext(root, 2, Precision.FP32);
        Replica first = context.create("", 0, root, 0, false, null, WorkspaceMode.ENABLED, 1);
        Replica second = context.create("", 1, root, 0, false, null, WorkspaceMode.ENABLED, 1);
        List<Thread> threads = List.of(new Thread(first), new Thread(second));
        threads.forEach(Thread::start);
        context.allReplicated().get(60, TimeUnit.SECONDS);
        List<Shard> shards = Shard.of(trial.batch(0), 2);
        first.feedDataSet(shards.get(0), 0);
        second.feedDataSet(shards.get(1), 0);
        first.waitTillRunning();
        second.waitTillRunning();
        assertSame(root, first.getModel(), "the first costs nothing further");
        assertNotSame(root.params(), second.getModel().params());
        assertEquals(root.params(), second.getModel().params());
        assertNull(second.getModel().getUpdater(false));
        first.shutdown();
        second.shutdown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void listenersSeeOneTrainingOnTheCallersThreadAfterTheUpdate() {
        List<String> single = new ArrayList<>();
        List<String> parallel = new ArrayList<>();
        ComputationGraph one = trial.graph();
        one.setListeners(new Recorder(single));
        SingleTrainer alone = new SingleTrainer(one, Precision.FP32);
        ComputationGraph two = trial.graph();
        two.setListeners(new Recorder(parallel));
        try (ParallelTrainer shared = new ParallelTrainer(two, 2, Precision.FP32)) {
            shared.apply(trial.schedule().rates(1, Patience.START));
            alone.apply(trial.schedule().rates(1, Patience.START));
            IntStream.range(7, Trial.BATCHES).forEach(n -> {
                ErrorCount expected = alone.step(trial.batch(n));
                ErrorCount found = shared.step(trial.batch(n));
                assertEquals(expected.images(), found.images());
                assertEquals(expected.wrong1(), found.wrong1());
                assertEquals(expected.loss(), found.loss(), 1e-5);
                assertEquals(one.score(), two.score(), 1e-5);
                assertFalse(found.loss() == 0);
            });
        }
        assertEquals(single, parallel);
        assertEquals(3, single.size());
    }

    /** Writes down on which thread, at which iteration, and how far the parameters have come. */
    private static final class Recorder extends BaseTrainingListener {
        private final List<String> calls;

        Recorder(List<String> calls) {
            this.calls = calls;
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            calls.add("%s iteration %d epoch %d parameters %.4f"
                    .formatted(
                            Thread.currentThread().getName(),
                            iteration,
                            epoch,
                            model.params().norm2Number().doubleValue()));
        }
    }
}
