package alexnet.training.parallel;

import alexnet.config.Precision;
import alexnet.evaluation.ErrorCount;
import alexnet.training.GradientStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.factory.TrainerContext;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the wrapper's trainers and, after each round, the update. The library's own context copies the first replica while
 * that already trains, and its mean ignores how many examples each replica had; both make it another training than that
 * of one device.
 */
final class ReplicaContext implements TrainerContext {
    private final ComputationGraph root;
    private final Precision precision;
    private final AtomicInteger missing;
    private final CompletableFuture<Void> replicated = new CompletableFuture<>();
    private final List<Replica> replicas = new ArrayList<>();
    private ErrorCount counted; // by the wrapper's thread, as is all that follows from it

    ReplicaContext(ComputationGraph root, int replicas, Precision precision) {
        this.root = root;
        this.precision = precision;
        this.missing = new AtomicInteger(replicas);
    }

    @Override
    public void init(Model model, Object... args) {
        // all that is needed is known
    }

    @Override
    public Replica create(
            String uuid,
            int id,
            Model model,
            int rootDevice,
            boolean multi,
            ParallelWrapper wrapper,
            WorkspaceMode mode,
            int frequency) {
        Replica replica = new Replica(id, root, precision, this);
        synchronized (this) {
            replicas.add(replica);
        }
        return replica;
    }

    /** Completed when all replicas are; until then nothing may change the root. */
    CompletableFuture<Void> allReplicated() {
        return replicated;
    }

    /** Whether a replica's thread was started and is no more. */
    synchronized boolean isOneDead() {
        return replicas.stream().anyMatch(Replica::isDead);
    }

    void replicated() {
        if (missing.decrementAndGet() == 0) {
            replicated.complete(null);
        }
    }

    void notReplicated(Throwable failure) {
        replicated.completeExceptionally(failure); // of no effect once they are
    }

    /** Errors and loss on the newest batch. */
    ErrorCount counted() {
        return counted;
    }

    /**
     * Adds up the gradients and makes one update of the root. A gradient is a sum over examples, and the update divides by
     * the number of all: that is their mean weighted by examples, with no rounding that one device would not have.
     */
    void average() {
        List<INDArray> gradients = new ArrayList<>();
        counted = new ErrorCount();
        int examples = 0;
        double score = 0;
        for (Replica replica : replicas) {
            if (replica.rows() > 0) {
                gradients.add(replica.gradient());
                counted.add(replica.errors());
                examples += replica.rows();
                score += replica.score() * replica.rows();
            }
        }
        addPairwise(gradients);
        GradientStep.apply(root, examples);
        root.setScore(score / examples); // listeners ask for it
    }

    /** Leaves the sum in the first, in place; the others hold partial sums. */
    private static void addPairwise(List<INDArray> gradients) {
        for (int gap = 1; gap < gradients.size(); gap *= 2) {
            for (int i = 0; i + gap < gradients.size(); i += 2 * gap) {
                gradients.get(i).addi(gradients.get(i + gap));
            }
        }
    }

    @Override
    public void finalizeRound(Model model, Model... models) {
        // the wrapper never calls it
    }

    @Override
    public void finalizeTraining(Model model, Model... models) {
        // the wrapper never calls it
    }
}
