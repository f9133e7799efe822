package alexnet.training;

import alexnet.evaluation.ErrorCount;
import alexnet.kernels.NativeConvolutions;
import alexnet.model.layer.ObservedCrossEntropy;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Trains on one device. */
public final class SingleTrainer implements Trainer {
    private final ComputationGraph graph;
    private ErrorCount counted;

    /** @param graph a training graph, initialised */
    public SingleTrainer(ComputationGraph graph) {
        this.graph = graph;
        NativeConvolutions.install(graph);
        OutputLayer output = (OutputLayer) graph.getOutputLayer(0).conf().getLayer();
        ((ObservedCrossEntropy) output.getLossFn()).observe(this::count);
    }

    @Override
    public ErrorCount step(DataSet batch) {
        counted = new ErrorCount();
        graph.fit(batch);
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
