package alexnet.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import alexnet.config.Lighting;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColourStatisticsTest {
    private static final int SIZE = 16;

    private static byte[][] images(int count) {
        Random random = new Random(6);
        byte[][] images = new byte[count][3 * SIZE * SIZE];
        for (byte[] image : images) {
            for (int i = 0; i < image.length; i += 3) {
                int common = random.nextInt(150);
                image[i] = (byte) (common + random.nextInt(100));
                image[i + 1] = (byte) (common + random.nextInt(50));
                image[i + 2] = (byte) (common + random.nextInt(20));
            }
        }
        return images;
    }

    @Test
    void meanAndCovarianceAgreeWithPlainLoops() {
        byte[][] images = images(7);
        ColourSums first = new ColourSums(SIZE);
        ColourSums second = new ColourSums(SIZE);
        for (int i = 0; i < images.length; i++) {
            (i % 3 == 0 ? first : second).add(images[i]);
        }
        first.add(second);
        int n = images.length * SIZE * SIZE;
        double[] mean = new double[3];
        double[] pixelMean = new double[3 * SIZE * SIZE];
        for (byte[] image : images) {
            for (int i = 0; i < image.length; i++) {
                mean[i % 3] += (image[i] & 0xff) / (double) n;
                pixelMean[i % 3 * SIZE * SIZE + i / 3] += (image[i] & 0xff) / (double) images.length;
            }
        }
        double[][] covariance = new double[3][3];
        for (byte[] image : images) {
            for (int p = 0; p < image.length; p += 3) {
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        covariance[i][j] += ((image[p + i] & 0xff) - mean[i]) * ((image[p + j] & 0xff) - mean[j]) / n;
                    }
                }
            }
        }
        ColourStatistics found = first.statistics();
        assertArrayEquals(mean, found.mean(), 1e-9);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(covariance[i], found.covariance()[i], 1e-7);
        }
        float[] planes = first.mean().planes();
        for (int i = 0; i < planes.length; i++) {
            assertEquals(pixelMean[i], planes[i], 1e-4);
        }
    }

    @Test
    void componentsAreEigenvectorsLargestFirstWithFixedSigns() {
        double[][] covariance = {{4, 1, 0.5}, {1, 3, 0.2}, {0.5, 0.2, 2}};
        ColourStatistics found = ColourStatistics.of(new double[3], covariance);
        assertEquals(9, found.eigenvalues()[0] + found.eigenvalues()[1] + found.eigenvalues()[2], 1e-12);
        for (int i = 0; i < 3; i++) {
            double[] vector = found.eigenvectors()[i];
            double norm = 0;
            double largest = 0;
            for (int row = 0; row < 3; row++) {
                double product = 0;
                for (int j = 0; j < 3; j++) {
                    product += covariance[row][j] * vector[j];
                }
                assertEquals(found.eigenvalues()[i] * vector[row], product, 1e-12);
                norm += vector[row] * vector[row];
                largest = Math.abs(vector[row]) > Math.abs(largest) ? vector[row] : largest;
            }
            assertEquals(1, norm, 1e-12);
            assertEquals(Math.abs(largest), largest, "the largest component is positive");
            if (i > 0) {
                assertEquals(1, Math.signum(found.eigenvalues()[i - 1] - found.eigenvalues()[i]));
            }
        }
    }

    @Test
    void aDiagonalCovarianceHasTheAxesAsComponents() {
        ColourStatistics found = ColourStatistics.of(new double[3], new double[][] {{1, 0, 0}, {0, 9, 0}, {0, 0, 4}});
        assertArrayEquals(new double[] {9, 4, 1}, found.eigenvalues(), 1e-12);
        assertArrayEquals(new double[] {0, 1, 0}, found.eigenvectors()[0], 1e-12);
        assertArrayEquals(new double[] {0, 0, 1}, found.eigenvectors()[1], 1e-12);
        assertArrayEquals(new double[] {1, 0, 0}, found.eigenvectors()[2], 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Lighting.Reading.class)
    void theShiftOfEachReading(Lighting.Reading reading) {
        ColourStatistics axes =
                ColourStatistics.of(new double[3], new double[][] {{2500, 0, 0}, {0, 900, 0}, {0, 0, 100}});
        float[] expected = switch (reading) {
            case NONE -> new float[] {0, 0, 0};
            case EIGENVALUES_UNIT -> new float[] {2500 * .1f / 255, 900 * -.2f / 255, 100 * .3f / 255};
            case EIGENVALUES_BYTE -> new float[] {250, -180, 30};
            case DEVIATIONS_BYTE -> new float[] {5, -6, 3};
        };
        assertArrayEquals(expected, axes.shift(reading, new double[] {.1, -.2, .3}), 1e-4f);
    }
}
