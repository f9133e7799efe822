package alexnet.data.archive;

import alexnet.config.UsageException;
import alexnet.data.HeldOut;
import alexnet.data.ImageSource;
import alexnet.image.BadImageException;
import alexnet.run.RunException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * CIFAR-10 from its binary archive: {@code data_batch_1.bin} to 5 and {@code test_batch.bin}, each with records of one
 * label byte and three planes of 32·32 bytes. A part of the training pictures is held out as {@code val}.
 */
public final class CifarSource implements ImageSource {
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int RECORD = 1 + 3 * PLANE;
    private static final int BMP_HEADER = 54;
    private static final long MOST_BYTES = 64L << 20;
    private static final long TRAIN_IMAGES = 50_000;
    private static final long TEST_IMAGES = 10_000;

    private final Path archive;
    private final double heldOut;
    private final long seed;
    private final Map<String, byte[]> labels = new TreeMap<>(); // by the batches' names
    private List<String> classes = List.of();
    private final Map<String, boolean[]> held = new TreeMap<>(); // by the training batches' names
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, String> digests = new TreeMap<>();

    private CifarSource(Path archive, double heldOut, long seed) {
        HeldOut.check(heldOut);
        this.archive = archive;
        this.heldOut = heldOut;
        this.seed = seed;
        if (!Files.isRegularFile(archive)) {
            throw new UsageException(
                    "The archive " + archive + " is missing. Fetch it with --download, or correct the" + " path.");
        }
        readLabels();
        choose();
    }

    /**
     * @param folder holds {@code cifar-10-binary.tar.gz}
     * @param heldOut the part of each class of the training pictures that becomes {@code val}; 0 for none
     * @param seed determines which
     * @return the source; the labels have been read
     * @throws UsageException if the archive is missing
     * @throws RunException if it is not that archive
     */
    public static CifarSource open(Path folder, double heldOut, long seed) {
        return new CifarSource(folder.resolve(Downloads.CIFAR_10.file()), heldOut, seed);
    }

    private void readLabels() {
        try (TarFiles files = TarFiles.open(archive)) {
            while (files.next()) {
                String file = file(files);
                if (file.equals("batches.meta.txt")) {
                    classes = new String(files.read(MOST_BYTES), StandardCharsets.US_ASCII)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
                } else if (isBatch(file)) {
                    byte[] records = records(files);
                    byte[] ofBatch = new byte[records.length / RECORD];
                    for (int i = 0; i < ofBatch.length; i++) {
                        ofBatch[i] = records[i * RECORD];
                    }
                    labels.put(file, ofBatch);
                }
            }
        } catch (BadImageException e) {
            throw unexpected(e.getMessage());
        }
        if (classes.isEmpty() || !labels.containsKey("test_batch.bin") || labels.size() < 2) {
            throw unexpected("batches.meta.txt, data_batch_1.bin or test_batch.bin is missing");
        }
        labels.forEach((batch, values) -> {
            for (byte label : values) {
                if (label < 0 || label >= classes.size()) {
                    throw unexpected(batch + " has the label " + label + " of " + classes.size() + " classes");
                }
            }
        });
    }

    private RunException unexpected(String what) {
        return new RunException("The archive " + archive + " is not CIFAR-10's binary version: " + what
                + ". Get cifar-10-binary.tar.gz again.");
    }

    private static String file(TarFiles files) {
        return files.name().substring(files.name().lastIndexOf('/') + 1);
    }

    private static boolean isBatch(String file) {
        return file.matches("(data_batch_\\d|test_batch)\\.bin");
    }

    private byte[] records(TarFiles files) throws BadImageException {
        byte[] records = files.read(MOST_BYTES);
        if (records.length == 0 || records.length % RECORD != 0) {
            throw new BadImageException(
                    file(files) + " has " + records.length + " bytes, expected a multiple of " + RECORD);
        }
        return records;
    }

    /** Draws for each class which of its pictures, counted through all batches, are held out. */
    private void choose() {
        int[] sizes = new int[classes.size()];
        labels.forEach((batch, values) -> {
            for (byte label : values) {
                sizes[label] += batch.startsWith("data") ? 1 : 0;
            }
        });
        List<boolean[]> chosen = new ArrayList<>();
        for (int label = 0; label < sizes.length; label++) {
            chosen.add(HeldOut.choose(sizes[label], heldOut, seed, classes.get(label)));
        }
        int[] next = new int[classes.size()];
        long out = 0;
        long all = 0;
        for (Map.Entry<String, byte[]> batch : labels.entrySet()) {
            if (batch.getKey().startsWith("data")) {
                boolean[] ofBatch = new boolean[batch.getValue().length];
                for (int i = 0; i < ofBatch.length; i++) {
                    int label = batch.getValue()[i];
                    ofBatch[i] = chosen.get(label)[next[label]++];
                    out += ofBatch[i] ? 1 : 0;
                    all++;
                }
                held.put(batch.getKey(), ofBatch);
            }
        }
        counts.put(TRAIN, all - out);
        if (out > 0) {
            counts.put(VALIDATION, out);
        }
        counts.put(TEST, (long) labels.get("test_batch.bin").length);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public List<String> splits() {
        return List.copyOf(counts.keySet());
    }

    @Override
    public long count(String split) {
        return counts.get(split);
    }

    @Override
    public Entries entries(String split) {
        return new BatchEntries(split);
    }

    /** The pictures of one split, batch by batch. */
    private final class BatchEntries implements Entries {
        private final TarFiles files = TarFiles.open(archive);
        private final String split;
        private String batch = "";
        private byte[] records = {};
        private int next;

        BatchEntries(String split) {
            this.split = split;
        }

        private boolean wanted() {
            boolean[] out = held.get(batch);
            return out == null ? split.equals(TEST) : !split.equals(TEST) && out[next] == split.equals(VALIDATION);
        }

        @Override
        public boolean hasNext() {
            while (true) {
                for (; next < records.length / RECORD; next++) {
                    if (wanted()) {
                        return true;
                    }
                }
                if (!files.next()) {
                    digests.put(archive.getFileName().toString(), files.digest());
                    records = new byte[0];
                    return false;
                }
                batch = file(files);
                try {
                    records = isBatch(batch) ? records(files) : new byte[0];
                } catch (BadImageException e) {
                    throw unexpected(e.getMessage());
                }
                next = 0;
            }
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The archive has no more pictures.");
            }
            int at = next++ * RECORD;
            byte[] bmp = bmp(records, at + 1);
            String key = batch.replace(".bin", "") + "/" + String.format("%05d", at / RECORD);
            return new Entry(key, records[at], most -> bmp, bmp.length);
        }

        @Override
        public void close() {
            files.close();
        }
    }

    /** The planes at {@code from} as an uncompressed picture: rows from below, blue first. */
    private static byte[] bmp(byte[] records, int from) {
        ByteBuffer bmp = ByteBuffer.allocate(BMP_HEADER + 3 * PLANE).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(BMP_HEADER);
        bmp.putInt(40).putInt(SIDE).putInt(SIDE).putShort((short) 1).putShort((short) 24);
        bmp.position(BMP_HEADER);
        for (int y = SIDE - 1; y >= 0; y--) {
            for (int x = 0; x < SIDE; x++) {
                int at = from + y * SIDE + x;
                bmp.put(records[at + 2 * PLANE]).put(records[at + PLANE]).put(records[at]);
            }
        }
        return bmp.array();
    }

    @Override
    public List<Difference> differences(String split) {
        List<Difference> differences = new ArrayList<>();
        if (split.equals(TRAIN)) {
            long found = counts.get(TRAIN) + counts.getOrDefault(VALIDATION, 0L);
            if (found != TRAIN_IMAGES) {
                differences.add(new Difference("all batches, with those held out", TRAIN_IMAGES, found));
            }
        } else if (split.equals(TEST) && counts.get(TEST) != TEST_IMAGES) {
            differences.add(new Difference("test_batch.bin", TEST_IMAGES, counts.get(TEST)));
        }
        return differences;
    }

    @Override
    public Map<String, String> archives() {
        return digests;
    }

    @Override
    public String description() {
        return "CIFAR-10 from " + archive.getFileName();
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public Map<String, Long> ignored() {
        return Map.of();
    }
}
