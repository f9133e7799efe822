package alexnet.model.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both normalisations against plain loops in double precision that follow the formula of the paper. */
class NormalizationTest {
    private static final int IMAGES = 2;
    private static final int MAPS = 7;
    private static final int HEIGHT = 5;
    private static final int WIDTH = 6;
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

    /** The scale s of each element, from which both passes follow. */
    private interface Neighbours {
        List<int[]> of(int map, int y, int x);
    }

    private record Formula(double k, double alpha, double beta, Neighbours neighbours) {
        double scale(double[][][][] a, int image, int map, int y, int x) {
            double sum = 0;
            for (int[] at : neighbours.of(map, y, x)) {
                double value = a[image][at[0]][at[1]][at[2]];
                sum += value * value;
            }
            return k + alpha * sum;
        }

        double forward(double[][][][] a, int image, int map, int y, int x) {
            return a[image][map][y][x] / Math.pow(scale(a, image, map, y, x), beta);
        }

        /** ∂(Σ e·b)/∂a at one element: through its own numerator, and through each scale in which it stands. */
        double backward(double[][][][] a, double[][][][] e, int image, int map, int y, int x) {
            double gradient = e[image][map][y][x] * Math.pow(scale(a, image, map, y, x), -beta);
            for (int[] at : neighbours.of(map, y, x)) {
                double s = scale(a, image, at[0], at[1], at[2]);
                gradient -= 2
                        * alpha
                        * beta
                        * a[image][map][y][x]
                        * e[image][at[0]][at[1]][at[2]]
                        * a[image][at[0]][at[1]][at[2]]
                        * Math.pow(s, -beta - 1);
            }
            return gradient;
        }
    }

    private static final Formula ACROSS = new Formula(2, 1e-4, 0.75, (map, y, x) -> {
        var all = new ArrayList<int[]>();
        for (int j = Math.max(0, map - 2); j <= Math.min(MAPS - 1, map + 2); j++) {
            all.add(new int[] {j, y, x});
        }
        return all;
    });

    private static final Formula WITHIN = new Formula(1, 4e-5, 0.75, (map, y, x) -> {
        var all = new ArrayList<int[]>();
        for (int i = -2; i <= 2; i++) {
            for (int j = -2; j <= 2; j++) {
                if (y + i >= 0 && y + i < HEIGHT && x + j >= 0 && x + j < WIDTH) {
                    all.add(new int[] {map, y + i, x + j});
                }
            }
        }
        return all;
    });

    @ParameterizedTest(name = "activations of about {0}")
    @ValueSource(doubles = {1, 30, 300})
    void acrossMapsFollowsTheFormulaInBothPasses(double magnitude) {
        assertTrue(
                largestError(new CrossMapNormalization(2, 5, 1e-4, 0.75), ACROSS, magnitude, DataType.DOUBLE) < 1e-12);
        assertTrue(largestError(new CrossMapNormalization(2, 5, 1e-4, 0.75), ACROSS, magnitude, DataType.FLOAT) < 1e-6);
    }

    @ParameterizedTest(name = "activations of about {0}")
    @ValueSource(doubles = {1, 30, 300})
    void withinAMapFollowsTheFormulaInBothPasses(double magnitude) {
        assertTrue(
                largestError(new WithinMapNormalization(5, 1, 4e-5, 0.75), WITHIN, magnitude, DataType.DOUBLE) < 1e-12);
        assertTrue(
                largestError(new WithinMapNormalization(5, 1, 4e-5, 0.75), WITHIN, magnitude, DataType.FLOAT) < 1e-6);
    }

    /** The check can fail: the library's layer has the right forward pass and a wrong gradient. */
    @ParameterizedTest(name = "activations of about {0}")
    @ValueSource(doubles = {30, 300})
    void theLibrarysOwnLayerFailsTheSameCheck(double magnitude) {
        var library = new LocalResponseNormalization.Builder()
                .k(2)
                .n(5)
                .alpha(1e-4)
                .beta(0.75)
                .build();
        assertTrue(largestError(library, ACROSS, magnitude, DataType.DOUBLE) > 1e-4);
    }

    @Test
    void anyExponentIsComputed() {
        Formula steeper = new Formula(2, 1e-4, 0.5, ACROSS.neighbours());
        assertTrue(largestError(new CrossMapNormalization(2, 5, 1e-4, 0.5), steeper, 30, DataType.DOUBLE) < 1e-12);
    }

    @Test
    void anInputInColumnOrderGivesTheSameOutput() {
        INDArray rowMajor = random(1, 30, DataType.DOUBLE);
        Layer layer = runtime(new CrossMapNormalization(2, 5, 1e-4, 0.75), DataType.DOUBLE);
        INDArray expected = layer.activate(rowMajor, false, NONE).dup();
        assertEquals(expected, layer.activate(rowMajor.dup('f'), false, NONE));
    }

    @Test
    void manyPositionsAreCutIntoStripsWithoutASeam() {
        INDArray wide = Nd4j.rand(DataType.DOUBLE, 1, 48, 55, 55).muli(30);
        INDArray out = runtime(new CrossMapNormalization(2, 5, 1e-4, 0.75), DataType.DOUBLE)
                .activate(wide, false, NONE);
        for (int position = 0; position < 55 * 55; position += 7) {
            int y = position / 55;
            int x = position % 55;
            double sum = 0;
            for (int j = 20; j <= 24; j++) {
                sum += Math.pow(wide.getDouble(0, j, y, x), 2);
            }
            double expected = wide.getDouble(0, 22, y, x) / Math.pow(2 + 1e-4 * sum, 0.75);
            assertEquals(expected, out.getDouble(0, 22, y, x), 1e-12);
        }
    }

    /** The largest difference in either pass, relative to the largest value of that pass. */
    private static double largestError(
            org.deeplearning4j.nn.conf.layers.Layer conf, Formula formula, double magnitude, DataType type) {
        INDArray input = random(1, magnitude, type);
        INDArray epsilon = random(2, 1, type);
        double[][][][] a = values(input);
        double[][][][] e = values(epsilon);
        Layer layer = runtime(conf, type);
        double[][][][] out = values(layer.activate(input, true, NONE));
        double[][][][] gradient = values(layer.backpropGradient(epsilon, NONE).getSecond());
        double[] error = new double[2];
        double[] size = new double[2];
        for (int image = 0; image < IMAGES; image++) {
            for (int map = 0; map < MAPS; map++) {
                for (int at = 0; at < HEIGHT * WIDTH; at++) {
                    int y = at / WIDTH;
                    int x = at % WIDTH;
                    double forward = formula.forward(a, image, map, y, x);
                    double backward = formula.backward(a, e, image, map, y, x);
                    error[0] = Math.max(error[0], Math.abs(out[image][map][y][x] - forward));
                    error[1] = Math.max(error[1], Math.abs(gradient[image][map][y][x] - backward));
                    size[0] = Math.max(size[0], Math.abs(forward));
                    size[1] = Math.max(size[1], Math.abs(backward));
                }
            }
        }
        return Math.max(error[0] / size[0], error[1] / size[1]);
    }

    private static Layer runtime(org.deeplearning4j.nn.conf.layers.Layer conf, DataType type) {
        NeuralNetConfiguration configuration = new NeuralNetConfiguration();
        configuration.setLayer(conf);
        return conf.instantiate(configuration, null, 0, null, false, type);
    }

    private static INDArray random(long seed, double magnitude, DataType type) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[IMAGES * MAPS * HEIGHT * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = magnitude * (2 * random.nextDouble() - 1);
        }
        return Nd4j.createFromArray(values).castTo(type).reshape(IMAGES, MAPS, HEIGHT, WIDTH);
    }

    private static double[][][][] values(INDArray array) {
        double[][][][] values = new double[IMAGES][MAPS][HEIGHT][WIDTH];
        for (int i = 0; i < IMAGES * MAPS * HEIGHT * WIDTH; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH % HEIGHT;
            int map = i / WIDTH / HEIGHT % MAPS;
            int image = i / WIDTH / HEIGHT / MAPS;
            values[image][map][y][x] = array.getDouble(image, map, y, x);
        }
        return values;
    }
}
