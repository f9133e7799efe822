package alexnet.training;

import alexnet.config.Precision;
import alexnet.evaluation.ErrorCount;
import alexnet.kernels.FastKernels;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Trains on one device. */
public final class SingleTrainer implements Trainer {
    private final ComputationGraph graph;
    private final BatchErrors errors;

    /**
     * @param graph a training graph, initialised
     * @param precision in which its layers multiply
     */
    public SingleTrainer(ComputationGraph graph, Precision precision) {
        this.graph = graph;
        FastKernels.install(graph, precision, FastKernels.Use.TRAINING);
        OnePassUpdater.install(graph);
        this.errors = new BatchErrors(graph);
    }

    @Override
    public ErrorCount step(DataSet batch) {
        graph.fit(batch);
        ErrorCount counted = errors.take();
        Diverged.check(graph, counted);
        return counted;
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
