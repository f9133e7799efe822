package alexnet.features;

import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** On which side of random planes through the mean a vector lies: codes without learning, to be beaten. */
final class RandomHyperplanes implements BinaryCode {
    private final INDArray mean;
    private final INDArray normals;

    /** Planes through {@code mean}, {@code [1, dim]}; through 0, features that are never negative would share a side. */
    RandomHyperplanes(INDArray mean, int bits, long seed) {
        this.mean = mean;
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(mean.length() * bits)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        this.normals = Nd4j.createFromArray(values).reshape(mean.length(), bits);
    }

    @Override
    public int bits() {
        return (int) normals.size(1);
    }

    @Override
    public INDArray outputs(INDArray rows) {
        return rows.subRowVector(mean).mmul(normals);
    }
}
