package alexnet.pipeline;

import alexnet.image.Pixels;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/** Cuts a square at a random place, all places equally likely, {@code §4.1 (a)}: 33×33 for 224 of 256. */
public final class CropTransform extends MatTransform {
    private final int crop;

    /** @param crop the square's side in pixels */
    public CropTransform(int crop) {
        this.crop = crop;
    }

    @Override
    boolean apply(Mat image, Mat result, Random random) {
        int x = random.nextInt(image.cols() - crop + 1);
        int y = random.nextInt(image.rows() - crop + 1);
        try (Mat window = Pixels.crop(image, x, y, crop)) {
            window.copyTo(result);
        }
        return true;
    }
}
