package alexnet.data;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where each record of a split lies. On disk one line each: key, label, offset, length, CRC32C in hexadecimal, with
 * tabs between; in memory flat arrays, 60 MB for 1.2 million pictures.
 */
final class SplitIndex {
    private static final int FIELDS = 5;

    private final int[] keyEnds;
    private final int[] labels;
    private final long[] offsets;
    private final int[] lengths;
    private final int[] checksums;
    private byte[] keys; // all keys in a row

    private SplitIndex(int count) {
        this.keyEnds = new int[count];
        this.labels = new int[count];
        this.offsets = new long[count];
        this.lengths = new int[count];
        this.checksums = new int[count];
    }

    static String line(String key, int label, long offset, int length, int checksum) {
        return key + "\t" + label + "\t" + offset + "\t" + length + "\t" + Integer.toHexString(checksum) + "\n";
    }

    /** Reads an index of {@code count} lines; the exception's message is a reason. */
    static SplitIndex read(Path file, int count, int classes) throws IOException {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        SplitIndex index = new SplitIndex(count);
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long expectedOffset = 0;
            int i = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), i++) {
                String[] fields = line.split("\t", -1);
                if (i == count || fields.length != FIELDS) {
                    throw new IOException("line " + (i + 1) + " has " + fields.length + " fields, expected " + FIELDS
                            + " in each of " + count + " lines");
                }
                keys.writeBytes(fields[0].getBytes(StandardCharsets.UTF_8));
                index.keyEnds[i] = keys.size();
                index.labels[i] = Integer.parseInt(fields[1]);
                index.offsets[i] = Long.parseLong(fields[2]);
                index.lengths[i] = Integer.parseInt(fields[3]);
                index.checksums[i] = Integer.parseUnsignedInt(fields[4], 16);
                if (index.labels[i] < 0 || index.labels[i] >= classes || index.offsets[i] != expectedOffset) {
                    throw new IOException("line " + (i + 1) + " has label " + fields[1] + " and offset " + fields[2]
                            + ", expected a label below " + classes + " and offset " + expectedOffset);
                }
                expectedOffset += index.lengths[i];
            }
            if (i != count) {
                throw new IOException("it has " + i + " lines, expected " + count);
            }
        } catch (NumberFormatException e) {
            throw new IOException("a field is not a number: " + e.getMessage(), e);
        }
        index.keys = keys.toByteArray();
        return index;
    }

    int size() {
        return labels.length;
    }

    int label(int i) {
        return labels[i];
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

    /** The records' bytes together. */
    long bytes() {
        int last = size() - 1;
        return last < 0 ? 0 : offsets[last] + lengths[last];
    }
}
