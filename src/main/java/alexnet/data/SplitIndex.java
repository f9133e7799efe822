package alexnet.data;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where each picture of a split lies: shard by shard, in the order in which they lie there. On disk one file beside
 * each shard, one line each: key, label, offset, length, CRC32C in hexadecimal, with tabs between; in memory flat
 * arrays, 70 MB for 1.2 million pictures.
 */
final class SplitIndex {
    private static final int FIELDS = 5;

    private final int[] shardEnds;
    private final int[] keyEnds;
    private final int[] labels;
    private final long[] offsets;
    private final int[] lengths;
    private final int[] checksums;
    private byte[] keys; // all keys in a row

    private SplitIndex(int count, int shards) {
        this.shardEnds = new int[shards];
        this.keyEnds = new int[count];
        this.labels = new int[count];
        this.offsets = new long[count];
        this.lengths = new int[count];
        this.checksums = new int[count];
    }

    static String line(String key, int label, long offset, int length, int checksum) {
        return key + "\t" + label + "\t" + offset + "\t" + length + "\t" + Integer.toHexString(checksum) + "\n";
    }

    /** Reads the indices of a split's shards; the exception's message is a reason. */
    static SplitIndex read(Path folder, List<Manifest.Shard> shards, int classes, ShardFormat format)
            throws IOException {
        long count = shards.stream().mapToLong(Manifest.Shard::images).sum();
        if (count > Integer.MAX_VALUE || shards.stream().anyMatch(shard -> shard.images() < 0)) {
            throw new IOException(Names.MANIFEST + " tells of " + count + " pictures in one split");
        }
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        SplitIndex index = new SplitIndex((int) count, shards.size());
        int from = 0;
        for (int i = 0; i < shards.size(); i++) {
            int to = from + (int) shards.get(i).images();
            String name = Names.index(shards.get(i).file());
            try {
                index.read(folder.resolve(name), from, to, classes, format, keys);
            } catch (NumberFormatException e) {
                throw new IOException(name + ": a field is not a number: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new IOException(name + ": " + e.getMessage(), e);
            }
            index.shardEnds[i] = to;
            from = to;
        }
        index.keys = keys.toByteArray();
        return index;
    }

    private void read(Path file, int from, int to, int classes, ShardFormat format, ByteArrayOutputStream allKeys)
            throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long expectedOffset = format.pictureOffset();
            int i = from;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), i++) {
                String[] fields = line.split("\t", -1);
                if (i == to || fields.length != FIELDS) {
                    throw new IOException("line " + (i - from + 1) + " has " + fields.length + " fields, expected "
                            + FIELDS + " in each of " + (to - from) + " lines");
                }
                allKeys.writeBytes(fields[0].getBytes(StandardCharsets.UTF_8));
                keyEnds[i] = allKeys.size();
                labels[i] = Integer.parseInt(fields[1]);
                offsets[i] = Long.parseLong(fields[2]);
                lengths[i] = Integer.parseInt(fields[3]);
                checksums[i] = Integer.parseUnsignedInt(fields[4], 16);
                if (labels[i] < -1 || labels[i] >= classes || offsets[i] != expectedOffset || lengths[i] < 0) {
                    throw new IOException("line " + (i - from + 1) + " has label " + fields[1] + " and offset "
                            + fields[2] + ", expected a label below " + classes + " and offset " + expectedOffset);
                }
                expectedOffset += format.span(lengths[i]);
            }
            if (i != to) {
                throw new IOException("it has " + (i - from) + " lines, expected " + (to - from));
            }
        }
    }

    int size() {
        return labels.length;
    }

    /** Where each shard's pictures end, in numbers of pictures. */
    int[] shardEnds() {
        return shardEnds.clone();
    }

    int label(int i) {
        return labels[i];
    }

    /** In which shard. */
    int shard(int i) {
        int found = Arrays.binarySearch(shardEnds, i + 1);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && shardEnds[found - 1] > i) { // an empty shard ends where the one before it does
            found--;
        }
        return found;
    }

    long offset(int i) {
        return offsets[i];
    }

    int length(int i) {
        return lengths[i];
    }

    int checksum(int i) {
        return checksums[i];
    }

    String key(int i) {
        int from = i == 0 ? 0 : keyEnds[i - 1];
        return new String(Arrays.copyOfRange(keys, from, keyEnds[i]), StandardCharsets.UTF_8);
    }
}
