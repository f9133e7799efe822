package alexnet.bundle;

import alexnet.config.Network;
import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.image.MeanImage;
import alexnet.image.NpyFiles;
import alexnet.model.FastLayers;
import alexnet.model.TowerGraph;
import alexnet.run.AtomicFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained network ready to be used: an inference graph, and all that is needed to feed it. The zip holds the graph in
 * stock layers; here it has faster ones with the same result.
 *
 * @param graph input {@code [n, 3, crop, crop]}, output probabilities {@code [n, classes]}
 * @param contract how to feed it
 * @param labels names of the classes, in the order of the output
 * @param mean mean image of the training set, levels 0–255
 * @param recipe what it was trained with
 * @param provenance where it comes from, as JSON
 */
public record ModelBundle(
        ComputationGraph graph,
        Contract contract,
        List<String> labels,
        MeanImage mean,
        Recipe recipe,
        String provenance) {
    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";
    static final String LABELS = "labels.txt";
    static final String MEAN = "mean.npy";
    static final String CONTRACT = "contract.json";
    static final String RECIPE = "recipe.yaml";
    static final String PROVENANCE = "provenance.json";
    static final String CHECKSUMS = "checksums.json";
    static final JsonMapper JSON = new JsonMapper();

    private static final String LAYERS_JAR = "alexnet-<version>-layers.jar (WithinMapNormalization)";

    /**
     * Makes the inference graph of a trained one.
     *
     * @param trained a training graph of the recipe's network
     * @param recipe what it was trained with
     * @param labels names of the classes
     * @param mean mean image of the training set
     * @param provenance where it comes from, as JSON
     * @return the bundle
     */
    public static ModelBundle of(
            ComputationGraph trained, Recipe recipe, List<String> labels, MeanImage mean, String provenance) {
        if (!lines(labels).lines().toList().equals(labels)) {
            throw new IllegalArgumentException(
                    "A label of " + labels + " holds a line break, expected names of one line.");
        }
        if (mean.size() != recipe.size()) {
            throw new IllegalArgumentException(
                    "Mean image of side " + mean.size() + ", expected the recipe's " + recipe.size() + ".");
        }
        ComputationGraph graph = new ComputationGraph(configuration(recipe, labels.size()));
        graph.init();
        Contract contract = contract(recipe, labels.size());
        graph.paramTable().forEach((name, to) -> to.assign(trained.paramTable().get(name)));
        scale(graph, contract.folded(), false);
        ModelBundle bundle = new ModelBundle(graph, contract, List.copyOf(labels), mean, recipe, provenance);
        bundle.checkReversible(trained);
        return bundle;
    }

    /** The graph that this program computes with: stock layers, but for faster ones with the same result. */
    static ComputationGraphConfiguration configuration(Recipe recipe, int classes) {
        return FastLayers.replaceLrn(stock(recipe, classes));
    }

    /** The graph that other programs get as {@code configuration.json}. */
    static String configurationText(Recipe recipe, int classes) {
        return stock(recipe, classes).toJson();
    }

    private static ComputationGraphConfiguration stock(Recipe recipe, int classes) {
        return TowerGraph.inference(
                recipe.network(), classes, recipe.augmentation().crop());
    }

    static Contract contract(Recipe recipe, int classes) {
        int crop = recipe.augmentation().crop();
        boolean ours =
                recipe.network().conv().stream().anyMatch(layer -> layer.then().contains(Network.Step.WITHIN_MAP));
        return new Contract(
                Contract.FORMAT,
                "float32 [n, 3, " + crop + ", " + crop + "], levels 0-255 before the mean is subtracted",
                "RGB",
                recipe.size(),
                crop,
                recipe.augmentation().subtractMean(),
                "float32 [n, " + classes + "], softmax",
                ours ? LAYERS_JAR : "",
                TowerGraph.folds(recipe.network()));
    }

    static String contractText(Recipe recipe, int classes) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(contract(recipe, classes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String lines(List<String> labels) {
        return String.join("\n", labels) + "\n";
    }

    /**
     * Puts training weights back, bit for bit those that were exported.
     *
     * @param training a graph that has these parameters in the same shapes
     * @param names of the parameters that are put back, such as {@code conv1a_W}; the others stay as they are
     */
    public void restoreTraining(ComputationGraph training, Set<String> names) {
        Map<String, INDArray> from = graph.paramTable();
        Map<String, INDArray> to = training.paramTable();
        names.forEach(name -> to.get(name).assign(from.get(name)));
        scale(
                training,
                contract.folded().stream()
                        .filter(fold -> names.contains(fold.layer() + "_W"))
                        .toList(),
                true);
    }

    private static void scale(ComputationGraph graph, List<TowerGraph.Fold> folds, boolean undo) {
        for (TowerGraph.Fold fold : folds) {
            graph.paramTable().get(fold.layer() + "_W").muli(undo ? 1 / fold.factor() : fold.factor());
        }
    }

    private void checkReversible(ComputationGraph trained) {
        for (TowerGraph.Fold fold : contract.folded()) {
            INDArray before = trained.paramTable().get(fold.layer() + "_W");
            INDArray after = graph.paramTable().get(fold.layer() + "_W").mul(1 / fold.factor());
            if (!after.equalsWithEps(before, 0)) {
                throw new IllegalStateException("Weights of " + fold.layer() + " times " + fold.factor()
                        + " cannot be undone bit for bit: they hold NaN or subnormal values.");
            }
        }
    }

    /**
     * Writes the zip in one step. {@code ModelSerializer.restoreComputationGraph} of stock Deeplearning4j reads it; its
     * LRN computes only if a tower has more than n/2 maps, which narrower networks than any recipe's have not.
     *
     * @param target the file to make or replace
     * @throws IOException if writing fails; no half-written file is left
     */
    public void write(Path target) throws IOException {
        AtomicFiles.write(target, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.NO_COMPRESSION);
            Map<String, String> checksums = new LinkedHashMap<>();
            put(zip, checksums, CONFIGURATION, text(configurationText(recipe, labels.size())));
            put(zip, checksums, COEFFICIENTS, to -> Coefficients.write(graph.params(), to));
            put(zip, checksums, LABELS, text(lines(labels)));
            put(zip, checksums, MEAN, to -> NpyFiles.write(to, new int[] {3, mean.size(), mean.size()}, mean.planes()));
            put(zip, checksums, CONTRACT, text(contractText(recipe, labels.size())));
            put(zip, checksums, RECIPE, text(Recipes.toYaml(recipe)));
            put(zip, checksums, PROVENANCE, text(provenance));
            put(zip, new LinkedHashMap<>(), CHECKSUMS, text(JSON.writeValueAsString(checksums)));
            zip.finish();
        });
    }

    private static AtomicFiles.Body text(String text) {
        return to -> to.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ZipOutputStream zip, Map<String, String> checksums, String name, AtomicFiles.Body body)
            throws IOException {
        MessageDigest digest = sha256();
        zip.putNextEntry(new ZipEntry(name));
        OutputStream digesting = new DigestOutputStream(zip, digest);
        body.writeTo(digesting);
        zip.closeEntry();
        checksums.put(name, HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
