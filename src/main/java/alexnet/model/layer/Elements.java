package alexnet.model.layer;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** The elements of an array in row-major order, read and written as doubles whatever the array's own type. */
final class Elements {
    private final FloatBuffer floats;
    private final DoubleBuffer doubles;

    private Elements(INDArray array) {
        if (array.dataType() == DataType.FLOAT) {
            floats = new FloatPointer(array.data().addressPointer())
                    .capacity(array.length())
                    .asBuffer();
            doubles = null;
        } else if (array.dataType() == DataType.DOUBLE) {
            floats = null;
            doubles = new DoublePointer(array.data().addressPointer())
                    .capacity(array.length())
                    .asBuffer();
        } else {
            throw new IllegalArgumentException("Array is of type " + array.dataType()
                    + ", expected FLOAT or DOUBLE. Build the graph with one of these types.");
        }
    }

    /** To read; an array in another order is copied first. */
    static Elements of(INDArray array) {
        INDArray rowMajor = array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
        Nd4j.getAffinityManager().ensureLocation(rowMajor, AffinityManager.Location.HOST);
        return new Elements(rowMajor);
    }

    /** To write; the array must be freshly made in row-major order. */
    static Elements into(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
        return new Elements(array);
    }

    void read(int from, double[] to, int at, int count) {
        if (doubles != null) {
            doubles.get(from, to, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                to[at + i] = floats.get(from + i);
            }
        }
    }

    void write(int to, double[] from, int at, int count) {
        if (doubles != null) {
            doubles.put(to, from, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                floats.put(to + i, (float) from[at + i]);
            }
        }
    }
}
