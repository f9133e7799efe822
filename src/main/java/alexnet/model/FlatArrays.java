package alexnet.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A whole graph's parameters or velocity as bytes: 32-bit floats, little endian, in the library's own flat order. */
public final class FlatArrays {
    private static final int CHUNK = 1 << 16;

    private FlatArrays() {}

    /**
     * @param array of type FLOAT, contiguous
     * @param out where its elements go
     * @throws IOException if writing fails
     */
    public static void write(INDArray array, OutputStream out) throws IOException {
        FloatBuffer from = elements(array);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            chunk.clear();
            int count = Math.min(CHUNK, from.remaining());
            for (int i = 0; i < count; i++) {
                chunk.putFloat(from.get());
            }
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    /**
     * @param in as many elements as the array has, and no more
     * @param array of type FLOAT, contiguous; its elements are replaced
     * @throws IOException if there are fewer or more
     */
    public static void read(InputStream in, INDArray array) throws IOException {
        FloatBuffer to = elements(array);
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        while (to.hasRemaining()) {
            int wanted = Math.min(CHUNK, to.remaining()) * Float.BYTES;
            if (in.readNBytes(bytes, 0, wanted) != wanted) {
                throw new EOFException("ends before " + array.length() + " values");
            }
            ByteBuffer chunk = ByteBuffer.wrap(bytes, 0, wanted).order(ByteOrder.LITTLE_ENDIAN);
            to.put(chunk.asFloatBuffer());
        }
        if (in.read() >= 0) {
            throw new IOException("holds more than " + array.length() + " values");
        }
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }

    private static FloatBuffer elements(INDArray array) {
        if (array.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException("Array is of type " + array.dataType() + ", expected FLOAT");
        }
        Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
        return new FloatPointer(array.data().addressPointer())
                .capacity(array.length())
                .asBuffer();
    }
}
