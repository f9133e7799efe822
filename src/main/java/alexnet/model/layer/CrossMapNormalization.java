package alexnet.model.layer;

import alexnet.kernels.CrossMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Local response normalisation across adjacent maps, {@code §3.3}: {@code b = a / (k + α Σ a²)^β}, the sum over {@code n}
 * maps centred on the own one and cut at the first and last. Input and output {@code [n, maps, height, width]}.
 *
 * <p>The library's own layer has the same forward pass and a wrong gradient: it divides by the centre's scale where each
 * neighbour's own belongs.
 */
public final class CrossMapNormalization extends PlainLayer implements CrossMap {
    private static final long serialVersionUID = 1L;

    private final double k;
    private final int n;
    private final double alpha;
    private final double beta;

    /**
     * @param k the constant, the paper's 2
     * @param n maps in the window, odd, the paper's 5
     * @param alpha factor of each term, the paper's 1e-4
     * @param beta exponent, the paper's 0.75
     */
    @JsonCreator
    public CrossMapNormalization(
            @JsonProperty("k") double k,
            @JsonProperty("n") int n,
            @JsonProperty("alpha") double alpha,
            @JsonProperty("beta") double beta) {
        this.k = k;
        this.n = n;
        this.alpha = alpha;
        this.beta = beta;
    }

    @Override
    public double getK() {
        return k;
    }

    @Override
    public int getN() {
        return n;
    }

    @Override
    public double getAlpha() {
        return alpha;
    }

    @Override
    public double getBeta() {
        return beta;
    }

    @Override
    PlainRuntime<CrossMapNormalization> runtime(NeuralNetConfiguration conf, DataType type) {
        return new Runtime(conf, type);
    }

    /** Works on strips of neighbouring positions with all their maps, so that the working set stays in the cache. */
    private static final class Runtime extends PlainRuntime<CrossMapNormalization> {
        private static final long serialVersionUID = 1L;
        private static final int STRIP_ELEMENTS = 1 << 14;

        Runtime(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        void forward(Elements in, Elements out, long[] shape, boolean training) {
            CrossMapNormalization c = layerConf();
            strips(shape, (w, from, maps, area, width) -> {
                transfer(maps, area, width, (offset, at) -> in.read(from + offset, w.a, at, width));
                Responses.forward(w, maps * width, c.k, c.alpha, c.beta, window(maps, width, c.n / 2));
                transfer(maps, area, width, (offset, at) -> out.write(from + offset, w.a, at, width));
            });
        }

        @Override
        void backward(Elements in, Elements epsilon, Elements out, long[] shape) {
            CrossMapNormalization c = layerConf();
            strips(shape, (w, from, maps, area, width) -> {
                transfer(maps, area, width, (offset, at) -> {
                    in.read(from + offset, w.a, at, width);
                    epsilon.read(from + offset, w.e, at, width);
                });
                Responses.backward(w, maps * width, c.k, c.alpha, c.beta, window(maps, width, c.n / 2));
                transfer(maps, area, width, (offset, at) -> out.write(from + offset, w.e, at, width));
            });
        }

        private interface Strip {
            void process(Responses.Scratch w, int from, int maps, int area, int width);
        }

        private interface Row {
            void move(int offset, int at);
        }

        private static void transfer(int maps, int area, int width, Row row) {
            for (int map = 0; map < maps; map++) {
                row.move(map * area, map * width);
            }
        }

        private static void strips(long[] shape, Strip strip) {
            int maps = (int) shape[1];
            int area = (int) (shape[2] * shape[3]);
            int width = Math.min(area, Math.max(1, STRIP_ELEMENTS / maps));
            int perImage = (area + width - 1) / width;
            IntStream.range(0, (int) shape[0] * perImage).parallel().forEach(task -> {
                int start = task % perImage * width;
                int here = Math.min(width, area - start);
                int from = Math.addExact(Math.multiplyExact(task / perImage, maps * area), start);
                strip.process(new Responses.Scratch(maps * here), from, maps, area, here);
            });
        }

        private static Responses.Neighbourhood window(int maps, int width, int half) {
            return (values, sums) -> {
                for (int map = 0; map < maps; map++) {
                    int at = map * width;
                    int first = Math.max(0, map - half);
                    int last = Math.min(maps - 1, map + half);
                    System.arraycopy(values, first * width, sums, at, width);
                    for (int other = first + 1; other <= last; other++) {
                        add(values, other * width, sums, at, width);
                    }
                }
            };
        }

        private static void add(double[] values, int from, double[] sums, int at, int width) {
            for (int i = 0; i < width; i++) {
                sums[at + i] += values[from + i];
            }
        }
    }
}
