package alexnet.dashboard;

import alexnet.config.Recipe;
import alexnet.config.Recipes;
import alexnet.config.UsageException;
import alexnet.run.AtomicFiles;
import alexnet.run.RunFolder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the dashboard reads and writes in a run's folder.
 *
 * @param folder the run's
 */
record RunFiles(RunFolder folder) {
    static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PICTURES = Pattern.compile("epoch-(\\d+)\\.json");
    /** Of an epoch's line; the page shows the largest rate only. */
    private static final String ALL_RATES = "rates";

    static RunFiles of(Path path) {
        return new RunFiles(new RunFolder(path));
    }

    /**
     * @param path a run's folder, of a finished, a killed or a living run
     * @return its files
     * @throws UsageException if it holds no log
     */
    static RunFiles open(Path path) {
        RunFiles files = of(path);
        if (!Files.isRegularFile(files.folder.metrics())) {
            throw new UsageException(
                    "Folder " + path + " holds no metrics.jsonl, expected a run's folder. Name one" + " under runs/.");
        }
        return files;
    }

    /** The folder's own name, also of {@code .}. */
    String name() {
        return folder.path().toAbsolutePath().normalize().getFileName().toString();
    }

    boolean isFinished() {
        return Files.exists(folder.model()) || Files.exists(folder.path().resolve("evaluation-test-1.json"));
    }

    /** What the page says of the run itself: name, recipe, where it comes from. */
    ObjectNode about(String id) {
        ObjectNode about = JSON.createObjectNode();
        about.put("id", id).put("name", name()).put("finished", isFinished());
        String yaml = text(folder.recipeFile());
        about.put("recipeText", yaml);
        if (!yaml.isEmpty()) {
            Recipe recipe = Recipes.parse(yaml, folder.recipeFile().toString());
            about.put("recipe", recipe.name()).put("description", recipe.about());
            about.put("epochs", recipe.training().epochs())
                    .put("batch", recipe.training().batch());
            about.set("reference", JSON.valueToTree(recipe.reference()));
        }
        try {
            about.set("provenance", JSON.readTree(text(folder.provenance())));
        } catch (JsonProcessingException e) {
            about.putObject("provenance"); // a report without is better than none
        }
        return about;
    }

    /** One line of the log as the page needs it. */
    static ObjectNode line(String text) throws JsonProcessingException {
        return compact(JSON.readValue(text, ObjectNode.class));
    }

    static ObjectNode compact(ObjectNode line) {
        line.remove(ALL_RATES);
        return line;
    }

    /** Where kernels and examples of an epoch are kept. */
    Path pictures(int epoch) {
        return picturesFolder().resolve("epoch-%04d.json".formatted(epoch));
    }

    /** The epochs that have such a file, ascending. */
    List<Integer> pictureEpochs() throws IOException {
        try (Stream<Path> files = Files.list(picturesFolder())) {
            return files.map(file -> PICTURES.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> Integer.valueOf(match.group(1)))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    void writePictures(int epoch, JsonNode pictures) throws IOException {
        AtomicFiles.write(pictures(epoch), JSON.writeValueAsString(pictures));
    }

    private Path picturesFolder() {
        return folder.path().resolve("pictures");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // a run of which only the log is left can still be shown
        }
    }
}
