package alexnet.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Prepared squares as JPEG and back; the 2012 data were kept so too. Safe for use by several threads. */
public final class StoredJpeg {
    /** Quality of the authors' data tool. */
    private static final int QUALITY = 95;

    private StoredJpeg() {}

    /**
     * @param rgb {@code [side, side, 3]}
     * @param side in pixels
     * @return a JPEG
     */
    public static byte[] encode(byte[] rgb, int side) {
        try (RgbImage image = RgbImage.of(rgb, side, side);
                Mat bgr = new Mat();
                BytePointer encoded = new BytePointer();
                IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY)) {
            opencv_imgproc.cvtColor(image.mat(), bgr, opencv_imgproc.COLOR_RGB2BGR);
            try (BytePointer extension = new BytePointer(".jpg")) {
                if (!opencv_imgcodecs.imencode(extension, bgr, encoded, quality)) {
                    throw new IllegalStateException("OpenCV encoded no JPEG of " + side + "x" + side + " pixels.");
                }
            }
            byte[] jpeg = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(jpeg);
            return jpeg;
        }
    }

    /**
     * @param jpeg a JPEG of {@code side·side} pixels
     * @param side in pixels
     * @param rgb gets {@code [side, side, 3]}
     * @throws BadImageException if it does not decode, or to another size
     */
    public static void decode(byte[] jpeg, int side, byte[] rgb) throws BadImageException {
        OpenCv.load();
        Mat decoded = null;
        try (BytePointer bytes = new BytePointer(jpeg);
                Mat source = new Mat(1, jpeg.length, opencv_core.CV_8UC1, bytes)) {
            decoded = opencv_imgcodecs.imdecode(
                    source, opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION);
            if (decoded.cols() != side || decoded.rows() != side) {
                throw new BadImageException("the JPEG decodes to " + decoded.cols() + "x" + decoded.rows()
                        + " pixels, expected " + side + "x" + side);
            }
            decoded.data().get(rgb, 0, 3 * side * side);
        } finally {
            OpenCv.free(decoded);
        }
    }
}
