package alexnet.image;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NumPy's {@code .npy} format, version 1.0, for one kind of array: float32, little endian, C order. */
public final class NpyFiles {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int HEADER = 118; // with magic and length 128 bytes, a multiple of 64
    private static final Pattern DICTIONARY = Pattern.compile(
            "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(([0-9]+(?:, [0-9]+)*),?\\),? *} *\n");

    /**
     * An array as it was stored.
     *
     * @param shape its sizes
     * @param values in C order
     */
    public record Floats(int[] shape, float[] values) {}

    private NpyFiles() {}

    /**
     * @param out where to write; left open
     * @param shape the array's sizes, such as {@code [3, 256, 256]}
     * @param values in C order
     * @throws IOException if writing fails
     */
    public static void write(OutputStream out, int[] shape, float[] values) throws IOException {
        String sizes = Arrays.toString(shape).replace('[', '(').replace("]", shape.length == 1 ? ",)" : ")");
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': " + sizes + ", }";
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + 2 + HEADER + 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putShort((short) HEADER);
        bytes.put(
                (dictionary + " ".repeat(HEADER - 1 - dictionary.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    /**
     * @param in where to read; left open
     * @param mostValues the most values accepted; checked before memory is taken for them
     * @return the array
     * @throws IOException if the stream is not such a file, holds more values, or ends early; the message is a reason
     */
    public static Floats read(InputStream in, int mostValues) throws IOException {
        try {
            DataInputStream data = new DataInputStream(in);
            byte[] magic = new byte[MAGIC.length];
            data.readFully(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IOException("it does not begin as a .npy file of version 1.0");
            }
            int length = Short.toUnsignedInt(Short.reverseBytes(data.readShort()));
            byte[] header = new byte[length];
            data.readFully(header);
            int[] shape = shape(new String(header, StandardCharsets.US_ASCII));
            long count = 1;
            for (int size : shape) {
                count *= size;
                if (count < 1 || count > mostValues) {
                    throw new IOException("its shape is " + Arrays.toString(shape) + ", at most " + mostValues
                            + " values are accepted");
                }
            }
            byte[] bytes = new byte[Math.toIntExact(4 * count)];
            data.readFully(bytes);
            float[] values = new float[(int) count];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return new Floats(shape, values);
        } catch (EOFException e) {
            throw new IOException("it ends early", e);
        }
    }

    private static int[] shape(String header) throws IOException {
        Matcher matcher = DICTIONARY.matcher(header);
        if (!matcher.matches()) {
            throw new IOException("its header is " + header.strip() + ", expected float32, little endian, C order");
        }
        try {
            return Arrays.stream(matcher.group(1).split(", "))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IOException("its shape is (" + matcher.group(1) + ")", e);
        }
    }
}
