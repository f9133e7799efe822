package alexnet.notebooks;

import alexnet.config.UsageException;
import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A notebook as Jupyter stores it, format 4.
 *
 * @param file where it lies
 * @param cells those with code, in order
 */
public record Notebook(Path file, List<Cell> cells) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FORMAT = 4;
    private static final String OUTPUTS = "outputs";
    private static final String METADATA = "metadata";

    /** Copies the list. */
    public Notebook {
        cells = List.copyOf(cells);
    }

    /**
     * A cell with code.
     *
     * @param id its name in the file
     * @param source the code
     * @param tolerance how far its numbers may be from those committed, absolute or as a share; 0: only by rounding
     * @param factor how many times as large or as small they may be, without changing their sign; 1: only by rounding
     * @param outputs what executing it gave
     */
    public record Cell(String id, String source, double tolerance, double factor, List<Output> outputs) {}

    /**
     * What a cell gave.
     *
     * @param kind {@code stdout}, {@code stderr}, {@code error}, or the type of the richest form, such as {@code image/png}
     * @param text what it says; empty for pictures
     */
    public record Output(String kind, String text) {
        boolean isPicture() {
            return kind.startsWith("image/");
        }
    }

    /**
     * @param file {@code .ipynb}
     * @return what it holds
     * @throws UsageException if it is not a notebook
     */
    public static Notebook read(Path file) {
        JsonNode tree = tree(file);
        List<Cell> cells = new ArrayList<>();
        for (JsonNode cell : tree.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                List<Output> outputs = new ArrayList<>();
                cell.path(OUTPUTS).forEach(output -> outputs.add(output(output)));
                cells.add(new Cell(
                        cell.path("id").asText(),
                        text(cell.path("source")),
                        cell.path(METADATA).path("alexnet").path("tolerance").asDouble(0),
                        cell.path(METADATA).path("alexnet").path("factor").asDouble(1),
                        outputs));
            }
        }
        return new Notebook(file, cells);
    }

    /**
     * @param folder where to look
     * @return the notebooks in it, by name
     * @throws UsageException if there are none
     */
    public static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> notebooks = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
            if (!notebooks.isEmpty()) {
                return notebooks;
            }
        } catch (IOException e) {
            throw new UsageException(
                    "Folder " + folder + " cannot be read (" + e + "), expected one with notebooks. Name another with"
                            + " --folder.",
                    e);
        }
        throw new UsageException(
                "Folder " + folder + " has no notebooks, expected files *.ipynb. Name another with --folder.");
    }

    private static JsonNode tree(Path file) {
        try {
            JsonNode tree = JSON.readTree(file.toFile());
            if (tree.path("nbformat").asInt() != FORMAT || !tree.path("cells").isArray()) {
                throw new UsageException("File " + file + " has notebook format "
                        + tree.path("nbformat").asText("none") + ", expected " + FORMAT
                        + " with cells. Name a notebook, or save it anew with Jupyter.");
            }
            return tree;
        } catch (IOException e) {
            throw new UsageException(
                    "File " + file + " cannot be read as a notebook (" + e.getMessage()
                            + "), expected a JSON file as Jupyter writes it. Name another.",
                    e);
        }
    }

    private static Output output(JsonNode output) {
        return switch (output.path("output_type").asText()) {
            case "stream" -> new Output(output.path("name").asText(), text(output.path("text")));
            case "error" ->
                new Output(
                        "error",
                        output.path("ename").asText() + ": "
                                + output.path("evalue").asText());
            default -> rich(output.path("data"));
        };
    }

    private static Output rich(JsonNode data) {
        for (Map.Entry<String, JsonNode> form : data.properties()) {
            if (form.getKey().startsWith("image/")) {
                return new Output(form.getKey(), "");
            }
        }
        for (String form : List.of("text/html", "text/markdown", "text/plain")) {
            if (data.has(form)) {
                return new Output(form, text(data.path(form)));
            }
        }
        return new Output("nothing", "");
    }

    /** Jupyter stores texts whole or as a list of lines. */
    private static String text(JsonNode node) {
        StringBuilder text = new StringBuilder(node.isArray() ? "" : node.asText());
        if (node.isArray()) {
            node.forEach(line -> text.append(line.asText()));
        }
        return text.toString();
    }

    /** @return what is wrong with it by itself, one sentence each: errors, and no picture at all */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Cell cell : cells) {
            for (Output output : cell.outputs) {
                if (output.kind.equals("error") || output.kind.equals("stderr")) {
                    faults.add("cell " + cell.id + " gave "
                            + (output.kind.equals("error") ? "an error: " : "a warning: ") + output.text.strip());
                }
            }
        }
        if (cells.stream().allMatch(cell -> cell.outputs.isEmpty())) {
            faults.add("no cell has an output");
        } else if (pictures() == 0) {
            faults.add("no cell shows a picture");
        }
        return faults;
    }

    /** @return how many pictures its cells show */
    public long pictures() {
        return cells.stream()
                .flatMap(cell -> cell.outputs.stream())
                .filter(Output::isPicture)
                .count();
    }

    /**
     * Writes it without what differs from one execution to the next: times, and where the kernel was.
     *
     * @param executed as Jupyter wrote it
     * @param to the file to make or replace
     */
    public static void keep(Path executed, Path to) {
        JsonNode tree = tree(executed);
        ((ObjectNode) tree).set(METADATA, kept(tree.path(METADATA)));
        for (JsonNode cell : tree.path("cells")) {
            ((ObjectNode) cell.path(METADATA)).remove(List.of("execution", "collapsed", "trusted"));
        }
        DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        try {
            AtomicFiles.write(to, JSON.writer(printer).writeValueAsString(tree) + "\n");
        } catch (IOException e) {
            throw new RunException(
                    "Notebook " + to + " cannot be written (" + e + "), expected a writable place. Mend that.", e);
        }
    }

    private static JsonNode kept(JsonNode metadata) {
        ObjectNode kept = JSON.createObjectNode();
        kept.set("kernelspec", metadata.path("kernelspec"));
        kept.putObject("language_info").put("name", "java");
        return kept;
    }
}
