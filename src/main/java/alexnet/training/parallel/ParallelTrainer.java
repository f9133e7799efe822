package alexnet.training.parallel;

import alexnet.config.Precision;
import alexnet.evaluation.ErrorCount;
import alexnet.run.RunException;
import alexnet.training.Diverged;
import alexnet.training.OnePassUpdater;
import alexnet.training.Rates;
import alexnet.training.Trainer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.factory.TrainerContext;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains on several devices at once through the library's {@link ParallelWrapper}: each replica computes the gradient of
 * its share of the batch, the gradients are added up, one update is made, and all go on from the same parameters. N
 * replicas with batches of B are the same training as one with batches of N·B.
 *
 * <p>The wrapper runs on a thread of its own for as long as the trainer is open, so that replicas, their threads and their
 * memory outlast an epoch. Listeners of the graph are called by {@link #step}, on the caller's thread, after the update;
 * callbacks about single activations and gradients are not, since there is no one place that has them.
 */
public final class ParallelTrainer implements Trainer {
    private final ComputationGraph graph;
    private final int replicas;
    private final Rounds rounds;
    private final Thread driver;
    private final List<TrainingListener> listeners = new ArrayList<>();

    /**
     * Starts the replicas and waits until all are complete.
     *
     * @param graph a training graph, initialised; it is the first replica, and its parameters are the training's
     * @param replicas 2 or more
     * @param precision in which their layers multiply
     * @throws RunException if memory for a replica is missing
     */
    public ParallelTrainer(ComputationGraph graph, int replicas, Precision precision) {
        this(graph, replicas, new ReplicaContext(graph, replicas, precision));
    }

    private ParallelTrainer(ComputationGraph graph, int replicas, ReplicaContext context) {
        this(graph, replicas, context, context.allReplicated(), context::isOneDead, context::counted);
    }

    /** With any context: ready when the future is complete, which waits in vain if one is dead. */
    ParallelTrainer(
            ComputationGraph graph,
            int replicas,
            TrainerContext context,
            CompletableFuture<Void> ready,
            BooleanSupplier dead,
            Supplier<ErrorCount> counted) {
        if (replicas < 2) {
            throw new IllegalArgumentException(replicas + " replicas, expected 2 or more. Use SingleTrainer for one.");
        }
        this.graph = graph;
        this.replicas = replicas;
        this.rounds = new Rounds(counted);
        OnePassUpdater.install(graph);
        adoptListeners();
        driver = new Thread(() -> drive(context, ready), "parallel-wrapper");
        driver.setDaemon(true);
        driver.start();
        try {
            outcome(ready, dead);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void drive(TrainerContext context, CompletableFuture<Void> ready) {
        Throwable reason = new IllegalStateException("The trainer has been closed.");
        try {
            ParallelWrapper wrapper = new ParallelWrapper.Builder<>(graph)
                    .workers(replicas)
                    .prefetchBuffer(0)
                    .averagingFrequency(1)
                    .workspaceMode(graph.getConfiguration().getTrainingWorkspaceMode())
                    .build();
            wrapper.setTrainerContext(context); // build() has set the library's, whatever it was told
            ThreadPoolExecutor threads = wrapper.getExecutorService();
            try {
                wrapper.fit(rounds);
            } finally {
                wrapper.shutdown();
                threads.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
            }
        } catch (Throwable e) { // an Error too: the training's thread waits for an answer
            reason = e;
        } finally {
            ready.completeExceptionally(reason); // of no effect once it is
            rounds.end(reason);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws RunException if memory ran out in a replica, or the wait was interrupted
     * @throws IllegalStateException if anything else went wrong in one; then no replica and no thread is left
     */
    @Override
    public ErrorCount step(DataSet batch) {
        adoptListeners();
        int iteration = graph.getIterationCount();
        ErrorCount counted = outcome(rounds.offer(Shard.of(batch, replicas)), () -> !driver.isAlive());
        Diverged.check(graph, counted);
        for (TrainingListener listener : listeners) {
            listener.iterationDone(graph, iteration, graph.getEpochCount());
        }
        return counted;
    }

    /** Takes listeners off the graph, where the first replica's thread would call them before the update. */
    private void adoptListeners() {
        Collection<TrainingListener> added = graph.getListeners();
        if (!added.isEmpty()) {
            listeners.addAll(added);
            graph.setListeners(List.of());
        }
    }

    private <T> T outcome(Future<T> future, BooleanSupplier dead) {
        try {
            return Waiting.on(future, dead);
        } catch (Waiting.Failed e) {
            throw failed(e.getCause());
        }
    }

    private RuntimeException failed(Throwable cause) {
        if (cause instanceof InterruptedException) {
            return new RunException(
                    "Waiting for the replicas was interrupted, expected an update. Go on with --resume.", cause);
        }
        ReplicaFailure failure = ReplicaFailure.in(cause);
        Throwable thrown = cause;
        while (thrown.getCause() != null) { // the library wraps what is thrown in its backward pass
            thrown = thrown.getCause();
        }
        String where = failure == null
                ? "Averaging " + replicas + " replicas"
                : "Replica " + (failure.replica() + 1) + " of " + replicas;
        String what = where + " failed in update " + (graph.getIterationCount() + 1) + ": " + thrown + ".";
        if (thrown instanceof OutOfMemoryError) {
            return new RunException(
                    what + " All replicas were stopped; the last checkpoint is whole. Go on with --resume and fewer"
                            + " --replicas, or raise -Xmx and org.bytedeco.javacpp.maxbytes in .mvn/jvm.config.",
                    cause);
        }
        return new IllegalStateException(what + " All replicas were stopped; the last checkpoint is whole.", cause);
    }

    /** @param rates of the root's update, which is the only one */
    @Override
    public void apply(Rates rates) {
        rates.apply(graph);
    }

    @Override
    public ComputationGraph graph() {
        return graph;
    }

    /** Ends the replicas and waits for their threads; the graph gets its listeners back. */
    @Override
    public void close() {
        rounds.end(new IllegalStateException("The trainer has been closed."));
        boolean interrupted = false;
        while (driver.isAlive()) {
            try {
                driver.join();
            } catch (InterruptedException e) { // the round under way ends by itself
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<TrainingListener> all = new ArrayList<>(listeners);
        all.addAll(graph.getListeners());
        listeners.clear();
        graph.setListeners(all);
    }
}
