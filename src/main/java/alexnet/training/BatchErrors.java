package alexnet.training;

import alexnet.evaluation.ErrorCount;
import alexnet.model.layer.ObservedCrossEntropy;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Counts errors and loss of the batches that a training graph computes, from the logits of its last layer. */
public final class BatchErrors {
    private ErrorCount counted = new ErrorCount();

    /** @param graph a training graph, initialised, whose batches are counted from now on */
    public BatchErrors(ComputationGraph graph) {
        OutputLayer output = (OutputLayer) graph.getOutputLayer(0).conf().getLayer();
        ((ObservedCrossEntropy) output.getLossFn()).observe(this::count);
    }

    /** @return what was counted since the last call */
    public ErrorCount take() {
        ErrorCount taken = counted;
        counted = new ErrorCount();
        return taken;
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
