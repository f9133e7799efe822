package alexnet.features;

import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link Comparison} as a table for people and as JSON. */
public final class ComparisonReport {
    private static final JsonMapper JSON = new JsonMapper();

    private final FeatureFile base;
    private final FeatureFile queries;
    private final Comparison comparison;
    private final List<Comparison.Row> rows;

    /**
     * @param base what was searched
     * @param queries what was asked for
     * @param comparison how
     * @param rows what came out
     */
    public ComparisonReport(FeatureFile base, FeatureFile queries, Comparison comparison, List<Comparison.Row> rows) {
        this.base = base;
        this.queries = queries;
        this.comparison = comparison;
        this.rows = rows;
    }

    /** @return a Markdown table and a sentence or two */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d queries of %s in %d pictures of %s, layer %s of %s, %d numbers each.%n%n",
                comparison.asked(),
                split(queries),
                comparison.searched(),
                split(base),
                base.origin().layer(),
                base.origin().recipe(),
                base.dim()));
        text.append("| nearest by | bytes a picture | same class, nearest | same class, of 6 | mean average precision |"
                + " of the 10 nearest by features, in the first 100 | of the 100 nearest | ms a query |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (Comparison.Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f %% | %.1f %% | %.3f | %.1f %% | %.1f %% | %.3f |%n",
                    row.method(),
                    row.bytes(),
                    100 * row.agreement1(),
                    100 * row.agreement6(),
                    row.meanAveragePrecision(),
                    100 * row.recall10(),
                    100 * row.recall100(),
                    row.millis()));
        }
        rows.stream()
                .filter(row -> row.method().startsWith("pixels"))
                .forEach(pixels -> text.append(String.format(
                        Locale.ROOT,
                        "%nThe six nearest by features share the class %.1f times as often as those by pixels.%n",
                        rows.get(0).agreement6() / pixels.agreement6())));
        return text.toString();
    }

    private static String split(FeatureFile file) {
        return file.origin().split().isEmpty() ? "a folder" : file.origin().split();
    }

    /** @param file the JSON to make or replace */
    public void write(Path file) {
        ObjectNode root = JSON.createObjectNode();
        root.put("layer", base.origin().layer())
                .put("dim", base.dim())
                .put("recipe", base.origin().recipe())
                .put("model", base.origin().model())
                .put("data", base.origin().data())
                .put("searched", comparison.searched())
                .put("split", base.origin().split())
                .put("queries", comparison.asked())
                .put("querySplit", queries.origin().split());
        root.set("rows", JSON.valueToTree(rows));
        root.set(
                "made",
                JSON.valueToTree(Origin.made(
                        base.origin().recipe(),
                        base.origin().data(),
                        Nd4j.getBackend().getClass().getSimpleName())));
        try {
            AtomicFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new RunException(
                    "Report " + file + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Choose another with --out.",
                    e);
        }
    }
}
