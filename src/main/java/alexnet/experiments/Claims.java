package alexnet.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All figures of the paper beside ours, in one table. */
public final class Claims {
    private static final List<String> HEAD = List.of(
            "experiment", "measured", "net", "the paper", "ours, mean ± sd", "compared, 95 % interval", "seeds");

    private Claims() {}

    /**
     * @param results the folder of experiments' folders
     * @return the table of what was run, as Markdown, and the names of what was not
     */
    public static String of(Path results) {
        List<Findings> all = Report.read(List.of(), results);
        String ready = all.stream()
                .filter(Findings::isEmpty)
                .map(each -> "`" + each.experiment().name() + "`")
                .collect(Collectors.joining(", "));
        return MarkdownText.of(new Block.Table(HEAD, rows(all, true))).stripLeading()
                + (ready.isEmpty() ? "" : "\nReady, " + Figures.NOT_RUN + ": " + ready + ".\n");
    }

    /** The table, what was not run in it. */
    static Block.Table table(List<Findings> findings) {
        return new Block.Table(HEAD, rows(findings, false));
    }

    private static List<List<String>> rows(List<Findings> findings, boolean runOnly) {
        List<List<String>> cells = new ArrayList<>();
        for (Findings each : findings) {
            for (Measure measure : each.experiment().measures()) {
                Figures figures = new Figures(each, measure);
                figures.rows().stream()
                        .filter(row -> !figures.paper(row).isEmpty())
                        .filter(row -> figures.isRun(row) || !runOnly)
                        .map(row -> cells(each, figures, row))
                        .forEach(cells::add);
            }
        }
        return cells;
    }

    private static List<String> cells(Findings findings, Figures figures, String row) {
        return List.of(
                findings.experiment().name(),
                figures.title(),
                findings.title(row),
                figures.paper(row),
                figures.mean(row),
                figures.beside(row),
                figures.isRun(row) ? figures.count(row) : "");
    }
}
