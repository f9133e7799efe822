package alexnet.bundle;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph's parameters in the library's own form: a header that tells shape and type, then big-endian floats. */
final class Coefficients {
    private static final long FLOAT_FLAG = 1 << 13; // the library's mark of FLOAT in its shape information

    private Coefficients() {}

    static void write(INDArray parameters, OutputStream out) throws IOException {
        DataOutputStream data =
                new DataOutputStream(new BufferedOutputStream(out, 1 << 16)); // it writes number by number
        Nd4j.write(parameters, data);
        data.flush();
    }

    /** Bytes that a vector of so many floats takes. */
    static long length(long count) throws IOException {
        return header(count).length + Math.multiplyExact(Float.BYTES, count);
    }

    /**
     * Reads a vector. The library's reader takes memory for whatever lengths the header tells; so a header that is not
     * that of the expected vector is refused first.
     */
    static INDArray read(InputStream in, long count) throws IOException {
        byte[] expected = header(count);
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(expected.length);
        if (!Arrays.equals(buffered.readNBytes(expected.length), expected)) {
            throw new IOException(
                    "its " + ModelBundle.COEFFICIENTS + " does not begin as a vector of " + count + " floats");
        }
        buffered.reset();
        return Nd4j.read(new DataInputStream(buffered));
    }

    /** What {@code Nd4j.write} puts before the numbers of a vector of floats. */
    private static byte[] header(long count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        long[] rankShapeStrideTypeStepOrder = {1, count, 1, FLOAT_FLAG, 1, 'c'};
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(rankShapeStrideTypeStepOrder.length);
        out.writeUTF("LONG");
        for (long value : rankShapeStrideTypeStepOrder) {
            out.writeLong(value);
        }
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(count);
        out.writeUTF("FLOAT");
        return bytes.toByteArray();
    }
}
