package alexnet.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The pictures of noise that every contender computes on: the same file, normally distributed, float32, little end first. */
final class RandomBatch {
    private static final long SEED = 2012;

    private RandomBatch() {}

    /** Writes {@code [images, 3, crop, crop]}. */
    static void write(Path file, int images, int crop) throws IOException {
        Random random = new Random(SEED);
        ByteBuffer row = ByteBuffer.allocate(4 * crop).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (long i = 0; i < images * 3L * crop; i++) {
                row.clear();
                for (int x = 0; x < crop; x++) {
                    row.putFloat((float) random.nextGaussian());
                }
                out.write(row.array());
            }
        }
    }

    /**
     * @param file what {@link #write} wrote for at least so many images
     * @return features {@code [images, 3, crop, crop]}; picture i has label i modulo classes, one-hot {@code [images, classes]}
     */
    static DataSet read(Path file, int images, int crop, int classes) throws IOException {
        float[] values = new float[Math.multiplyExact(images, 3 * crop * crop)];
        try (FileChannel channel = FileChannel.open(file)) {
            channel.map(MapMode.READ_ONLY, 0, 4L * values.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
        }
        INDArray labels = Nd4j.zeros(DataType.FLOAT, images, classes);
        for (int i = 0; i < images; i++) {
            labels.putScalar(i, i % classes, 1);
        }
        return new DataSet(Nd4j.createFromArray(values).reshape(images, 3, crop, crop), labels);
    }
}
