package alexnet.model.layer;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout as in {@code §4.2}: in training each element is kept with probability {@code keep} or set to zero, unscaled; at
 * test time all are kept and multiplied by {@code keep}. Input and output have any same shape.
 *
 * <p>A mask is a function of the seed, the iteration and the row in the batch, so that a resumed run draws the same masks,
 * and so does a replica that is given some rows of a batch and told which.
 */
public final class PaperDropout extends PlainLayer {
    private static final long serialVersionUID = 1L;

    private final double keep;
    private final long seed;

    @JsonIgnore
    private transient int firstRow;

    /**
     * @param keep probability that an element is kept, above 0 and at most 1; the paper's 0.5
     * @param seed of the masks; each dropout layer of a graph has its own
     */
    @JsonCreator
    public PaperDropout(@JsonProperty("keep") double keep, @JsonProperty("seed") long seed) {
        this.keep = keep;
        this.seed = seed;
    }

    /** @return probability that an element is kept */
    public double getKeep() {
        return keep;
    }

    /** @return seed of the masks */
    public long getSeed() {
        return seed;
    }

    /** @param row which row of the whole batch the next input's first one is; 0 unless the batch is shared among replicas */
    public void startAtRow(int row) {
        firstRow = row;
    }

    @Override
    PlainRuntime<PaperDropout> runtime(NeuralNetConfiguration conf, DataType type) {
        return new Runtime(conf, type);
    }

    private static final class Runtime extends PlainRuntime<PaperDropout> {
        private static final long serialVersionUID = 1L;
        private static final long GOLDEN = 0x9E3779B97F4A7C15L;

        Runtime(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        void forward(Elements in, Elements out, long[] shape, boolean training) {
            apply(in, out, shape, training ? mask() : null);
        }

        @Override
        void backward(Elements in, Elements epsilon, Elements out, long[] shape) {
            apply(epsilon, out, shape, mask());
        }

        private SplittableRandom mask() {
            return new SplittableRandom((layerConf().seed ^ getIterationCount() * GOLDEN) * GOLDEN);
        }

        private void apply(Elements in, Elements out, long[] shape, SplittableRandom mask) {
            double keep = layerConf().keep;
            int row = 1;
            for (int i = 1; i < shape.length; i++) {
                row = Math.multiplyExact(row, (int) shape[i]);
            }
            double[] values = new double[row];
            for (long skipped = 0; mask != null && skipped < (long) layerConf().firstRow * row; skipped++) {
                mask.nextDouble();
            }
            for (int i = 0; i < shape[0]; i++) {
                in.read(i * row, values, 0, row);
                for (int j = 0; j < row; j++) {
                    values[j] = mask == null ? values[j] * keep : mask.nextDouble() < keep ? values[j] : 0;
                }
                out.write(i * row, values, 0, row);
            }
        }
    }
}
