package alexnet.pipeline;

import alexnet.image.Resize;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/** Cuts the central square at {@code (length − crop) / 2}, {@code §2} and, at test time, {@code §4.1}. */
public final class CentreCropTransform extends MatTransform {
    private final int crop;

    /** @param crop the square's side in pixels */
    public CentreCropTransform(int crop) {
        this.crop = crop;
    }

    @Override
    boolean apply(Mat image, Mat result, Random random) {
        try (Mat window = Resize.centre(image, crop)) {
            window.copyTo(result);
        }
        return true;
    }
}
