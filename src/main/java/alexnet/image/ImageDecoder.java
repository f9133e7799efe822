package alexnet.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encoded bytes to an 8-bit RGB picture. The kind is told by content: a PNG named {@code .JPEG} decodes as a PNG.
 *
 * <p>Grey becomes three equal channels, CMYK is converted, 16 bits are scaled to 8, transparency is dropped, the EXIF
 * orientation is ignored (as in 2012). OpenCV decodes JPEG, PNG, BMP and WebP, the JDK GIF (its first frame) and TIFF.
 * Safe for use by several threads.
 */
public final class ImageDecoder {
    private static final byte[] END_OF_JPEG = {(byte) 0xff, (byte) 0xd9};

    private final ImageLimits limits;
    private final boolean strict;

    /**
     * @param limits checked before anything is decoded
     * @param strict whether a JPEG is first read through {@link JpegChecker}; otherwise one that is truncated or
     *     damaged in its middle decodes to wrong pixels without an error. About doubles the time.
     */
    public ImageDecoder(ImageLimits limits, boolean strict) {
        this.limits = limits;
        this.strict = strict;
        OpenCv.load();
    }

    /**
     * @param encoded the whole file
     * @return the picture, to be closed
     * @throws BadImageException if it is empty, of no known kind, over the limits or cannot be decoded
     */
    public RgbImage decode(byte[] encoded) throws BadImageException {
        return decode(encoded, Integer.MAX_VALUE);
    }

    /**
     * As {@link #decode(byte[])}, but a JPEG much larger than wanted is decoded at a half, a quarter or an eighth of
     * its size, in the frequency domain: what is to be shrunk anyway costs less so. Its shorter side stays as long as
     * wanted, at least.
     *
     * @param encoded the whole file
     * @param side the shorter side that is wanted, in pixels
     * @return the picture, to be closed
     * @throws BadImageException if it is empty, of no known kind, over the limits or cannot be decoded
     */
    public RgbImage decode(byte[] encoded, int side) throws BadImageException {
        limits.checkBytes(encoded.length);
        ImageHeader header = ImageHeader.read(encoded);
        switch (header.format()) {
            case GIF:
                return decodeInJava(encoded, "gif");
            case TIFF:
                return decodeInJava(encoded, "tiff");
            default:
                limits.checkSize(header.width(), header.height());
                if (strict && header.format() == ImageHeader.Format.JPEG) {
                    JpegChecker.check(encoded);
                }
                return decodeNatively(encoded, header, side);
        }
    }

    /**
     * @param encoded the whole file
     * @param size side of the square wanted, in pixels
     * @return the picture as {@link Resize#square} has it, {@code [size, size, 3]}
     * @throws BadImageException if it is empty, of no known kind, over the limits or cannot be decoded
     */
    public byte[] square(byte[] encoded, int size) throws BadImageException {
        return OpenCv.scoped(() -> {
            try (RgbImage image = decode(encoded, size)) {
                return Resize.square(image, size);
            }
        });
    }

    /** By how much a picture may be shrunk while it is decoded: 1, 2, 4 or 8. */
    private static int shrink(ImageHeader header, int side) {
        int shrink = 1;
        int shorter = Math.min(header.width(), header.height());
        while (header.format() == ImageHeader.Format.JPEG && shrink < 8 && shorter / (2 * shrink) >= side) {
            shrink *= 2;
        }
        return shrink;
    }

    /** In OpenCV, the flag of RGB and those of a size's colours, which mean BGR, exclude each other. */
    private static int flags(int shrink) {
        int size = switch (shrink) {
            case 2 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
            case 4 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
            case 8 -> opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
            default -> 0;
        };
        return size | opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    }

    private static RgbImage decodeNatively(byte[] encoded, ImageHeader header, int side) throws BadImageException {
        int shrink = shrink(header, side);
        int width = (header.width() + shrink - 1) / shrink;
        int height = (header.height() + shrink - 1) / shrink;
        Mat rgb = null;
        // The end marker is always added: without it OpenCV leaves the last rows of a JPEG undecoded. After a
        // complete picture it is ignored, as are all bytes there.
        try (BytePointer bytes = new BytePointer(encoded.length + 2L);
                Mat source = new Mat(1, encoded.length + 2, opencv_core.CV_8UC1, bytes)) {
            bytes.put(encoded).position(encoded.length).put(END_OF_JPEG).position(0);
            rgb = opencv_imgcodecs.imdecode(source, flags(shrink));
        } catch (RuntimeException e) { // a C++ exception
            throw new BadImageException("the " + header.format() + " data cannot be decoded", e);
        }
        if (rgb == null || rgb.empty()) {
            OpenCv.free(rgb);
            throw new BadImageException("the " + header.format() + " data cannot be decoded");
        }
        if (rgb.cols() != width || rgb.rows() != height) {
            String found = rgb.cols() + "x" + rgb.rows();
            OpenCv.free(rgb);
            throw new BadImageException("decoded to " + found + ", the header says " + width + "x" + height);
        }
        return new RgbImage(rgb);
    }

    private RgbImage decodeInJava(byte[] encoded, String format) throws BadImageException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new BadImageException("this Java has no reader for " + format);
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(in, true, true);
            limits.checkSize(reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = reader.read(0);
            return RgbImage.of(rgb(image), image.getWidth(), image.getHeight());
        } catch (IOException | RuntimeException e) { // the JDK's readers meet damage with either
            throw new BadImageException("the " + format.toUpperCase(Locale.ROOT) + " data cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] rgb(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[3 * width * height];
        Raster raster = image.getRaster();
        // Java takes grey as linear light and would brighten it; the samples are wanted as they are.
        boolean grey = raster.getNumBands() == 1 && !(image.getColorModel() instanceof IndexColorModel);
        int bits = raster.getSampleModel().getSampleSize(0);
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                int pixel = grey ? 0x010101 * toByte(raster.getSample(x, y, 0), bits) : image.getRGB(x, y);
                rgb[at] = (byte) (pixel >> 16);
                rgb[at + 1] = (byte) (pixel >> 8);
                rgb[at + 2] = (byte) pixel;
            }
        }
        return rgb;
    }

    private static int toByte(int sample, int bits) {
        return bits >= 8 ? sample >> (bits - 8) & 0xff : sample * 255 / ((1 << bits) - 1);
    }
}
