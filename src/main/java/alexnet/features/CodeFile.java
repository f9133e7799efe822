package alexnet.features;

import alexnet.config.UsageException;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Codes of all pictures of a {@link FeatureFile}, and the {@link Encoder} that made them, in a safetensors file beside
 * it: {@code codes} int64 {@code [n, bits / 64]}, {@code mean}, {@code w1}, {@code b1}, {@code w2}, {@code b2}.
 */
public final class CodeFile {
    private static final String FORMAT = "alexnet-codes-2";
    private static final int SHORTLIST = 1000;
    private static final String NEXT = "Make it with Features train-codes.";

    private final Path path;
    private final Encoder encoder;
    private final long[] codes;

    private CodeFile(Path path, Encoder encoder, long[] codes) {
        this.path = path;
        this.encoder = encoder;
        this.codes = codes;
    }

    /**
     * @param features a file of features
     * @param bits of the codes
     * @return where their codes lie
     */
    public static Path beside(Path features, int bits) {
        return features.resolveSibling(stem(features) + ".codes-" + bits + ".safetensors");
    }

    private static String stem(Path features) {
        return features.getFileName().toString().replaceFirst("\\.safetensors$", "");
    }

    /**
     * @param features a file of features
     * @return the bits of the codes that lie beside it, fewest first
     * @throws IOException if the folder cannot be read
     */
    public static List<Integer> present(Path features) throws IOException {
        String start = stem(features) + ".codes-";
        try (Stream<Path> files = Files.list(features.toAbsolutePath().getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start)
                            && name.substring(start.length()).matches("[0-9]{1,5}\\.safetensors"))
                    .map(name -> Integer.valueOf(name.substring(start.length(), name.lastIndexOf('.'))))
                    .sorted()
                    .toList();
        }
    }

    /**
     * @param path where the codes lie
     * @param features those they were made of
     * @return the codes
     * @throws UsageException if the file is absent, damaged, or of other features
     */
    public static CodeFile open(Path path, FeatureFile features) {
        SafeTensors file = SafeTensors.open(path, "codes", NEXT);
        Origin origin = Origin.of(file, path, FORMAT);
        features.origin().checkSame(origin, features.path(), path);
        try {
            long[] shape = file.shape("codes", SafeTensors.Type.I64, 2);
            if (shape[0] != features.rows()
                    || !origin.data().equals(features.origin().data())
                    || !origin.split().equals(features.origin().split())) {
                throw new UsageException("Codes " + path + " are of " + shape[0] + " pictures of the data "
                        + origin.data() + " " + origin.split() + ", the features " + features.path() + " of "
                        + features.rows() + " of " + features.origin().data() + " "
                        + features.origin().split() + ", expected the same. " + NEXT);
            }
            Encoder encoder = new Encoder(
                    matrix(file, "mean"),
                    matrix(file, "w1"),
                    matrix(file, "b1"),
                    matrix(file, "w2"),
                    matrix(file, "b2"));
            if (encoder.dim() != features.dim() || encoder.bits() != shape[1] * Long.SIZE) {
                throw new UsageException("Codes " + path + " are made of " + encoder.dim() + " numbers, the features "
                        + features.path() + " have " + features.dim() + ", expected the same. " + NEXT);
            }
            return new CodeFile(path, encoder, file.longs("codes"));
        } catch (IOException | NumberFormatException e) {
            throw new UsageException("Codes " + path + " cannot be read (" + e.getMessage() + "). " + NEXT, e);
        }
    }

    private static INDArray matrix(SafeTensors file, String name) throws IOException {
        long[] shape = file.shape(name, SafeTensors.Type.F32, 2);
        return Nd4j.createFromArray(file.floats(name)).reshape(shape);
    }

    /**
     * Turns all features into codes and writes them.
     *
     * @param path the file to make or replace
     * @param features to be turned
     * @param encoder that does it
     * @param training what it was trained with, for the metadata
     * @return the codes
     */
    static CodeFile write(Path path, FeatureFile features, Encoder encoder, Map<String, String> training) {
        long[] codes = encoder.encode(features.vectors());
        Map<String, String> metadata = features.origin().toMetadata(FORMAT);
        metadata.putAll(training);
        Map<String, INDArray> matrices = new LinkedHashMap<>();
        matrices.put("mean", encoder.mean());
        matrices.put("w1", encoder.w1());
        matrices.put("b1", encoder.b1());
        matrices.put("w2", encoder.w2());
        matrices.put("b2", encoder.b2());
        Map<String, SafeTensors.Tensor> arrays = new LinkedHashMap<>();
        List<byte[]> parts = new ArrayList<>();
        arrays.put("codes", SafeTensors.array(SafeTensors.Type.I64, features.rows(), encoder.bits() / Long.SIZE));
        parts.add(SafeTensors.bytes(codes));
        matrices.forEach((name, matrix) -> {
            arrays.put(name, SafeTensors.array(SafeTensors.Type.F32, matrix.shape()));
            parts.add(SafeTensors.bytes(matrix));
        });
        try {
            SafeTensors.write(path, metadata, arrays, parts);
        } catch (IOException e) {
            throw new RunException(
                    "Codes " + path + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Make room.",
                    e);
        }
        return new CodeFile(path, encoder, codes);
    }

    /** @return where it lies */
    public Path path() {
        return path;
    }

    /** @return bits of a code */
    public int bits() {
        return encoder.bits();
    }

    HammingSearch search() {
        return new HammingSearch(codes, bits() / Long.SIZE);
    }

    /** The codes of features {@code [n, dim]}: {@code [n][bits / 64]}. */
    long[][] encode(float[][] features) {
        long[] packed = encoder.encode(features);
        int words = bits() / Long.SIZE;
        long[][] each = new long[features.length][];
        for (int i = 0; i < each.length; i++) {
            each[i] = Arrays.copyOfRange(packed, i * words, (i + 1) * words);
        }
        return each;
    }

    /**
     * The nearest by codes. Many are equally near: those are told apart by their features.
     *
     * @param features those that the codes were made of
     * @param queries {@code [n, dim]}
     * @param k how many
     * @return for each query the nearest rows, nearest first, and how many bits differ
     */
    public List<List<Neighbour>> nearest(FeatureFile features, float[][] queries, int k) {
        HammingSearch search = search();
        long[][] encoded = encode(queries);
        List<List<Neighbour>> all = new ArrayList<>();
        for (int q = 0; q < queries.length; q++) {
            float[] query = queries[q];
            List<Neighbour> found = new ArrayList<>(search.nearest(encoded[q], Math.max(k, SHORTLIST)));
            Map<Integer, Double> distances = new HashMap<>();
            found.forEach(one -> distances.put(one.row(), features.search().distance(one.row(), query)));
            found.sort(Comparator.comparingDouble(Neighbour::distance)
                    .thenComparingDouble(one -> distances.get(one.row()))
                    .thenComparingInt(Neighbour::row));
            all.add(List.copyOf(found.subList(0, Math.min(k, found.size()))));
        }
        return all;
    }

    long[] codes() {
        return codes;
    }
}
