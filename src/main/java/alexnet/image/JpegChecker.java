package alexnet.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Tells a truncated or damaged JPEG, which OpenCV decodes without a word, through the warnings of the JDK's reader.
 *
 * <p>A JPEG that lacks only its end marker is whole, and so is one with bytes left over behind it. Limit: a progressive
 * JPEG cut exactly between two scans looks whole. Costs a fifth of a decode for a sound baseline JPEG, and about one
 * decode for others.
 */
public final class JpegChecker {
    /** How the reader's warnings about the pictures' data begin; others concern profiles and thumbnails. */
    private static final List<String> DAMAGE = List.of("corrupt", "premature", "truncated", "inconsistent");

    private static final String READER = "com.sun.imageio.plugins.jpeg.JPEGImageReader";

    private JpegChecker() {}

    /**
     * @param jpeg the whole file
     * @throws BadImageException if a part of the picture is missing or damaged; the message has the reader's words
     */
    public static void check(byte[] jpeg) throws BadImageException {
        if (JpegScan.isSound(jpeg)) { // the JDK's reader would find nothing, five times as slowly
            return;
        }
        List<String> warnings = damage(jpeg);
        if (warnings.isEmpty()) {
            return;
        }
        byte[] ended = Arrays.copyOf(jpeg, jpeg.length + 2);
        ended[jpeg.length] = (byte) 0xff;
        ended[jpeg.length + 1] = (byte) 0xd9;
        List<String> remaining = damage(ended);
        if (!remaining.isEmpty()) {
            throw new BadImageException("damaged JPEG: " + remaining.get(0));
        }
    }

    /** How many of the JDK's warnings concern the picture's data; −1 if it cannot be read at all. */
    static int warnings(byte[] jpeg) {
        try {
            return damage(jpeg).size();
        } catch (BadImageException e) {
            return -1;
        }
    }

    private static List<String> damage(byte[] jpeg) throws BadImageException {
        List<String> found = new ArrayList<>();
        IIOReadWarningListener listener = (source, warning) -> {
            String lower = warning.toLowerCase(Locale.ROOT);
            if (DAMAGE.stream().anyMatch(lower::startsWith)) {
                found.add(warning);
            }
        };
        ImageReader reader = reader();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener(listener);
            reader.readRaster(0, null); // no colour conversion: CMYK too
        } catch (IOException | RuntimeException e) {
            throw new BadImageException("damaged JPEG: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
        return found;
    }

    private static ImageReader reader() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().equals(READER)) {
                return reader;
            }
        }
        throw new IllegalStateException("This Java has no " + READER
                + ", whose warnings tell a damaged JPEG. Use a JDK with the module java.desktop.");
    }
}
