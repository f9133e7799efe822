package alexnet.model.layer;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Normalisation within each map: {@code b = a / (k + α Σ a²)^β}, the sum over a {@code size × size} square centred on the
 * own position and cut at the map's edges. Input and output {@code [n, maps, height, width]}.
 *
 * <p>Not in the paper's text; the second block of the network as it was run in 2012 has it, and the CIFAR-10 nets of the
 * same program. Stock Deeplearning4j has no such layer.
 */
public final class WithinMapNormalization extends PlainLayer {
    private static final long serialVersionUID = 1L;

    private final int size;
    private final double k;
    private final double alpha;
    private final double beta;

    /**
     * @param size side of the square in positions, odd
     * @param k the constant
     * @param alpha factor of each term
     * @param beta exponent
     */
    @JsonCreator
    public WithinMapNormalization(
            @JsonProperty("size") int size,
            @JsonProperty("k") double k,
            @JsonProperty("alpha") double alpha,
            @JsonProperty("beta") double beta) {
        this.size = size;
        this.k = k;
        this.alpha = alpha;
        this.beta = beta;
    }

    /** @return side of the square in positions */
    public int getSize() {
        return size;
    }

    /** @return the constant */
    public double getK() {
        return k;
    }

    /** @return factor of each term of the sum */
    public double getAlpha() {
        return alpha;
    }

    /** @return the exponent */
    public double getBeta() {
        return beta;
    }

    @Override
    PlainRuntime<WithinMapNormalization> runtime(NeuralNetConfiguration conf, DataType type) {
        return new Runtime(conf, type);
    }

    /** Works map by map. */
    private static final class Runtime extends PlainRuntime<WithinMapNormalization> {
        private static final long serialVersionUID = 1L;

        Runtime(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        void forward(Elements in, Elements out, long[] shape, boolean training) {
            WithinMapNormalization c = layerConf();
            maps(shape, (w, from, length, square) -> {
                in.read(from, w.a, 0, length);
                Responses.forward(w, length, c.k, c.alpha, c.beta, square);
                out.write(from, w.a, 0, length);
            });
        }

        @Override
        void backward(Elements in, Elements epsilon, Elements out, long[] shape) {
            WithinMapNormalization c = layerConf();
            maps(shape, (w, from, length, square) -> {
                in.read(from, w.a, 0, length);
                epsilon.read(from, w.e, 0, length);
                Responses.backward(w, length, c.k, c.alpha, c.beta, square);
                out.write(from, w.e, 0, length);
            });
        }

        private interface Map {
            void process(Responses.Scratch w, int from, int length, Responses.Neighbourhood square);
        }

        private void maps(long[] shape, Map map) {
            int height = (int) shape[2];
            int width = (int) shape[3];
            int half = layerConf().size / 2;
            IntStream.range(0, (int) (shape[0] * shape[1])).parallel().forEach(task -> {
                Responses.Neighbourhood square = square(height, width, half);
                int from = Math.multiplyExact(task, height * width);
                map.process(new Responses.Scratch(height * width), from, height * width, square);
            });
        }

        /** Sums along rows first, then along columns. */
        private static Responses.Neighbourhood square(int height, int width, int half) {
            double[] rows = new double[height * width];
            return (values, sums) -> {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        double sum = 0;
                        for (int i = Math.max(0, x - half); i <= Math.min(width - 1, x + half); i++) {
                            sum += values[y * width + i];
                        }
                        rows[y * width + x] = sum;
                    }
                }
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        double sum = 0;
                        for (int i = Math.max(0, y - half); i <= Math.min(height - 1, y + half); i++) {
                            sum += rows[i * width + x];
                        }
                        sums[y * width + x] = sum;
                    }
                }
            };
        }
    }
}
