package alexnet.training;

import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Writes a checkpoint every so many steps, at the end of each epoch, and when the training is interrupted. */
public final class CheckpointListener implements RunListener {
    private final Path folder;
    private final ComputationGraph graph;
    private final String data;
    private final String network;
    private final int interval;

    /**
     * @param folder the run's folder of checkpoints
     * @param graph the training's graph
     * @param data digest of the prepared data
     * @param network the architecture as text
     * @param steps between checkpoints within an epoch
     */
    public CheckpointListener(Path folder, ComputationGraph graph, String data, String network, int steps) {
        this.folder = folder;
        this.graph = graph;
        this.data = data;
        this.network = network;
        this.interval = steps;
    }

    @Override
    public void step(Step step) {
        if (step.state().batch() % interval == 0 && step.state().batch() < step.batches()) {
            write(step.state());
        }
    }

    @Override
    public void epoch(Epoch epoch) {
        write(epoch.state());
    }

    @Override
    public void interrupted(TrainingState state) {
        write(state);
    }

    private void write(TrainingState state) {
        // The loss of a step is that before its update: the last update may have gone wrong unseen.
        if (!Double.isFinite(graph.params().sumNumber().doubleValue())) {
            throw new Diverged(
                    "Parameters are no longer finite after update " + state.iteration() + ", expected finite numbers.");
        }
        Checkpoint.write(folder, graph, state, data, network);
    }
}
