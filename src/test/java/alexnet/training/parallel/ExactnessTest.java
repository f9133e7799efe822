package alexnet.training.parallel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.training.SingleTrainer;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Replicas that share a batch make the training of one. */
@Timeout(300)
class ExactnessTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {1} replicas, keep {2}, {3} runs")
    @CsvSource({"DOUBLE, 2, 0.5, 2", "DOUBLE, 4, 0.5, 2", "FLOAT, 2, 1, 1", "FLOAT, 4, 0.5, 2"})
    void replicasUnderLoadMakeTheTrainingOfOne(DataType type, int replicas, double keep, int runs) throws Exception {
        Trial trial = new Trial(type, keep, folder);
        Trial.Outcome single = trial.run(SingleTrainer::new);
        double worst = 0;
        for (int run = 0; run < runs; run++) {
            long t = System.nanoTime();
            Trial.Outcome parallel = Load.during(() -> trial.run(graph -> new ParallelTrainer(graph, replicas)));
            System.out.println(
                    type + " " + replicas + " " + single.distance(parallel) + " " + (System.nanoTime() - t) / 1e9);
            worst = Math.max(worst, single.distance(parallel));
        }
        double bound = type == DataType.DOUBLE ? 1e-9 : 1e-4;
        assertTrue(worst <= bound, "largest distance is " + worst);
    }
}
