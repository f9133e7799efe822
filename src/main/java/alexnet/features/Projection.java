package alexnet.features;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tagbio.umap.Umap;

/** Many dimensions to two. */
final class Projection {
    private static final int COMPONENTS = 50; // what UMAP is given: noise is left out, and distances are cheap
    private static final int SPARE = 10;
    private static final int ROUNDS = 8;
    private static final int NEIGHBOURS = 15;

    private Projection() {}

    /**
     * Principal components by subspace iteration.
     *
     * @param rows {@code [n, dim]}; centred in place
     * @param seed of the first guess
     * @return coordinates {@code [n, min(50, dim, n)]}, largest variance first, each column's largest entry positive
     */
    static float[][] principal(INDArray rows, long seed) {
        rows.subiRowVector(rows.mean(0));
        int dim = (int) rows.size(1);
        int wanted = (int) Math.min(Math.min(COMPONENTS, dim), rows.size(0));
        int width = (int) Math.min(Math.min(wanted + SPARE, dim), rows.size(0));
        Random random = new Random(seed);
        float[] guess = new float[dim * width];
        for (int i = 0; i < guess.length; i++) {
            guess[i] = (float) random.nextGaussian();
        }
        INDArray basis = Nd4j.createFromArray(guess).reshape(dim, width);
        for (int round = 0; round < ROUNDS; round++) {
            orthogonalise(basis);
            basis = rows.transpose().mmul(rows.mmul(basis));
        }
        orthogonalise(basis);
        float[][] scores = rows.mmul(basis).toFloatMatrix();
        return rotated(scores, wanted);
    }

    /** Gram and Schmidt, twice, since once is not exact in float. */
    private static void orthogonalise(INDArray basis) {
        float[][] columns = basis.transpose().dup('c').toFloatMatrix();
        for (int i = 0; i < columns.length; i++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    add(columns[i], columns[j], -dot(columns[i], columns[j]));
                }
            }
            double length = Math.sqrt(dot(columns[i], columns[i]));
            for (int k = 0; k < columns[i].length; k++) {
                columns[i][k] = length < Float.MIN_NORMAL ? 0 : (float) (columns[i][k] / length);
            }
        }
        basis.assign(Nd4j.createFromArray(columns).transpose());
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static void add(float[] to, float[] what, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += (float) (factor * what[i]);
        }
    }

    /** The subspace's own axes; those of an iteration are still mixed where variances are alike. */
    private static float[][] rotated(float[][] scores, int wanted) {
        int width = scores[0].length;
        double[][] products = new double[width][width];
        for (float[] row : scores) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    products[i][j] += (double) row[i] * row[j];
                }
            }
        }
        EigenDecomposition axes = new EigenDecomposition(new Array2DRowRealMatrix(products, false));
        float[][] result = new float[scores.length][wanted];
        for (int component = 0; component < wanted; component++) {
            double[] axis = axes.getEigenvector(component).toArray(); // largest variance first
            double largest = 0;
            for (int row = 0; row < scores.length; row++) {
                double sum = 0;
                for (int i = 0; i < width; i++) {
                    sum += scores[row][i] * axis[i];
                }
                result[row][component] = (float) sum;
                largest = Math.abs(sum) > Math.abs(largest) ? sum : largest;
            }
            for (int row = 0; row < scores.length && largest < 0; row++) {
                result[row][component] = -result[row][component];
            }
        }
        return result;
    }

    /**
     * Uniform manifold approximation and projection.
     *
     * @param rows {@code [n, components]}
     * @param seed for the same map each time
     * @return {@code [n, 2]}
     */
    static float[][] umap(float[][] rows, int seed) {
        return new Umap()
                .setNumberComponents(2)
                .setNumberNearestNeighbours(Math.min(NEIGHBOURS, rows.length - 1))
                .setSeed(seed)
                .setThreads(1) // with more the map is another each time
                .fitTransform(rows);
    }
}
