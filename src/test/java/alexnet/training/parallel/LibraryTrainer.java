package alexnet.training.parallel;

import alexnet.evaluation.ErrorCount;
import alexnet.training.Rates;
import alexnet.training.Trainer;
import java.util.concurrent.CompletableFuture;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.factory.DefaultTrainerContext;
import org.nd4j.linalg.dataset.DataSet;

/** The same wrapper with the library's own trainer context, begun anew in each epoch, as it is when it is called so. */
final class LibraryTrainer implements Trainer {
    private final ComputationGraph graph;
    private final int replicas;
    private ParallelTrainer epoch;

    LibraryTrainer(ComputationGraph graph, int replicas) {
        this.graph = graph;
        this.replicas = replicas;
    }

    @Override
    public void apply(Rates rates) {
        close();
        rates.apply(graph);
        epoch = new ParallelTrainer(
                graph,
                replicas,
                new DefaultTrainerContext(),
                CompletableFuture.completedFuture(null),
                () -> false,
                () -> new ErrorCount(1, 0, 0, 0));
    }

    @Override
    public ErrorCount step(DataSet batch) {
        return epoch.step(batch);
    }

    @Override
    public ComputationGraph graph() {
        return graph;
    }

    @Override
    public void close() {
        if (epoch != null) {
            epoch.close();
        }
    }
}
