package alexnet.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks through a baseline JPEG's Huffman codes without making pixels, ITU T.81 F.2.2: a fifth of the cost of a decode.
 * It vouches for a picture or does not; what is wrong with one, or what it does not know (progressive), it leaves to a
 * decoder.
 */
final class JpegScan {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int BLOCK = 64;

    private final byte[] data;
    private final HuffmanTable[] dc = new HuffmanTable[4];
    private final HuffmanTable[] ac = new HuffmanTable[4];
    private int[] ids = {};
    private int[] horizontal = {};
    private int[] vertical = {};
    private int width;
    private int height;
    private int restartInterval;
    private int at = 2;

    private JpegScan(byte[] data) {
        this.data = data;
    }

    /**
     * @param jpeg the whole file
     * @return true if each block of each scan is there with valid codes, and the end follows at once; false if not, or
     *     if this is no baseline JPEG
     */
    static boolean isSound(byte[] jpeg) {
        try {
            return new JpegScan(jpeg).walk();
        } catch (IndexOutOfBoundsException
                | NullPointerException
                | ArithmeticException e) { // ends early, lacks a table
            return false;
        }
    }

    private boolean walk() {
        boolean scanned = false;
        while (true) {
            if ((data[at] & 0xff) != 0xff) {
                return false;
            }
            while ((data[at] & 0xff) == 0xff) {
                at++;
            }
            int marker = data[at++] & 0xff;
            if (marker == 0xd9) {
                return scanned;
            }
            int end = at + big(at);
            boolean otherFrame = marker >= 0xc2 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8;
            if (otherFrame) { // progressive, lossless, arithmetic
                return false;
            } else if (marker == 0xc0 || marker == 0xc1) {
                frame(at + 2);
            } else if (marker == 0xc4) {
                tables(at + 2, end);
            } else if (marker == 0xdd) {
                restartInterval = big(at + 2);
            } else if (marker == 0xda) {
                int header = at + 2;
                at = end;
                if (!scan(header)) {
                    return false;
                }
                scanned = true;
                continue;
            }
            at = end;
        }
    }

    private int big(int from) {
        return (data[from] & 0xff) << 8 | data[from + 1] & 0xff;
    }

    private void frame(int from) {
        height = big(from + 1);
        width = big(from + 3);
        int components = data[from + 5] & 0xff;
        ids = new int[components];
        horizontal = new int[components];
        vertical = new int[components];
        for (int i = 0; i < components; i++) {
            ids[i] = data[from + 6 + 3 * i];
            horizontal[i] = data[from + 7 + 3 * i] >> 4 & 15;
            vertical[i] = data[from + 7 + 3 * i] & 15;
        }
    }

    private void tables(int from, int end) {
        int next = from;
        while (next < end) {
            boolean isAc = (data[next] & 0x10) != 0;
            (isAc ? ac : dc)[data[next] & 3] = new HuffmanTable(data, next + 1, isAc);
            int codes = 0;
            for (int length = 1; length <= 16; length++) {
                codes += data[next + length] & 0xff;
            }
            next += 17 + codes;
        }
    }

    /** Walks through one scan, restart interval by restart interval. */
    private boolean scan(int header) {
        int count = data[header] & 0xff;
        int[] chosen = new int[count];
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            chosen[i] = component(data[header + 1 + 2 * i]);
            blocks += count == 1 ? 1 : horizontal[chosen[i]] * vertical[chosen[i]];
        }
        HuffmanTable[] dcOf = new HuffmanTable[blocks];
        HuffmanTable[] acOf = new HuffmanTable[blocks];
        for (int i = 0, next = 0; i < count; i++) {
            int table = data[header + 2 + 2 * i];
            int ofComponent = count == 1 ? 1 : horizontal[chosen[i]] * vertical[chosen[i]];
            for (int j = 0; j < ofComponent; j++, next++) {
                dcOf[next] = dc[table >> 4 & 3];
                acOf[next] = ac[table & 3];
            }
        }
        int units = units(chosen);
        int restart = 0;
        while (units > 0) {
            int now = restartInterval == 0 ? units : Math.min(units, restartInterval);
            if (!interval(now, dcOf, acOf)) {
                return false;
            }
            units -= now;
            if (units > 0 && (data[at++] & 0xff) + ((data[at++] & 0xff) << 8) != (0xff | (0xd0 + restart++ % 8) << 8)) {
                return false;
            }
        }
        return true;
    }

    private int component(int id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        throw new IndexOutOfBoundsException("component " + id);
    }

    /** How many times the scan's blocks follow each other. */
    private int units(int[] chosen) {
        int mostAcross = 1;
        int mostDown = 1;
        for (int i = 0; i < ids.length; i++) {
            mostAcross = Math.max(mostAcross, horizontal[i]);
            mostDown = Math.max(mostDown, vertical[i]);
        }
        if (chosen.length > 1) {
            return up(width, 8 * mostAcross) * up(height, 8 * mostDown);
        }
        int across = up(width * horizontal[chosen[0]], mostAcross);
        int down = up(height * vertical[chosen[0]], mostDown);
        return up(across, 8) * up(down, 8);
    }

    private static int up(int number, int by) {
        return (number + by - 1) / by;
    }

    /** Walks to the next marker, which must lie right behind the last block. */
    private boolean interval(int units, HuffmanTable[] dcOf, HuffmanTable[] acOf) {
        long bits = 0; // the next ones, from the left
        int count = 0;
        for (int unit = 0; unit < units; unit++) {
            for (int block = 0; block < dcOf.length; block++) {
                HuffmanTable table = dcOf[block];
                for (int k = 0; k < BLOCK; table = acOf[block]) {
                    if (count < 32) {
                        int word = at + 4 <= data.length ? (int) INT.get(data, at) : -1;
                        if ((~word - 0x01010101 & word & 0x80808080) == 0) { // none of the four is 0xff
                            bits |= (word & 0xffffffffL) << 32 - count;
                            count += 32;
                            at += 4;
                        } else {
                            while (count <= 56 && !atMarker()) {
                                bits |= (data[at] & 0xffL) << 56 - count;
                                count += 8;
                                at += data[at] == (byte) 0xff ? 2 : 1; // the stuffed zero
                            }
                        }
                    }
                    int entry = table.entries(bits);
                    if (entry == 0 || k + (entry >> 8 & HuffmanTable.END - 1) >= BLOCK) {
                        entry = table.entry(bits); // one by one where the block may end in between
                    }
                    int length = entry & 0xff;
                    k += entry >> 8;
                    if (length == 0 || length > count || k > BLOCK && k < HuffmanTable.END) {
                        return false;
                    }
                    bits <<= length;
                    count -= length;
                }
            }
        }
        return count < 8 && atMarker();
    }

    private boolean atMarker() {
        return data[at] == (byte) 0xff && data[at + 1] != 0;
    }
}
