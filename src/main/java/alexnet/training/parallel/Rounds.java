package alexnet.training.parallel;

import alexnet.evaluation.ErrorCount;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Hands the shards of one batch after another from the training's thread to the wrapper's. The wrapper takes them in
 * blocks: it asks {@link #hasNext()} before each shard and once more after a block's last. That question is answered with
 * no; the one after it, before the next block, ends the round and waits for the next batch. All state is guarded by this
 * object's monitor.
 */
@SuppressWarnings("serial") // the interface is Serializable; this is no value to be sent
final class Rounds implements DataSetIterator {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<ErrorCount> counted;
    private List<Shard> shards = List.of();
    private int next;
    private boolean blockEnded = true;
    private transient CompletableFuture<ErrorCount> result = CompletableFuture.completedFuture(null);
    private boolean ended;
    private Throwable failure;

    /** @param counted asked at the end of each round for errors and loss on its batch */
    Rounds(Supplier<ErrorCount> counted) {
        this.counted = counted;
    }

    /**
     * @param round a shard for each replica; the round before must be over
     * @return completed when the update is made, or with what prevented it
     */
    synchronized CompletableFuture<ErrorCount> offer(List<Shard> round) {
        shards = round;
        next = 0;
        blockEnded = false;
        result = new CompletableFuture<>();
        if (ended) {
            result.completeExceptionally(failure);
        }
        notifyAll();
        return result;
    }

    /** No round will be done from now on, neither one that is under way nor one that is offered later. */
    synchronized void end(Throwable reason) {
        if (!ended) {
            ended = true;
            failure = reason;
        }
        result.completeExceptionally(failure);
        notifyAll();
    }

    @Override
    public synchronized boolean hasNext() {
        if (next >= shards.size() && !blockEnded) {
            blockEnded = true;
            return false;
        }
        if (next >= shards.size() && !result.isDone()) {
            result.complete(counted.get());
        }
        while (!ended && next >= shards.size()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Waiting for a batch was interrupted.", e);
            }
        }
        return !ended;
    }

    @Override
    public synchronized DataSet next() {
        if (next >= shards.size()) {
            throw new NoSuchElementException("No shard of this batch is left.");
        }
        return shards.get(next++);
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public boolean resetSupported() {
        return false;
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataSet next(int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int inputColumns() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int totalOutcomes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int batch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public List<String> getLabels() {
        return null;
    }
}
