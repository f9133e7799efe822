package alexnet.pipeline;

import alexnet.config.Shuffle;
import alexnet.config.UsageException;
import alexnet.data.ImageSplit;
import java.util.List;
import java.util.NoSuchElementException;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Batches of a split: features {@code [n, 3, crop, crop]}, labels one-hot {@code [n, classes]}, n the batch size or, at
 * the end of an epoch, what is left.
 *
 * <p>Several threads work ahead. The batches' bytes depend on seed, epoch and batch number only: they are the same for
 * any number of threads, and when an epoch is started in its middle. A batch's arrays stay valid until {@link #next()}
 * has been called twice more; then their memory is used again. Whatever goes wrong in a worker is thrown by
 * {@link #next()}, then and ever after. For one consuming thread.
 */
@SuppressWarnings("serial") // the interface is Serializable; this is no value to be sent
public final class ImageBatches implements DataSetIterator, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final ImageSplit split;
    private final List<String> classes;
    private final Settings settings;
    private final BatchRing ring;
    private final ShardsAhead ahead;
    private DataSetPreProcessor preProcessor;
    private boolean started;
    private int epoch;
    private int batch;
    private int firstBatch;
    private int[] order;
    private int[] labels = {};
    private long waitNanos;

    /**
     * How the batches are made.
     *
     * @param batch pictures in a batch; the paper's 128
     * @param seed determines order and augmentation
     * @param workers threads
     * @param shuffle whether each epoch has an order of its own; false for evaluation
     * @param prefetch batches made ahead; each takes {@code batch·3·crop²·4} bytes, as do two more
     * @param by whether all pictures are shuffled or shards
     */
    public record Settings(int batch, long seed, int workers, boolean shuffle, int prefetch, Shuffle by) {
        private static final int PREFETCH = 2;

        /**
         * All pictures are shuffled, if any are.
         *
         * @param batch pictures in a batch
         * @param seed determines order and augmentation
         * @param workers threads
         * @param shuffle whether each epoch has an order of its own
         * @param prefetch batches made ahead
         */
        public Settings(int batch, long seed, int workers, boolean shuffle, int prefetch) {
            this(batch, seed, workers, shuffle, prefetch, Shuffle.EPOCH);
        }

        /** Checks the ranges. */
        public Settings {
            if (batch < 1 || workers < 1 || prefetch < 1) {
                throw new UsageException("Batches have size " + batch + ", " + workers + " workers and prefetch "
                        + prefetch + ", expected 1 or more of each. Correct them.");
            }
        }

        /**
         * @param batch pictures in a batch
         * @param seed determines order and augmentation
         * @return shuffled, a thread for each core
         */
        public static Settings training(int batch, long seed) {
            return new Settings(batch, seed, Runtime.getRuntime().availableProcessors(), true, PREFETCH);
        }

        /**
         * @param batch pictures in a batch
         * @return in the split's own order, a thread for each core
         */
        public static Settings evaluation(int batch) {
            return new Settings(batch, 0, Runtime.getRuntime().availableProcessors(), false, PREFETCH);
        }
    }

    /**
     * @param split the pictures
     * @param pipeline what is done to them
     * @param classes the classes' names
     * @param settings how the batches are made
     * @throws UsageException if the split is empty
     */
    public ImageBatches(ImageSplit split, AugmentationPipeline pipeline, List<String> classes, Settings settings) {
        if (split.size() == 0) {
            throw new UsageException("The split " + split.name()
                    + " has no pictures, expected one at least. See quarantine.tsv and prepare the pictures again.");
        }
        if (split.side() != pipeline.storedSide()) {
            throw new IllegalArgumentException(
                    "Pictures of " + split.side() + " pixels, pipeline for " + pipeline.storedSide() + ".");
        }
        this.split = split;
        this.classes = List.copyOf(classes);
        this.settings = settings;
        this.ahead = new ShardsAhead(split);
        this.ring = new BatchRing(
                split, pipeline, settings.batch(), classes.size(), settings.workers(), settings.prefetch());
    }

    /**
     * Begins an epoch, perhaps in its middle. Batches of the epoch before that were not taken are dropped.
     *
     * @param newEpoch from 0; determines order and draws
     * @param fromBatch the first batch wanted, from 0
     * @throws UsageException if the epoch has not so many batches
     */
    public void startEpoch(int newEpoch, int fromBatch) {
        if (fromBatch < 0 || fromBatch > batches()) {
            throw new UsageException("Batch " + fromBatch + " of an epoch of " + batches() + " is asked for. The run"
                    + " was made with another batch size or other data: resume it with its own.");
        }
        started = false; // if the next line throws
        EpochOrder planned = EpochOrder.of(split, settings, newEpoch);
        order = planned.images();
        ahead.start(planned, fromBatch * settings.batch());
        ring.start(order, settings.seed(), newEpoch, fromBatch);
        epoch = newEpoch;
        batch = fromBatch;
        firstBatch = fromBatch;
        started = true;
    }

    @Override
    public boolean hasNext() {
        return started ? batch < batches() : batches() > 0;
    }

    /**
     * @return the next batch; starts epoch {@link #epoch()} if none is started
     * @throws alexnet.run.RunException if a picture could not be read or prepared; the message names it
     */
    @Override
    public DataSet next() {
        if (!started) {
            ring.check();
            startEpoch(epoch, 0);
        }
        if (batch >= batches()) {
            ring.check();
            throw new NoSuchElementException("Epoch " + epoch + " has " + batches() + " batches.");
        }
        long before = System.nanoTime();
        BatchRing.Slot slot = ring.take(batch);
        waitNanos += System.nanoTime() - before;
        int size = ring.sizeOf(batch);
        labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = split.label(order[batch * settings.batch() + i]);
        }
        batch++;
        ahead.reached(batch * settings.batch());
        DataSet result = new DataSet(first(slot.features, size), first(slot.labels, size));
        if (preProcessor != null) {
            preProcessor.preProcess(result);
        }
        return result;
    }

    private static INDArray first(INDArray array, int size) {
        // written behind the library's back: with a device, its copy there is stale
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
        return size == array.size(0) ? array : array.get(NDArrayIndex.interval(0, size));
    }

    /** @return the epoch under way, from 0 */
    public int epoch() {
        return epoch;
    }

    /** @return number of the next batch within its epoch, from 0 */
    public int nextBatch() {
        return batch;
    }

    /** @return batches in an epoch */
    public int batches() {
        return ring.batches();
    }

    /** @return the class of each picture of the last batch, {@code [n]} */
    public int[] labels() {
        return labels.clone();
    }

    /** @return how long, in all, the consumer has waited for batches, in nanoseconds */
    public long waitNanos() {
        return waitNanos;
    }

    /** Begins the next epoch; the same one again if nothing has been taken of it, or if it is not shuffled. */
    @Override
    public void reset() {
        if (!started || batch > firstBatch) {
            startEpoch(started && settings.shuffle() ? epoch + 1 : epoch, 0);
        }
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** @return false: batches are made ahead here already, and the library's way would keep them too long */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public DataSet next(int count) {
        throw new UnsupportedOperationException("Batches have one size, " + settings.batch() + ".");
    }

    @Override
    public int batch() {
        return settings.batch();
    }

    @Override
    public int inputColumns() {
        return Math.toIntExact(ring.valuesPerImage());
    }

    @Override
    public int totalOutcomes() {
        return classes.size();
    }

    @Override
    public List<String> getLabels() {
        return classes;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor newPreProcessor) {
        preProcessor = newPreProcessor;
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    /** Ends the threads. Later calls of {@link #next()} fail. */
    @Override
    public void close() {
        ahead.close();
        ring.close();
    }
}
