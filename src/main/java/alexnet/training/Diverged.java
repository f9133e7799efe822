package alexnet.training;

import alexnet.evaluation.ErrorCount;
import alexnet.run.RunException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The loss of a step, or a parameter, is no longer a finite number. */
public final class Diverged extends RunException {
    private static final long serialVersionUID = 1L;

    /** @param message what, found and expected; the next step depends on the checkpoints and is added by the caller */
    Diverged(String message) {
        super(message);
    }

    /**
     * @param graph after an update, its score that of the batch before it
     * @param counted loss on that batch
     * @throws Diverged if the score, which holds the weights' squares, is no longer finite, although the loss is
     */
    public static void check(ComputationGraph graph, ErrorCount counted) {
        if (Double.isFinite(counted.loss()) && !Double.isFinite(graph.score())) {
            throw new Diverged("Weights are no longer finite numbers at update " + graph.getIterationCount()
                    + ", while the loss is " + counted.loss() + ".");
        }
    }
}
