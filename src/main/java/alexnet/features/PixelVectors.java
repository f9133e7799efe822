package alexnet.features;

import alexnet.config.UsageException;
import alexnet.image.Resize;
import alexnet.image.RgbImage;
import alexnet.run.Progress;
import java.util.List;

/** Pictures as vectors of their levels, shrunk to 32 × 32 if they are larger: what features are better than. */
public final class PixelVectors {
    private static final int LARGEST = 32;
    private static final long MOST_BYTES = 3L << 30;

    private final int from;
    private final int side;

    /** @param from side of the pictures in pixels */
    public PixelVectors(int from) {
        this.from = from;
        this.side = Math.min(LARGEST, from);
    }

    int side() {
        return side;
    }

    /** Levels from 0 to 255. */
    private float[] of(byte[] picture) {
        byte[] rgb = picture;
        if (side < from) {
            try (RgbImage image = RgbImage.of(picture, from, from)) {
                rgb = Resize.square(image, side);
            }
        }
        float[] levels = new float[rgb.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = rgb[i] & 0xff;
        }
        return levels;
    }

    Vectors of(Lookup pictures, int count, Progress.Factory progress) {
        int dim = 3 * side * side;
        long bytes = (long) Float.BYTES * dim * count;
        if (bytes > MOST_BYTES) {
            throw new UsageException("The pixels of " + count + " pictures take " + (bytes >> 20) + " MB, at most "
                    + (MOST_BYTES >> 20) + " are kept in memory. Leave pixels out, or use fewer pictures.");
        }
        Vectors vectors = Vectors.allocate(count, dim);
        try (Progress bar = progress.start("pixels", count, "img")) {
            for (int row = 0; row < count; row++) {
                vectors.at(row).put(of(pictures.square(row)), 0, dim);
                bar.advance(1);
            }
        }
        return vectors.square();
    }

    /**
     * @param pictures those that are searched
     * @param count how many
     * @param queries {@code [from, from, 3]} each
     * @param k how many neighbours
     * @param progress shows pictures per second
     * @return for each query the nearest by Euclidean distance of the levels
     */
    public List<List<Neighbour>> nearest(
            Lookup pictures, int count, List<byte[]> queries, int k, Progress.Factory progress) {
        float[][] vectors = queries.stream().map(this::of).toArray(float[][]::new);
        return new ExactSearch(of(pictures, count, progress)).nearest(vectors, k);
    }
}
