package alexnet.training.parallel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.training.SingleTrainer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Replicas that share a batch make the training of one; with the library's own trainer context they do not. */
@Timeout(1200)
class ExactnessTest {
    private static final int RUNS = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {1} replicas, keep {2}")
    @CsvSource({"DOUBLE, 2, 1", "FLOAT, 4, 0.5"})
    void replicasMakeTheTrainingOfOne(DataType type, int replicas, double keep) {
        check(type, replicas, keep, 1);
    }

    @Tag("soak")
    @ParameterizedTest(name = "{0}, {1} replicas, keep {2}")
    @CsvSource({
        "DOUBLE, 2, 1", "DOUBLE, 2, 0.5", "DOUBLE, 4, 1", "DOUBLE, 4, 0.5",
        "FLOAT, 2, 1", "FLOAT, 2, 0.5", "FLOAT, 4, 1", "FLOAT, 4, 0.5"
    })
    void replicasMakeTheTrainingOfOneInTwentyRuns(DataType type, int replicas, double keep) {
        check(type, replicas, keep, RUNS);
    }

    private void check(DataType type, int replicas, double keep, int runs) {
        Trial trial = new Trial(type, keep, folder);
        Trial.Outcome single = trial.run(SingleTrainer::new);
        double worst = 0;
        for (int run = 0; run < runs; run++) {
            Trial.Outcome parallel =
                    trial.run(Load.atStart((graph, precision) -> new ParallelTrainer(graph, replicas, precision)));
            worst = Math.max(worst, single.distance(parallel));
        }
        assertTrue(worst <= bound(type), "largest distance is " + worst);
    }

    @Test
    void theLibrarysOwnContextBreaksTheBound() {
        Trial trial = new Trial(DataType.FLOAT, 1, folder);
        Trial.Outcome single = trial.run(SingleTrainer::new);
        double library = single.distance(trial.run((graph, precision) -> new LibraryTrainer(graph, 2)));
        assertTrue(library > bound(DataType.FLOAT), "distance is " + library);
    }

    private static double bound(DataType type) {
        return type == DataType.DOUBLE ? 1e-9 : 1e-4;
    }
}
