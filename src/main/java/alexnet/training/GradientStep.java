package alexnet.training;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The two halves of {@link ComputationGraph#fit(DataSet)} apart, for gradients that are computed in several places and
 * applied in one. As in the library, a gradient is a sum over examples, and the update divides by their number.
 */
public final class GradientStep {
    private GradientStep() {}

    /**
     * Computes the gradient of a batch into {@link ComputationGraph#getFlattenedGradients()}.
     *
     * @param graph a training graph
     * @param batch features {@code [n, 3, crop, crop]}, one-hot labels {@code [n, classes]}
     */
    public static void compute(ComputationGraph graph, DataSet batch) {
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.computeGradientAndScore();
    }

    /**
     * Makes one update from the graph's gradient, which it uses up, and counts the iteration.
     *
     * @param graph a training graph that has computed a gradient
     * @param examples that its gradient is the sum over
     */
    public static void apply(ComputationGraph graph, int examples) {
        ComputationGraphConfiguration counters = graph.getConfiguration();
        graph.getUpdater(true)
                .update(
                        graph.gradient(),
                        counters.getIterationCount(),
                        counters.getEpochCount(),
                        examples,
                        LayerWorkspaceMgr.noWorkspaces());
        graph.params().subi(graph.getFlattenedGradients().reshape(graph.params().shape()));
        counters.setIterationCount(counters.getIterationCount() + 1);
    }
}
