package alexnet.training;

import alexnet.evaluation.ErrorCount;
import alexnet.kernels.NativeConvolutions;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Trains on one device. */
public final class SingleTrainer implements Trainer {
    private final ComputationGraph graph;
    private final BatchErrors errors;

    /** @param graph a training graph, initialised */
    public SingleTrainer(ComputationGraph graph) {
        this.graph = graph;
        NativeConvolutions.install(graph);
        this.errors = new BatchErrors(graph);
    }

    @Override
    public ErrorCount step(DataSet batch) {
        graph.fit(batch);
        return errors.take();
    }

    @Override
    public void apply(Rates rates) {
        rates.apply(graph);
    }

    @Override
    public ComputationGraph graph() {
        return graph;
    }
}
