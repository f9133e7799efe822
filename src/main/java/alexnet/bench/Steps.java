package alexnet.bench;

import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network in training.
 *
 * @param graph the network
 * @param step one step on a batch: forward pass, backward pass, update
 */
record Steps(ComputationGraph graph, Consumer<DataSet> step) {
    /** Of all contenders; so small that none diverges on noise, since the time of a step does not depend on it. */
    static final double RATE = 1e-4;
}
