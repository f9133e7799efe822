package alexnet.features;

import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The lower half of an auto-encoder: {@code W2ᵀ · max(0, W1ᵀ · x + b1) + b2}, before the logistic function, which is
 * above a half where this is above 0. It reads {@code x}, the {@link #prepared} features: direction alone, since
 * lengths tell little of the class, and of roots, since else a few strong units decide it.
 *
 * @param mean of the roots of the features, {@code [1, dim]}
 * @param w1 {@code [dim, hidden]}
 * @param b1 {@code [1, hidden]}
 * @param w2 {@code [hidden, bits]}
 * @param b2 {@code [1, bits]}
 */
record Encoder(INDArray mean, INDArray w1, INDArray b1, INDArray w2, INDArray b2) implements BinaryCode {
    private static final int SAMPLE = 20_000; // rows that a mean is counted from
    private static final double SHORTEST = 1e-6; // a vector at the mean has no direction

    @Override
    public int bits() {
        return (int) w2.size(1);
    }

    int dim() {
        return (int) w1.size(0);
    }

    /** The square root that keeps the sign: activations before a ReLU may be negative. */
    static double root(double value) {
        return Math.signum(value) * Math.sqrt(Math.abs(value));
    }

    /**
     * What the auto-encoder reads.
     *
     * @param rows features, {@code [n, dim]}
     * @param mean of their roots, {@code [1, dim]}
     * @return their roots less the mean, each row brought to the length {@code √dim}, so that units vary by about 1
     */
    static INDArray prepared(INDArray rows, INDArray mean) {
        INDArray centred = Transforms.sqrt(Transforms.abs(rows), false)
                .muli(Transforms.sign(rows))
                .subiRowVector(mean);
        INDArray lengths = Transforms.max(centred.norm2(true, 1), SHORTEST, false);
        return centred.diviColumnVector(lengths).muli(Math.sqrt(rows.size(1)));
    }

    /** The mean of evenly spaced rows, {@code [1, dim]}, each number turned into another first. */
    static INDArray mean(Vectors vectors, DoubleUnaryOperator each) {
        double[] sum = new double[vectors.dim()];
        int step = Math.max(1, vectors.rows() / SAMPLE);
        int count = 0;
        for (int row = 0; row < vectors.rows(); row += step, count++) {
            float[] values = vectors.row(row);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each.applyAsDouble(values[i]);
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / count);
        }
        return Nd4j.createFromArray(mean).reshape(1, mean.length);
    }

    @Override
    public INDArray outputs(INDArray rows) {
        INDArray hidden = Transforms.relu(prepared(rows, mean).mmul(w1).addiRowVector(b1), false);
        return hidden.mmul(w2).addiRowVector(b2);
    }
}
