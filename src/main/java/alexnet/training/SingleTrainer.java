package alexnet.training;

import alexnet.config.Precision;
import alexnet.evaluation.ErrorCount;
import alexnet.kernels.FastKernels;
import alexnet.model.layer.ObservedCrossEntropy;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Trains on one device. */
public final class SingleTrainer implements Trainer {
    private final ComputationGraph graph;
    private ErrorCount counted;

    /**
     * @param graph a training graph, initialised
     * @param precision in which its layers multiply
     */
    public SingleTrainer(ComputationGraph graph, Precision precision) {
        this.graph = graph;
        FastKernels.install(graph, precision, FastKernels.Use.TRAINING);
        OnePassUpdater.install(graph);
        OutputLayer output = (OutputLayer) graph.getOutputLayer(0).conf().getLayer();
        ((ObservedCrossEntropy) output.getLossFn()).observe(this::count);
    }

    @Override
    public ErrorCount step(DataSet batch) {
        counted = new ErrorCount();
        graph.fit(batch);
        if (Double.isFinite(counted.loss())
                && !Double.isFinite(graph.score())) { // the score holds the weights' squares
            throw new Diverged("Weights are no longer finite numbers at update " + graph.getIterationCount()
                    + ", while the loss is " + counted.loss() + ".");
        }
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

    private void count(double[][] logits, double[][] labels) {
        for (int i = 0; i < logits.length; i++) {
            int label = 0;
            while (labels[i][label] != 1) {
                label++;
            }
            counted.add(logits[i], label, ObservedCrossEntropy.crossEntropy(logits[i], labels[i]));
        }
    }
}
