package alexnet.features;

import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.image.BadImageException;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pictures to a {@link FeatureFile}. Threads decode the next batches while the network computes one. Killed at any
 * point, the same call goes on at its last checkpoint, and the file gets the same bytes: a batch always holds the same
 * pictures.
 */
public final class Extraction {
    private static final int BATCHES_AHEAD = 2;
    private static final int HEADER_ROOM = 512; // for shapes and places, whose digits are known only at the end

    private final Activations activations;
    private final PictureSet pictures;
    private final Options options;
    private final Origin origin;

    /**
     * How to work.
     *
     * @param batch pictures computed at once
     * @param checkpointEvery pictures between two checkpoints
     * @param threads that decode
     * @param backend name of the array backend, for the provenance
     */
    public record Options(int batch, int checkpointEvery, int threads, String backend) {}

    /**
     * What was done.
     *
     * @param rows pictures in the file
     * @param dim numbers of each
     * @param resumed how many pictures an earlier call had done
     * @param skipped pictures that could not be used, and why
     */
    public record Summary(int rows, int dim, int resumed, Map<String, String> skipped) {}

    /** What the threads made of a picture: its square, or why there is none. */
    private record Read(byte[] square, String reason) {}

    /**
     * @param activations model and layer
     * @param precision in which the model multiplies
     * @param pictures to go through
     * @param options how to work
     */
    public Extraction(Activations activations, Precision precision, PictureSet pictures, Options options) {
        this.activations = activations;
        this.pictures = pictures;
        this.options = options;
        this.origin = Origin.of(
                activations.classifier().model(), precision, activations.layer(), pictures, options.backend());
    }

    /**
     * @param target the file to make or replace
     * @param progress shows pictures per second
     * @return what was done
     * @throws RunException if no picture can be used or the file cannot be written
     */
    public Summary run(Path target, Progress.Factory progress) {
        int dim = activations.of(List.of(new byte[3 * pictures.side() * pictures.side()]))[0].length;
        Map<String, String> metadata = origin.toMetadata(FeatureFile.FORMAT);
        int header = SafeTensors.header(metadata, Map.of(), 0).length + HEADER_ROOM;
        if (Files.isDirectory(target)) {
            throw new UsageException(
                    "The target " + target + " is a folder, expected a file. Name another with --out.");
        }
        try (Unfinished unfinished = Unfinished.open(target, metadata, dim, header)) {
            int resumed = unfinished.state().next();
            compute(unfinished, progress);
            if (unfinished.state().rows() == 0) {
                throw new RunException("None of the " + pictures.size() + " pictures in " + pictures.place()
                        + " can be used (" + unfinished.state().skipped().get(0).reason()
                        + "), expected whole pictures. Name another folder.");
            }
            finish(unfinished, metadata, header, target);
            Map<String, String> skipped = new LinkedHashMap<>();
            unfinished.state().skipped().forEach(one -> skipped.put(pictures.key(one.picture()), one.reason()));
            return new Summary(unfinished.state().rows(), dim, resumed, skipped);
        } catch (IOException e) {
            throw new RunException(
                    "Features " + target + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with space for "
                            + (4L * dim * pictures.size() >> 20)
                            + " MB. Make room and start the same command again, or choose another place with --out.",
                    e);
        }
    }

    private void compute(Unfinished unfinished, Progress.Factory progress) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(options.threads(), task -> {
            Thread thread = new Thread(task, "features");
            thread.setDaemon(true);
            return thread;
        });
        int begin = unfinished.state().next();
        try (Progress bar = progress.start("extract", pictures.size() - begin, "img")) {
            Deque<List<Future<Read>>> ahead = new ArrayDeque<>();
            int submitted = begin;
            int safe = begin;
            while (unfinished.state().next() < pictures.size()) {
                while (ahead.size() <= BATCHES_AHEAD && submitted < pictures.size()) {
                    ahead.add(submit(threads, submitted));
                    submitted += ahead.peekLast().size();
                }
                int done = batch(unfinished, ahead.remove());
                if (unfinished.state().next() - safe >= options.checkpointEvery()) {
                    unfinished.checkpoint();
                    safe = unfinished.state().next();
                }
                bar.advance(done);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Future<Read>> submit(ExecutorService threads, int from) {
        List<Future<Read>> batch = new ArrayList<>();
        for (int i = from; i < Math.min(pictures.size(), from + options.batch()); i++) {
            int picture = i;
            batch.add(threads.submit(() -> read(picture)));
        }
        return batch;
    }

    private Read read(int picture) {
        try {
            return new Read(pictures.square(picture), null);
        } catch (BadImageException | IOException e) {
            return new Read(null, e.getMessage());
        }
    }

    private int batch(Unfinished unfinished, List<Future<Read>> batch) throws IOException {
        List<byte[]> squares = new ArrayList<>();
        List<Unfinished.Skipped> skipped = new ArrayList<>();
        int first = unfinished.state().next();
        for (int i = 0; i < batch.size(); i++) {
            Read read = take(batch.get(i));
            if (read.square() == null) {
                skipped.add(new Unfinished.Skipped(first + i, read.reason()));
            } else {
                squares.add(read.square());
            }
        }
        unfinished.add(squares.isEmpty() ? new float[0][] : activations.of(squares), skipped);
        return batch.size();
    }

    private static Read take(Future<Read> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("The extraction was interrupted. Start the same command again to go on.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RunException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void finish(Unfinished unfinished, Map<String, String> metadata, int header, Path target)
            throws IOException {
        int rows = unfinished.state().rows();
        int dim = unfinished.state().dim();
        StringBuilder keys = new StringBuilder();
        ByteBuffer labels = ByteBuffer.allocate(rows * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> skipped = unfinished.state().skipped().stream()
                .map(Unfinished.Skipped::picture)
                .toList();
        for (int i = 0, next = 0; i < pictures.size(); i++) {
            if (next < skipped.size() && skipped.get(next) == i) {
                next++;
            } else {
                keys.append(pictures.key(i)).append('\n');
                labels.putInt(pictures.label(i));
            }
        }
        byte[] names = keys.toString().getBytes(StandardCharsets.UTF_8);
        Map<String, SafeTensors.Tensor> arrays = new LinkedHashMap<>();
        arrays.put(FeatureFile.FEATURES, SafeTensors.array(SafeTensors.Type.F32, rows, dim));
        arrays.put(FeatureFile.SQUARES, SafeTensors.array(SafeTensors.Type.F32, rows));
        arrays.put(FeatureFile.LABELS, SafeTensors.array(SafeTensors.Type.I32, rows));
        arrays.put(FeatureFile.KEYS, SafeTensors.array(SafeTensors.Type.U8, names.length));
        byte[] before = SafeTensors.header(metadata, arrays, header);
        unfinished.finish(before, List.of(squares(unfinished), labels.flip(), ByteBuffer.wrap(names)), target);
    }

    /** Squared lengths of all rows, read again, since those before a kill are not in memory. */
    private ByteBuffer squares(Unfinished unfinished) throws IOException {
        int rows = unfinished.state().rows();
        int dim = unfinished.state().dim();
        ByteBuffer squares = ByteBuffer.allocate(rows * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float[] row = new float[dim];
        for (int from = 0; from < rows; from += options.batch()) {
            int count = Math.min(options.batch(), rows - from);
            FloatBuffer values = unfinished.rows(from, count).asFloatBuffer();
            for (int i = 0; i < count; i++) {
                values.get(row);
                double sum = 0;
                for (float value : row) {
                    sum += (double) value * value;
                }
                squares.putFloat((float) sum);
            }
        }
        return squares.flip();
    }
}
