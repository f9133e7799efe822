package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ProjectionTest {
    private static float[][] stretched(int rows, int dim) {
        Random random = new Random(1);
        float[][] values = new float[rows][dim];
        for (float[] row : values) {
            double shared = random.nextGaussian();
            for (int i = 0; i < dim; i++) {
                row[i] = (float) (3 + shared * (i % 3) + 8.0 / (i + 1) * random.nextGaussian());
            }
        }
        return values;
    }

    @Test
    void principalComponentsAreThoseOfTheCovariancesEigenvectors() {
        float[][] rows = stretched(300, 90);
        float[][] found = Projection.principal(Nd4j.createFromArray(rows), 1);
        double[][] exact = new double[rows.length][rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                exact[i][j] = rows[i][j];
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Covariance(exact).getCovarianceMatrix());
        double[][] centred = new Array2DRowRealMatrix(exact).getData();
        for (int component = 0; component < 2; component++) {
            double[] vector = eigen.getEigenvector(component).toArray();
            double mean = 0;
            double[] expected = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < vector.length; j++) {
                    expected[i] += centred[i][j] * vector[j];
                }
                mean += expected[i] / rows.length;
            }
            double sign = Math.signum((expected[0] - mean) * found[0][component]);
            for (int i = 0; i < rows.length; i++) {
                assertEquals(sign * (expected[i] - mean), found[i][component], 1e-2, "row " + i);
            }
        }
        assertEquals(50, found[0].length);
    }

    @Test
    void theMapPutsClustersApartAndIsTheSameEachTime() {
        Random random = new Random(2);
        float[][] rows = new float[120][8];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 8; j++) {
                rows[i][j] = (float) ((i % 2) * 20 + random.nextGaussian());
            }
        }
        float[][] map = Projection.umap(rows, 3);
        double within = 0;
        double between = 0;
        for (int i = 2; i < rows.length; i++) {
            within = Math.max(within, distance(map[i], map[i - 2]));
            between += distance(map[i], map[i - 1]) / (rows.length - 2);
        }
        assertTrue(between > within, "between " + between + ", within at most " + within);
        float[][] again = Projection.umap(rows, 3);
        for (int i = 0; i < rows.length; i++) {
            assertArrayEquals(map[i], again[i]);
        }
    }

    private static double distance(float[] a, float[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }
}
