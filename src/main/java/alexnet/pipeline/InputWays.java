package alexnet.pipeline;

import alexnet.data.PreparedData;
import alexnet.image.BadImageException;
import alexnet.image.ImageDecoder;
import alexnet.image.ImageLimits;
import alexnet.image.MeanImage;
import alexnet.image.OpenCv;
import alexnet.image.Pixels;
import alexnet.image.Resize;
import alexnet.image.RgbImage;
import alexnet.image.StoredJpeg;
import alexnet.image.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same pictures made ready in two ways, for each step of {@code §2} that the text leaves open or that the program of
 * 2012 took otherwise: to see how much hangs on it.
 */
public final class InputWays {
    private final MeanImage mean;
    private final int size;
    private final int crop;

    private InputWays(PreparedData data, int crop) {
        this.mean = data.mean();
        this.size = data.size();
        this.crop = crop;
    }

    /**
     * The network's input.
     *
     * @param usual in this project's way, {@code [n, 3, crop, crop]}
     * @param other in the other
     */
    public record Pair(INDArray usual, INDArray other) {
        /** @return how far the two are apart in levels of 0 to 255, as a root mean square */
        public double levels() {
            INDArray difference = usual.sub(other);
            return difference.norm2Number().doubleValue() / Math.sqrt(difference.length());
        }
    }

    /**
     * @param files pictures as they were before preparation
     * @param data gives the squares' size and the mean image
     * @param crop side of the network's input in pixels
     * @return by what is changed, in order
     * @throws IOException if a file cannot be read
     * @throws BadImageException if one is not a whole picture
     */
    public static Map<String, Pair> of(List<Path> files, PreparedData data, int crop)
            throws IOException, BadImageException {
        InputWays ways = new InputWays(data, crop);
        List<byte[]> squares = new ArrayList<>();
        List<byte[]> linear = new ArrayList<>();
        List<byte[]> stored = new ArrayList<>();
        ImageDecoder decoder = new ImageDecoder(ImageLimits.COLLECTION, true);
        for (Path file : files) {
            byte[] encoded = Files.readAllBytes(file);
            byte[] square = decoder.square(encoded, data.size());
            squares.add(square);
            linear.add(ways.linear(decoder, encoded));
            byte[] jpeg = new byte[square.length];
            StoredJpeg.decode(StoredJpeg.encode(square, data.size()), data.size(), jpeg);
            stored.add(jpeg);
        }
        View centre = View.centre(data.size(), crop);
        View corner = View.ten(data.size(), crop).get(0);
        INDArray usual = ways.input(squares, centre, centre);
        Map<String, Pair> pairs = new LinkedHashMap<>();
        pairs.put("resized by two nearest pixels, not by area", new Pair(usual, ways.input(linear, centre, centre)));
        pairs.put("stored as JPEG of quality 95", new Pair(usual, ways.input(stored, centre, centre)));
        pairs.put(
                "a corner less its own mean, not that of the centre",
                new Pair(ways.input(squares, corner, centre), ways.input(squares, corner, corner)));
        return pairs;
    }

    /** Resized with each pixel from the nearest two by two, whatever lies between. */
    private byte[] linear(ImageDecoder decoder, byte[] encoded) throws BadImageException {
        return OpenCv.scoped(() -> {
            RgbImage image = decoder.decode(encoded);
            Mat resized = Resize.shorterSide(image.mat(), size, opencv_imgproc.INTER_LINEAR);
            byte[] rgb = new byte[3 * size * size];
            Resize.centre(resized, size).clone().data().get(rgb);
            return rgb;
        });
    }

    /** Windows less the mean's window, which may lie elsewhere. */
    private INDArray input(List<byte[]> squares, View window, View meanWindow) {
        int values = 3 * crop * crop;
        float[] input = new float[squares.size() * values];
        float[] planes = mean.planes();
        for (int picture = 0; picture < squares.size(); picture++) {
            float[] levels = Pixels.views(squares.get(picture), size, crop, List.of(window), null);
            for (int i = 0; i < values; i++) {
                int row = i / crop % crop + meanWindow.y();
                int column = i % crop + meanWindow.x();
                float subtracted = planes[(i / (crop * crop) * size + row) * size + column];
                input[picture * values + i] = levels[i] - subtracted;
            }
        }
        return Nd4j.createFromArray(input).reshape(squares.size(), 3, crop, crop);
    }
}
