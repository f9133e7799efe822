package alexnet.features;

import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Activations of many pictures in one memory-mapped file of the format safetensors: {@code features} float32
 * {@code [n, dim]}, their squared lengths {@code squares} float32 {@code [n]}, {@code labels} int32 {@code [n]} (−1: no
 * class), {@code keys} uint8 (the pictures' names in UTF-8, one a line), and the {@link Origin} in its metadata.
 */
public final class FeatureFile {
    static final String FORMAT = "alexnet-features-1";
    static final String FEATURES = "features";
    static final String SQUARES = "squares";
    static final String LABELS = "labels";
    static final String KEYS = "keys";
    private static final String NEXT = "Name a file of Features extract, or make it again.";

    private final Path path;
    private final Origin origin;
    private final Vectors vectors;
    private final int[] labels;
    private final List<String> keys;

    private FeatureFile(Path path, SafeTensors file) throws IOException {
        this.path = path;
        this.origin = Origin.of(file, path, FORMAT);
        long rows = file.shape(FEATURES, SafeTensors.Type.F32, 2)[0];
        requireRows(rows, file.shape(SQUARES, SafeTensors.Type.F32, 1)[0], SQUARES);
        requireRows(rows, file.shape(LABELS, SafeTensors.Type.I32, 1)[0], LABELS);
        file.shape(KEYS, SafeTensors.Type.U8, 1);
        this.vectors = Vectors.map(file, FEATURES, file.floats(SQUARES));
        this.labels = file.ints(LABELS);
        this.keys =
                StandardCharsets.UTF_8.decode(file.map(KEYS)).toString().lines().toList();
        requireRows(rows, keys.size(), KEYS);
        for (int label : labels) {
            if (label < -1 || label >= origin.classes().size()) {
                throw new UsageException("Features " + path + " hold the label " + label + ", expected -1 to "
                        + (origin.classes().size() - 1) + ". " + NEXT);
            }
        }
    }

    private void requireRows(long rows, long found, String name) {
        if (rows != found || rows < 1) {
            throw new UsageException("Features " + path + " hold " + rows + " vectors and " + found + " " + name
                    + ", expected as many of each, and at least one. " + NEXT);
        }
    }

    /**
     * @param path what {@code Features extract} wrote
     * @return it, mapped
     * @throws UsageException if it is absent, something else, or cut short
     */
    public static FeatureFile open(Path path) {
        SafeTensors file = SafeTensors.open(path, "features", NEXT);
        try {
            return new FeatureFile(path, file);
        } catch (IOException e) {
            throw new UsageException("Features " + path + " cannot be read (" + e.getMessage() + "). " + NEXT, e);
        }
    }

    /** @return where it lies */
    public Path path() {
        return path;
    }

    /** @return where it comes from */
    public Origin origin() {
        return origin;
    }

    /** @return how many pictures */
    public int rows() {
        return vectors.rows();
    }

    /** @return how many numbers each picture has */
    public int dim() {
        return vectors.dim();
    }

    /** @return how to find the nearest among them */
    public ExactSearch search() {
        return new ExactSearch(vectors);
    }

    Vectors vectors() {
        return vectors;
    }

    /**
     * @param row number of a picture
     * @return its name within its split or folder
     */
    public String key(int row) {
        return keys.get(row);
    }

    int label(int row) {
        return labels[row];
    }

    /**
     * @param row number of a picture
     * @return its class's name, or "" if it has none
     */
    public String className(int row) {
        return labels[row] < 0 ? "" : origin.classes().get(labels[row]);
    }
}
