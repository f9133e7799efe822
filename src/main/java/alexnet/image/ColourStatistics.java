package alexnet.image;

import alexnet.config.Lighting;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Mean and principal components of the RGB values of a training set, {@code §4.1 (b)}, of levels from 0 to 255.
 *
 * @param mean of red, green and blue
 * @param covariance {@code [3][3]}, of the population: divided by the number of pixels
 * @param eigenvalues of the covariance, largest first
 * @param eigenvectors {@code [3][3]}: row i belongs to eigenvalue i, has length 1, and its largest component in
 *     magnitude is positive
 */
public record ColourStatistics(double[] mean, double[][] covariance, double[] eigenvalues, double[][] eigenvectors) {
    /**
     * @param mean of red, green and blue
     * @param covariance symmetric, {@code [3][3]}
     * @return the statistics with the principal components
     */
    public static ColourStatistics of(double[] mean, double[][] covariance) {
        EigenDecomposition found = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
        double[] eigenvalues = new double[3]; // commons-math gives a symmetric matrix's largest first
        double[][] eigenvectors = new double[3][];
        for (int i = 0; i < 3; i++) {
            eigenvalues[i] = Math.max(0, found.getRealEigenvalue(i)); // rounding may leave −1e-14 for none
            eigenvectors[i] = withFixedSign(found.getEigenvector(i).toArray());
        }
        return new ColourStatistics(mean, covariance, eigenvalues, eigenvectors);
    }

    /**
     * The colour to add to every pixel of one image, {@code Σ pᵢ·αᵢ·sᵢ}.
     *
     * @param reading what {@code sᵢ} is
     * @param alphas the three draws {@code αᵢ}
     * @return levels to add to red, green and blue
     */
    public float[] shift(Lighting.Reading reading, double[] alphas) {
        double[] shift = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int channel = 0; channel < 3; channel++) {
                shift[channel] += eigenvectors[i][channel] * alphas[i] * scale(reading, eigenvalues[i]);
            }
        }
        return new float[] {(float) shift[0], (float) shift[1], (float) shift[2]};
    }

    /**
     * @param reading what the eigenvectors are multiplied by
     * @param eigenvalue of levels from 0 to 255
     * @return {@code sᵢ} in levels from 0 to 255
     */
    private static double scale(Lighting.Reading reading, double eigenvalue) {
        return switch (reading) {
            case NONE -> 0;
            case EIGENVALUES_UNIT -> eigenvalue / (255.0 * 255.0) * 255.0; // λ of [0,1] values, then back to levels
            case EIGENVALUES_BYTE -> eigenvalue;
            case DEVIATIONS_BYTE -> Math.sqrt(eigenvalue);
        };
    }

    private static double[] withFixedSign(double[] vector) {
        int largest = 0;
        for (int i = 1; i < 3; i++) {
            if (Math.abs(vector[i]) > Math.abs(vector[largest])) {
                largest = i;
            }
        }
        if (vector[largest] < 0) {
            for (int i = 0; i < 3; i++) {
                vector[i] = -vector[i];
            }
        }
        return vector;
    }
}
