package alexnet.features;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The lower half of an auto-encoder: {@code W2ᵀ · max(0, W1ᵀ · (x − mean) · scale + b1) + b2}, before the logistic
 * function, which is above a half where this is above 0.
 *
 * @param mean of the features, {@code [1, dim]}
 * @param scale what brings them to unit variance on the average
 * @param w1 {@code [dim, hidden]}
 * @param b1 {@code [1, hidden]}
 * @param w2 {@code [hidden, bits]}
 * @param b2 {@code [1, bits]}
 */
record Encoder(INDArray mean, float scale, INDArray w1, INDArray b1, INDArray w2, INDArray b2) implements BinaryCode {
    @Override
    public int bits() {
        return (int) w2.size(1);
    }

    int dim() {
        return (int) w1.size(0);
    }

    /** What the auto-encoder reads. */
    static INDArray scaled(INDArray rows, INDArray mean, float scale) {
        return rows.subRowVector(mean).muli(scale);
    }

    @Override
    public INDArray outputs(INDArray rows) {
        INDArray hidden = Transforms.relu(scaled(rows, mean, scale).mmul(w1).addiRowVector(b1), false);
        return hidden.mmul(w2).addiRowVector(b2);
    }
}
