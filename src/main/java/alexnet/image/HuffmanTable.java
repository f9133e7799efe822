package alexnet.image;

import java.util.Arrays;

/**
 * A JPEG's Huffman table as steps: how many bits a code and its value take, and how many coefficients it tells of.
 * ITU T.81 C.2 and F.2.2.
 */
final class HuffmanTable {
    /** Added to the position by the code that ends a block. */
    static final int END = 128;

    /** The table of several codes at once is for this many bits. */
    private static final int SEVERAL = 12;

    private static final int QUICK = 10;
    private static final int LONGEST = 16;

    private final int[] quick = new int[1 << QUICK]; // by the next ten bits; 0 for longer codes
    private final int[] several = new int[1 << SEVERAL]; // all codes that lie whole in the next twelve bits
    private final int[] steps = new int[256]; // by the code's rank
    private final int[] limits = new int[LONGEST + 1]; // the first code too large for each length, from the left of 16
    private final int[] ranks = new int[LONGEST + 1]; // rank minus code, for each length

    /** Reads the table at {@code at}: 16 counts, then the values. */
    HuffmanTable(byte[] data, int at, boolean ac) {
        int code = 0;
        int rank = 0;
        for (int length = 1; length <= LONGEST; length++, code <<= 1) {
            ranks[length] = rank - code;
            int count = data[at + length - 1] & 0xff;
            for (int i = 0; i < count; i++, code++, rank++) {
                steps[rank] = step(data[at + LONGEST + rank] & 0xff, length, ac);
                if (length <= QUICK) {
                    int from = code << QUICK - length;
                    Arrays.fill(quick, from, from + (1 << QUICK - length), steps[rank]);
                }
            }
            limits[length] = code << LONGEST - length;
        }
        for (int bits = 0; ac && bits < several.length; bits++) {
            several[bits] = together(bits);
        }
    }

    /** The steps of the codes that lie whole in some bits, added up, the end of a block being the last. */
    private int together(int bits) {
        int sum = 0;
        int length = 0;
        while (sum >> 8 < END) {
            int next = quick[(bits << length & (1 << SEVERAL) - 1) >> SEVERAL - QUICK];
            length += next & 0xff;
            boolean tooMany = next >> 8 < END && sum + next >> 8 >= 64; // no block has so many
            if (next == 0 || length > SEVERAL || tooMany) {
                break;
            }
            sum += next;
        }
        return sum;
    }

    /**
     * The steps of the next codes, added up; only for the codes that follow a block's first.
     *
     * @param bits the next ones, from the left
     * @return coefficients (with {@link #END} if the block ends) times 256 plus bits; 0 if they are too long to say
     */
    int entries(long bits) {
        return several[(int) (bits >>> Long.SIZE - SEVERAL)];
    }

    private static int step(int value, int length, boolean ac) {
        if (!ac) {
            return 1 << 8 | length + value;
        }
        int size = value & 15;
        int run = value >> 4;
        if (size == 0) {
            return (run == 15 ? 16 : END) << 8 | length;
        }
        return run + 1 << 8 | length + size;
    }

    /**
     * @param bits the next ones, from the left
     * @return coefficients times 256 plus bits; 0 if no code begins so
     */
    int entry(long bits) {
        int found = quick[(int) (bits >>> Long.SIZE - QUICK)];
        return found != 0 ? found : longer((int) (bits >>> Long.SIZE - LONGEST));
    }

    private int longer(int next) {
        for (int length = QUICK + 1; length <= LONGEST; length++) {
            if (next < limits[length]) {
                return steps[(next >> LONGEST - length) + ranks[length]];
            }
        }
        return 0;
    }
}
