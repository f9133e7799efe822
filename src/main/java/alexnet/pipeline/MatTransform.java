package alexnet.pipeline;

import java.util.Random;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.transform.BaseImageTransform;

/**
 * A DataVec transform on OpenCV matrices. Its randomness is the one handed to {@code transform(image, random)}; the
 * library's own transforms reseed ND4J's generator.
 *
 * <p>An instance holds its output and overwrites it with the next image: one instance per thread. A result is valid
 * until the next call.
 */
abstract class MatTransform extends BaseImageTransform<Mat> implements AutoCloseable {
    /**
     * Kept for life: DataVec's converter returns its last frame again if the pixels' address is the same, together with
     * the matrix of that time, which must not have been freed.
     */
    private final Mat output = new Mat();

    MatTransform() {
        super(null);
        converter = new OpenCVFrameConverter.ToMat();
    }

    /**
     * @param image the input; not changed
     * @param result where the result goes
     * @param random the only source of chance
     * @return whether {@code result} was written; if not, the image passes as it is
     */
    abstract boolean apply(Mat image, Mat result, Random random);

    @Override
    protected final ImageWritable doTransform(ImageWritable image, Random random) {
        if (image == null) {
            return null;
        }
        boolean changed = apply(converter.convert(image.getFrame()), output, random);
        return changed ? new ImageWritable(converter.convert(output)) : image;
    }

    // Two transforms are never the same one: they hold state. The base class compares by settings.
    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public void close() {
        output.close();
    }
}
