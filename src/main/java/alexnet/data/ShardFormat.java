package alexnet.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * How a picture lies in a shard: two members of an uncompressed tar, {@code NUMBER-NAME.jpg} (or {@code .ppm} for raw
 * bytes) and {@code NUMBER-NAME.cls} with the label as text, as WebDataset reads them. Its bytes follow from number,
 * key, label and picture alone.
 */
final class ShardFormat {
    static final int BLOCK = 512;

    /** The largest label's text fits one block. */
    private static final int LABEL_BYTES = 2 * BLOCK;

    private static final int DIGITS = 9;
    private static final int LONGEST_NAME = 60;
    private static final int PLAIN_FILE = 0100644;

    private final String extension;
    private final byte[] prefix;

    /** How squares of {@code size} pixels are kept. */
    ShardFormat(Store store, int size) {
        boolean raw = store == Store.RAW;
        this.extension = raw ? ".ppm" : ".jpg";
        this.prefix = raw ? ("P6\n" + size + " " + size + "\n255\n").getBytes(StandardCharsets.US_ASCII) : new byte[0];
    }

    /** What ends a tar. */
    static byte[] end() {
        return new byte[2 * BLOCK];
    }

    /** Where the picture's bytes begin, from the start of its first header. */
    int pictureOffset() {
        return BLOCK + prefix.length;
    }

    /** All bytes of a picture of {@code length} bytes: headers, padding and label too. */
    int span(int length) {
        return BLOCK + padded(prefix.length + length) + LABEL_BYTES;
    }

    /**
     * @param number of the picture in its source's split, from 0
     * @param key its name there
     * @param label −1 if it has none
     * @param picture its bytes
     * @return what is written for it
     */
    byte[] encode(long number, String key, int label, byte[] picture) {
        String stem = stem(number, key);
        byte[] text = Integer.toString(label).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(span(picture.length));
        all.put(header(stem + extension, prefix.length + picture.length));
        all.put(prefix).put(picture);
        all.position(BLOCK + padded(prefix.length + picture.length));
        all.put(header(stem + ".cls", text.length)).put(text);
        return all.array();
    }

    /** The number that a picture's first header tells, or −1. */
    static long number(byte[] header) {
        long number = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = header[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    static int checksum(byte[] picture) {
        CRC32C crc = new CRC32C();
        crc.update(picture, 0, picture.length);
        return (int) crc.getValue();
    }

    private static int padded(int length) {
        return Math.addExact(length, BLOCK - 1) / BLOCK * BLOCK;
    }

    /** The number makes it unique; dots would end WebDataset's key, and other signs need longer headers. */
    private static String stem(long number, String key) {
        String file = key.substring(key.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String plain = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9_-]", "_");
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, DIGITS - digits.length()))
                + digits
                + "-"
                + plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    private static byte[] header(String name, int length) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(length);
        entry.setMode(PLAIN_FILE);
        entry.setModTime(0L);
        entry.setUserName("");
        entry.setGroupName("");
        byte[] header = new byte[BLOCK];
        entry.writeEntryHeader(header);
        return header;
    }
}
