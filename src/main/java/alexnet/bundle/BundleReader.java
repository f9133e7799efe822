package alexnet.bundle;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import alexnet.image.MeanImage;
import alexnet.image.NpyFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a model zip without trusting it. The library's own reader runs Java deserialisation, makes any class that the
 * configuration names, and takes as much memory as a header asks for. Here the graph is built from the recipe in the
 * zip, and {@code configuration.json} and {@code contract.json}, which are there for other programs, must be what that
 * recipe gives, line by line: nothing in the zip names a class that is made. Entries are known, of bounded size, and
 * as their checksums say.
 *
 * <p>The checksums find damage. They say nothing about who made the zip: whoever changes an entry can change its
 * checksum as well.
 */
public final class BundleReader {
    private static final int LARGEST_SIDE = 2048;
    private static final int LONGEST_QUOTE = 120;

    /** Each entry that is read whole, and the most bytes that it may have. */
    private static final Map<String, Integer> MOST_BYTES = new TreeMap<>(Map.of(
            ModelBundle.CONFIGURATION, 4 << 20,
            ModelBundle.LABELS, 4 << 20,
            ModelBundle.MEAN, 3 * Float.BYTES * LARGEST_SIDE * LARGEST_SIDE + 128,
            ModelBundle.CONTRACT, 64 << 10,
            ModelBundle.RECIPE, 64 << 10,
            ModelBundle.PROVENANCE, 4 << 20,
            ModelBundle.CHECKSUMS, 64 << 10));

    private final ZipFile zip;
    private final Map<String, byte[]> entries = new HashMap<>();
    private JsonNode checksums;

    private BundleReader(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * @param file a zip that {@link ModelBundle#write} made
     * @return the model, its graph ready to use
     * @throws UsageException if the file is absent, is not such a zip, or was changed
     */
    public static ModelBundle read(Path file) {
        return with(file, reader -> reader.bundle(reader.card()));
    }

    /**
     * As {@link #read}, without the weights, of which only the checksum is told.
     *
     * @param file a zip that {@link ModelBundle#write} made
     * @return what the model is
     * @throws UsageException if the file is absent, is not such a zip, or was changed elsewhere than in its weights
     */
    public static ModelCard readCard(Path file) {
        return with(file, BundleReader::card);
    }

    /**
     * @param file any file
     * @return its SHA-256, as {@code sha256sum} prints it
     * @throws UsageException if it cannot be read
     */
    public static String digest(Path file) {
        MessageDigest digest = ModelBundle.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw refused(file, e.toString(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(BundleReader reader) throws IOException;
    }

    private static <T> T with(Path file, Reading<T> reading) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("Model " + file + " is not there, expected a zip such as runs/NAME/model.zip."
                    + " Name one, or train first.");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return reading.from(new BundleReader(zip));
        } catch (IOException | UsageException e) {
            throw refused(file, e.getMessage(), e);
        } catch (RuntimeException e) { // whatever a hostile file makes the parsers do
            throw refused(file, e.toString(), e);
        }
    }

    private static UsageException refused(Path file, String reason, Exception cause) {
        return new UsageException(
                "File " + file + " is not a whole model of this program: " + reason.replaceFirst("\\.$", "")
                        + ". Use a zip that Train exported, or export it again.",
                cause);
    }

    private ModelCard card() throws IOException {
        checkNames();
        readEntries();
        checkFormat();
        Recipe recipe = Recipes.parse(text(ModelBundle.RECIPE), ModelBundle.RECIPE);
        List<String> labels = text(ModelBundle.LABELS).lines().toList();
        checkLines(ModelBundle.CONTRACT, ModelBundle.contractText(recipe, labels.size()), labels.size());
        checkLines(ModelBundle.CONFIGURATION, ModelBundle.configurationText(recipe, labels.size()), labels.size());
        return new ModelCard(
                recipe,
                ModelBundle.contract(recipe, labels.size()),
                labels,
                checksums.path(ModelBundle.COEFFICIENTS).asText());
    }

    private ModelBundle bundle(ModelCard card) throws IOException {
        Recipe recipe = card.recipe();
        return new ModelBundle(
                graph(recipe, card.labels().size()),
                card.contract(),
                card.labels(),
                mean(recipe.size()),
                recipe,
                text(ModelBundle.PROVENANCE));
    }

    private void checkNames() throws IOException {
        TreeSet<String> missing = new TreeSet<>(MOST_BYTES.keySet());
        missing.add(ModelBundle.COEFFICIENTS);
        int expected = missing.size();
        for (String name : (Iterable<String>) zip.stream().map(entry -> entry.getName())::iterator) {
            if (!missing.remove(name)) {
                throw new IOException(
                        "it holds the entry '" + shortened(name) + "', expected only its " + expected + " own, once");
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("it lacks " + String.join(", ", missing));
        }
    }

    private void readEntries() throws IOException {
        for (Map.Entry<String, Integer> most : MOST_BYTES.entrySet()) {
            String name = most.getKey();
            try (InputStream in = open(name)) {
                entries.put(name, in.readNBytes(most.getValue() + 1));
            }
            if (entries.get(name).length > most.getValue()) {
                throw new IOException("its " + name + " has more than " + most.getValue() + " bytes");
            }
        }
        checksums = json(ModelBundle.CHECKSUMS);
        for (String name : MOST_BYTES.keySet()) {
            if (!name.equals(ModelBundle.CHECKSUMS)) {
                MessageDigest digest = ModelBundle.sha256();
                digest.update(entries.get(name));
                checkDigest(name, digest);
            }
        }
    }

    private void checkDigest(String name, MessageDigest digest) throws IOException {
        String found = HexFormat.of().formatHex(digest.digest());
        String expected = checksums.path(name).asText();
        if (!found.equals(expected)) {
            throw new IOException("its " + name + " has the SHA-256 " + found + ", expected " + expected);
        }
    }

    private void checkFormat() throws IOException {
        JsonNode format = json(ModelBundle.CONTRACT).path("format");
        if (!format.isInt() || format.asInt() != Contract.FORMAT) {
            throw new IOException(
                    "its format is " + (format.isMissingNode() ? "missing" : format) + ", expected " + Contract.FORMAT);
        }
    }

    /** What other programs are told must be what the recipe says; the first line that differs is named. */
    private void checkLines(String name, String expected, int labels) throws IOException {
        List<String> found = text(name).lines().map(String::strip).toList();
        List<String> wanted = expected.lines().map(String::strip).toList();
        int at = Arrays.mismatch(found.toArray(), wanted.toArray());
        if (at >= 0) {
            throw new IOException("line " + (at + 1) + " of its " + name + " is "
                    + (at < found.size() ? shortened(found.get(at)) : "missing") + ", expected "
                    + (at < wanted.size() ? wanted.get(at) : "no such line") + " for its recipe and " + labels
                    + " labels");
        }
    }

    private ComputationGraph graph(Recipe recipe, int classes) throws IOException {
        ComputationGraphConfiguration configuration = ModelBundle.configuration(recipe, classes);
        long count = 0;
        for (GraphVertex vertex : configuration.getVertices().values()) {
            count = Math.addExact(count, vertex.numParams(true));
        }
        checkCoefficients(count);
        ComputationGraph graph = new ComputationGraph(configuration);
        try (InputStream in = open(ModelBundle.COEFFICIENTS)) {
            INDArray parameters = Coefficients.read(in, count);
            graph.init(parameters, false);
        }
        return graph;
    }

    /** Length and checksum first: only what is really there is given memory. */
    private void checkCoefficients(long count) throws IOException {
        long expected = Coefficients.length(count);
        MessageDigest digest = ModelBundle.sha256();
        long length = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = open(ModelBundle.COEFFICIENTS)) {
            for (int n = in.read(buffer); n > 0 && length <= expected; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                length += n;
            }
        }
        if (length != expected) {
            throw new IOException("its " + ModelBundle.COEFFICIENTS + " has "
                    + (length > expected ? "more than " + expected : String.valueOf(length)) + " bytes, expected "
                    + expected + " for the " + count + " parameters of its recipe");
        }
        checkDigest(ModelBundle.COEFFICIENTS, digest);
    }

    private MeanImage mean(int size) throws IOException {
        byte[] bytes = entries.get(ModelBundle.MEAN);
        NpyFiles.Floats mean;
        try {
            mean = NpyFiles.read(new ByteArrayInputStream(bytes), bytes.length / Float.BYTES);
        } catch (IOException e) {
            throw new IOException("its " + ModelBundle.MEAN + " is no array: " + e.getMessage(), e);
        }
        if (!Arrays.equals(mean.shape(), new int[] {3, size, size})) {
            throw new IOException("its " + ModelBundle.MEAN + " has the shape " + Arrays.toString(mean.shape())
                    + ", expected [3, " + size + ", " + size + "]");
        }
        return new MeanImage(mean.values(), size);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private InputStream open(String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name));
    }

    private String text(String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }

    private JsonNode json(String name) throws IOException {
        try {
            return ModelBundle.JSON.readTree(entries.get(name));
        } catch (JsonProcessingException e) {
            throw new IOException("its " + name + " is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }
}
