package alexnet.features;

import alexnet.bundle.ModelBundle;
import alexnet.config.Precision;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import alexnet.run.Provenance;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where features come from. Nothing in it changes when the same command is given again, so that the file it is written
 * in does not either.
 *
 * @param layer whose activations they are
 * @param precision in which the layers multiplied
 * @param model digest of weights, mean, labels and recipe
 * @param recipe the model's
 * @param size side of the squares that the pictures became, in pixels
 * @param place the folder of the pictures
 * @param split of prepared data, or ""
 * @param data digest of the pictures
 * @param classes their classes' names
 * @param made program, commit, libraries and machine
 */
public record Origin(
        String layer,
        Precision precision,
        String model,
        String recipe,
        int size,
        String place,
        String split,
        String data,
        List<String> classes,
        Map<String, String> made) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DIGITS = 16;

    static Origin of(ModelBundle model, Precision precision, String layer, PictureSet pictures, String backend) {
        return new Origin(
                layer,
                precision,
                digest(model),
                model.recipe().name(),
                pictures.side(),
                pictures.place().toString(),
                pictures.split(),
                pictures.digest(),
                pictures.classes(),
                made(model.recipe().name(), pictures.digest(), backend));
    }

    /** Program, commit, libraries and machine of this process. */
    static Map<String, String> made(String recipe, String data, String backend) {
        Provenance now = Provenance.now(recipe, 0, data, backend);
        Map<String, String> made = new LinkedHashMap<>();
        made.put("program", now.program());
        made.put("commit", now.commit() + (now.uncommittedChanges() ? " with uncommitted changes" : ""));
        made.putAll(now.libraries());
        made.putAll(now.machine());
        return made;
    }

    /**
     * @param model a model
     * @return 16 hexadecimal digits; equal for two zips of the same weights, mean, labels and recipe
     */
    static String digest(ModelBundle model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Recipes.toYaml(model.recipe()).getBytes(StandardCharsets.UTF_8));
            digest.update(String.join("\n", model.labels()).getBytes(StandardCharsets.UTF_8));
            digest.update(bytes(model.mean().planes()));
            digest.update(bytes(model.graph().params().data().asFloat()));
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    Path folder() {
        return Path.of(place);
    }

    Map<String, String> toMetadata(String format) {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("format", format);
            texts.put("layer", layer);
            texts.put("precision", precision.name());
            texts.put("model", model);
            texts.put("recipe", recipe);
            texts.put("size", String.valueOf(size));
            texts.put("place", place);
            texts.put("split", split);
            texts.put("data", data);
            texts.put("classes", JSON.writeValueAsString(classes));
            texts.put("made", JSON.writeValueAsString(made));
            return texts;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads what {@link #toMetadata} wrote; another format is refused. */
    static Origin of(SafeTensors file, Path path, String format) {
        if (!file.text("format").equals(format)) {
            throw new UsageException("File " + path + " is of the format '" + file.text("format") + "', expected '"
                    + format + "'. Name a file that this program wrote.");
        }
        try {
            return new Origin(
                    file.text("layer"),
                    Precision.valueOf(file.text("precision")),
                    file.text("model"),
                    file.text("recipe"),
                    Integer.parseInt(file.text("size")),
                    file.text("place"),
                    file.text("split"),
                    file.text("data"),
                    JSON.readValue(file.text("classes"), new TypeReference<List<String>>() {}),
                    JSON.readValue(file.text("made"), new TypeReference<Map<String, String>>() {}));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UsageException(
                    "File " + path + " does not tell where it comes from (" + e.getMessage()
                            + "), expected what this program writes. Make it again.",
                    e);
        }
    }

    /**
     * Refuses a model that did not make these features.
     *
     * @param found the model given
     * @param zip its file, for the message
     * @param features the features' file, for the message
     */
    public void checkModel(ModelBundle found, Path zip, Path features) {
        String digest = digest(found);
        if (!digest.equals(model)) {
            throw new UsageException("Features " + features + " were made by the model " + model + " (" + recipe
                    + "), found " + digest + " (" + found.recipe().name() + ") in " + zip
                    + ", expected the same. Name the model that made them, or extract them again with this one.");
        }
    }

    /** Refuses features of another network or layer than these. */
    void checkSame(Origin other, Path own, Path others) {
        if (!other.model.equals(model) || !other.layer.equals(layer)) {
            throw new UsageException("Features " + others + " are of layer " + other.layer + " of the model "
                    + other.model + ", those of " + own + " of layer " + layer + " of the model " + model
                    + ", expected the same. Extract both with one model and layer.");
        }
    }
}
