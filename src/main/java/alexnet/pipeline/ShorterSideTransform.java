package alexnet.pipeline;

import alexnet.image.Resize;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/** Scales the shorter side to a length and keeps the ratio, {@code §2}. */
public final class ShorterSideTransform extends MatTransform {
    private final int side;

    /** @param side the shorter side's new length in pixels */
    public ShorterSideTransform(int side) {
        this.side = side;
    }

    @Override
    boolean apply(Mat image, Mat result, Random random) {
        Mat resized = Resize.shorterSide(image, side);
        if (resized == image) {
            return false;
        }
        resized.copyTo(result);
        resized.close();
        return true;
    }
}
