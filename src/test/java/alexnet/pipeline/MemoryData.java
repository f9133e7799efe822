package alexnet.pipeline;

import alexnet.data.ImageSplit;
import alexnet.data.Manifest;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.image.ColourStatistics;
import alexnet.image.MeanImage;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Pictures that tell where they were cut: red is x, green is y, blue is the picture's number (below 256). The classes
 * are the numbers modulo 10.
 */
final class MemoryData implements PreparedData {
    private static final double[][] COVARIANCE = {{2000, 1500, 1200}, {1500, 1900, 1400}, {1200, 1400, 2100}};

    private final int side;
    private final int count;
    private final byte[] blank; // null: as above
    private final IntConsumer beforeRead;

    MemoryData(int side, int count) {
        this(side, count, null, i -> {});
    }

    MemoryData(int side, int count, byte[] blank, IntConsumer beforeRead) {
        this.side = side;
        this.count = count;
        this.blank = blank;
        this.beforeRead = beforeRead;
    }

    @Override
    public Manifest manifest() {
        List<String> classes = IntStream.range(0, 10).mapToObj(i -> "class" + i).toList();
        return new Manifest(
                Manifest.FORMAT,
                side,
                Store.RAW,
                "none",
                new Manifest.Source("memory", Map.of()),
                0,
                classes,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    @Override
    public ColourStatistics colour() {
        return ColourStatistics.of(new double[3], COVARIANCE);
    }

    @Override
    public MeanImage mean() {
        float[] planes = new float[3 * side * side];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = i * 0.37f % 256;
        }
        return new MeanImage(planes, side);
    }

    byte[] picture(int i) {
        if (blank != null) {
            return blank;
        }
        byte[] rgb = new byte[3 * side * side];
        for (int p = 0; p < side * side; p++) {
            rgb[3 * p] = (byte) (p % side);
            rgb[3 * p + 1] = (byte) (p / side);
            rgb[3 * p + 2] = (byte) i;
        }
        return rgb;
    }

    @Override
    public ImageSplit split(String name) {
        return new ImageSplit() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int size() {
                return count;
            }

            @Override
            public int side() {
                return side;
            }

            @Override
            public int label(int i) {
                return i % 10;
            }

            @Override
            public String key(int i) {
                return "class" + i % 10 + "/" + i;
            }

            @Override
            public void read(int i, byte[] rgb) {
                beforeRead.accept(i);
                System.arraycopy(picture(i), 0, rgb, 0, rgb.length);
            }
        };
    }

    @Override
    public void close() {}
}
