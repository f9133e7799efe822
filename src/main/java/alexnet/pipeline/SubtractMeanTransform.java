package alexnet.pipeline;

import alexnet.image.MeanImage;
import alexnet.image.Pixels;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Subtracts the mean image, {@code §2}; the result is {@code CV_32FC3}. As run in 2012 it is the mean's central crop
 * that is subtracted, wherever the image was cut and whether or not it was mirrored.
 */
public final class SubtractMeanTransform extends MatTransform {
    private final Mat mean;

    /** @param mean of the images' own size: already cropped */
    public SubtractMeanTransform(MeanImage mean) {
        this.mean = mean.toMat();
    }

    @Override
    boolean apply(Mat image, Mat result, Random random) {
        Pixels.toFloat(image, result);
        Pixels.subtract(result, mean);
        return true;
    }

    @Override
    public void close() {
        mean.close();
        super.close();
    }
}
