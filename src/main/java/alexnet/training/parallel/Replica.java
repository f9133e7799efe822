package alexnet.training.parallel;

import alexnet.config.Precision;
import alexnet.evaluation.ErrorCount;
import alexnet.kernels.FastKernels;
import alexnet.model.layer.PaperDropout;
import alexnet.training.BatchErrors;
import alexnet.training.GradientStep;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.trainer.Trainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One copy of the graph on a thread, hence a device, of its own. It computes gradients and updates nothing: at the start
 * of each round it takes the root's parameters and counters. The first replica is the root graph itself.
 */
final class Replica implements Trainer {
    private final int id;
    private final ComputationGraph root;
    private final Precision precision;
    private final ReplicaContext context;
    private final BlockingQueue<Optional<Shard>> fed = new LinkedBlockingQueue<>(); // empty: end
    private volatile CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private volatile boolean ended;
    private volatile Thread thread;
    private ComputationGraph graph; // these are the thread's own, read by others only between rounds
    private BatchErrors errors;
    private int rows;

    Replica(int id, ComputationGraph root, Precision precision, ReplicaContext context) {
        this.id = id;
        this.root = root;
        this.precision = precision;
        this.context = context;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            thread.setName("replica-" + (id + 1));
            replicate();
            context.replicated();
            for (Optional<Shard> shard = fed.take(); shard.isPresent(); shard = fed.take()) {
                compute(shard.get());
                done.complete(null);
            }
        } catch (Throwable e) { // an Error too: whoever waits must hear of it
            fail(e);
        } finally {
            ended = true;
            fail(new IllegalStateException("The replica's thread has ended."));
            // the graph may outlive this thread, its workspaces must not
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }

    private void fail(Throwable cause) {
        ReplicaFailure failure = new ReplicaFailure(id, cause);
        done.completeExceptionally(failure);
        context.notReplicated(failure);
    }

    private void replicate() {
        if (id == 0) {
            graph = root;
        } else {
            graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(
                    root.getConfiguration().toJson()));
            graph.init(root.params(), true);
        }
        FastKernels.install(graph, precision, FastKernels.Use.TRAINING);
        errors = new BatchErrors(graph);
    }

    private void compute(Shard shard) {
        rows = shard.rows();
        if (rows == 0) {
            return;
        }
        if (graph != root) { // nobody writes these during a round
            graph.params().assign(root.params());
            graph.getConfiguration().setIterationCount(root.getConfiguration().getIterationCount());
            graph.getConfiguration().setEpochCount(root.getConfiguration().getEpochCount());
        }
        for (Layer layer : graph.getLayers()) {
            if (layer.conf().getLayer() instanceof PaperDropout dropout) {
                dropout.startAtRow(shard.firstRow());
            }
        }
        GradientStep.compute(graph, shard.owned());
        Nd4j.getExecutioner().commit(); // a device may still be at it
    }

    /** How many examples the newest gradient is the sum over; 0 if the replica had none in this round. */
    int rows() {
        return rows;
    }

    /** The newest gradient, not divided by the number of examples. */
    INDArray gradient() {
        return graph.getFlattenedGradients();
    }

    /** Mean loss on the newest shard, decay included. */
    double score() {
        return graph.score();
    }

    /** Errors and loss on the newest shard; nothing if it had no rows. */
    ErrorCount errors() {
        return errors.take();
    }

    @Override
    public void feedDataSet(DataSet shard, long etlTime) {
        done = new CompletableFuture<>();
        fed.add(Optional.of((Shard) shard));
        if (ended) {
            fail(new IllegalStateException("The replica's thread has ended."));
        }
    }

    /** Waits for the end of the round; what went wrong in it is thrown as {@link ReplicaFailure}. */
    @Override
    public void waitTillRunning() {
        Waiting.on(done, this::isDead);
    }

    /** Whether the thread was started and is no more. */
    boolean isDead() {
        return thread != null && !thread.isAlive();
    }

    @Override
    public void shutdown() {
        fed.add(Optional.empty());
    }

    @Override
    public boolean isRunning() {
        return !ended;
    }

    /** Called once a round, of the first replica, when all are done. */
    @Override
    public boolean averagingRequired() {
        context.average();
        return false; // done, and by the number of examples, which the wrapper's own way ignores
    }

    @Override
    public ComputationGraph getModel() {
        return graph;
    }

    @Override
    public String getUuid() {
        return "replica-" + (id + 1);
    }

    @Override
    public void feedMultiDataSet(MultiDataSet data, long etlTime) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void updateModel(org.deeplearning4j.nn.api.Model model) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void updateModelParams(INDArray parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void updateUpdaterParams(INDArray state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setUncaughtExceptionHandler(Thread.UncaughtExceptionHandler handler) {
        // nothing is left uncaught
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException();
    }
}
