package alexnet.pipeline;

import alexnet.data.ImageSplit;
import alexnet.run.RunException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A ring of preallocated batches that worker threads fill ahead of the consumer, picture by picture. Which thread fills
 * what makes no difference to the bytes. All state is guarded by this object's monitor.
 *
 * <p>Threads are never interrupted: that would close the records' file for all of them.
 */
final class BatchRing implements AutoCloseable {
    /** Delivered batches that stay untouched. */
    private static final int KEPT = 2;

    /** A batch's memory. */
    static final class Slot {
        final INDArray features; // [batch, 3, crop, crop]
        final INDArray labels; // [batch, classes]
        final FloatPointer featureValues;
        final FloatPointer labelValues;
        int batch = -1; // which one it holds or will hold; −1 for none of this epoch
        int missing; // pictures not yet filled in

        Slot(int size, int crop, int classes) {
            features = Nd4j.create(DataType.FLOAT, size, 3, crop, crop);
            labels = Nd4j.create(DataType.FLOAT, size, classes);
            featureValues = new FloatPointer(features.data().pointer());
            labelValues = new FloatPointer(labels.data().pointer());
        }
    }

    /** One picture to fill in. */
    private record Ticket(Slot slot, AugmentationPipeline.Use use) {}

    private final ImageSplit split;
    private final AugmentationPipeline pipeline;
    private final int batchSize;
    private final int classes;
    private final Slot[] slots;
    private final List<Thread> threads = new ArrayList<>();

    private int[] order = {};
    private AugmentationPipeline.Use epochUse; // seed, epoch and strength of the current epoch
    private int firstBatch;
    private long firstSerial; // how many batches had been delivered when the epoch started
    private long delivered;
    private int nextBatch;
    private int nextPosition;
    private int limit; // tickets are given for batches below
    private int underWay;
    private boolean closed;
    private RunException failure;

    BatchRing(ImageSplit split, AugmentationPipeline pipeline, int batchSize, int classes, int workers, int prefetch) {
        this.split = split;
        this.pipeline = pipeline;
        this.batchSize = batchSize;
        this.classes = classes;
        this.slots = new Slot[prefetch + KEPT];
        Arrays.setAll(slots, i -> new Slot(batchSize, pipeline.crop(), classes));
        for (int i = 0; i < workers; i++) {
            Thread thread = new Thread(this::work, "batches-" + split.name() + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Waits for the pictures under way, then begins an epoch's order at a batch. */
    synchronized void start(int[] newOrder, long seed, int epoch, int fromBatch) {
        limit = 0; // no more tickets
        while (underWay > 0) {
            await();
        }
        check();
        for (Slot slot : slots) {
            slot.batch = -1;
        }
        order = newOrder;
        epochUse = new AugmentationPipeline.Use(seed, epoch, 0, 0, 0, pipeline.lightingStrength());
        firstBatch = fromBatch;
        firstSerial = delivered;
        nextBatch = fromBatch;
        nextPosition = 0;
        allow(fromBatch + slots.length - KEPT);
    }

    /** Waits for a batch, which must be the one after the last; the batch before the last is given up. */
    synchronized Slot take(int batch) {
        allow(batch + slots.length - KEPT + 1);
        Slot slot = slot(batch);
        while (failure == null && !closed && !(slot.batch == batch && slot.missing == 0)) {
            await();
        }
        check();
        delivered++;
        return slot;
    }

    int batches() {
        return (split.size() + batchSize - 1) / batchSize;
    }

    long valuesPerImage() {
        return 3L * pipeline.crop() * pipeline.crop();
    }

    int sizeOf(int batch) {
        return Math.min(batchSize, split.size() - batch * batchSize);
    }

    private void allow(int newLimit) {
        limit = Math.min(newLimit, batches());
        notifyAll();
    }

    private Slot slot(int batch) {
        return slots[(int) ((firstSerial + batch - firstBatch) % slots.length)];
    }

    synchronized void check() {
        if (failure != null) {
            throw new RunException(failure.getMessage(), failure);
        }
        if (closed) {
            throw new IllegalStateException("The batches of " + split.name() + " have been closed.");
        }
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("Waiting for a batch was interrupted. Start the run again.", e);
        }
    }

    private void work() {
        String at = "the first picture";
        try (AugmentationPipeline.Worker worker = pipeline.newWorker()) {
            byte[] rgb = new byte[3 * split.side() * split.side()];
            for (Ticket ticket = ticket(); ticket != null; ticket = ticket()) {
                at = split.key(ticket.use.image());
                fill(ticket, worker, rgb);
                done(ticket);
            }
        } catch (Throwable e) { // an Error too: the consumer must hear of it or it would wait for ever
            fail(at, e);
        }
    }

    private void fill(Ticket ticket, AugmentationPipeline.Worker worker, byte[] rgb) {
        AugmentationPipeline.Use use = ticket.use;
        split.read(use.image(), rgb);
        worker.apply(rgb, use, ticket.slot.featureValues.getPointer(use.position() * valuesPerImage()));
        FloatPointer labels = ticket.slot.labelValues.getPointer((long) use.position() * classes);
        float[] oneHot = new float[classes];
        oneHot[split.label(use.image())] = 1;
        labels.put(oneHot);
    }

    /** Gives out the next picture; null when closed or failed. */
    private synchronized Ticket ticket() {
        while (!closed && failure == null && nextBatch >= limit) {
            await();
        }
        if (closed || failure != null) {
            return null;
        }
        Slot slot = slot(nextBatch);
        int size = sizeOf(nextBatch);
        if (nextPosition == 0) {
            slot.batch = nextBatch;
            slot.missing = size;
        }
        int image = order[nextBatch * batchSize + nextPosition];
        Ticket ticket = new Ticket(
                slot,
                new AugmentationPipeline.Use(
                        epochUse.seed(),
                        epochUse.epoch(),
                        nextBatch,
                        nextPosition,
                        image,
                        epochUse.lightingStrength()));
        underWay++;
        if (++nextPosition == size) {
            nextPosition = 0;
            nextBatch++;
        }
        return ticket;
    }

    private synchronized void done(Ticket ticket) {
        underWay--;
        ticket.slot.missing--;
        if (ticket.slot.missing == 0 || limit == 0) {
            notifyAll();
        }
    }

    private synchronized void fail(String key, Throwable cause) {
        underWay = 0; // the others end at their next ticket, and no epoch starts again
        if (failure == null) {
            failure = cause instanceof RunException known
                    ? known
                    : new RunException(
                            "Preparing the picture " + key + " of " + split.name() + " for a batch failed: " + cause
                                    + ". Look at this picture or at the memory that is free, then resume the run.",
                            cause);
        }
        notifyAll();
    }

    /** Ends the threads and waits for them; the batches' memory stays as long as someone holds it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
