package alexnet.pipeline;

import alexnet.image.Pixels;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;

/** Exchanges left and right if a fair coin says so, {@code §4.1 (a)}. */
public final class MirrorTransform extends MatTransform {
    @Override
    boolean apply(Mat image, Mat result, Random random) {
        if (!random.nextBoolean()) {
            return false;
        }
        Pixels.mirror(image, result);
        return true;
    }
}
