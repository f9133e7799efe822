package alexnet.pipeline;

import alexnet.config.Lighting;
import alexnet.image.ColourStatistics;
import alexnet.image.Pixels;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * PCA colour noise, {@code §4.1 (b)}: {@code (image + strength·shift) / divisor}, the shift drawn once per image. The
 * result is {@code CV_32FC3}.
 */
public final class LightingTransform extends MatTransform {
    private final ColourStatistics statistics;
    private final Lighting lighting;
    private double strength = 1;

    /**
     * @param statistics of the training set
     * @param lighting which reading of the text
     */
    public LightingTransform(ColourStatistics statistics, Lighting lighting) {
        this.statistics = statistics;
        this.lighting = lighting;
    }

    /**
     * @param newStrength 1 for the noise as set, 0 for none; with 0 the image is not divided either (as run, the noise
     *     was switched off for the last epochs)
     */
    public void strength(double newStrength) {
        this.strength = newStrength;
    }

    @Override
    boolean apply(Mat image, Mat result, Random random) {
        if (strength == 0 || lighting.reading() == Lighting.Reading.NONE) {
            return false;
        }
        Pixels.toFloat(image, result);
        Pixels.shift(result, shift(random), lighting.divisor());
        return true;
    }

    /**
     * @param random gives the three {@code αᵢ ~ N(0, deviation²)}
     * @return levels to add to red, green and blue
     */
    float[] shift(Random random) {
        double[] alphas = new double[3];
        for (int i = 0; i < 3; i++) {
            alphas[i] = strength * lighting.deviation() * random.nextGaussian();
        }
        return statistics.shift(lighting.reading(), alphas);
    }
}
