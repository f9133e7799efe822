package alexnet.experiments;

import alexnet.config.UsageException;
import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All experiments' findings, made from run logs only, as one HTML file or as Markdown with pictures beside it. */
public final class Report {
    static final String TITLE = "The paper's experiments";
    static final String ABOUT =
            "Krizhevsky, Sutskever & Hinton, NIPS 2012: what the paper says beside what our runs showed."
                    + " Every figure is computed from the runs' own logs. Mean ± sd: over seeds, standard deviation with n − 1."
                    + " Intervals: Welch's, 95 %; of a ratio, of the logarithms. What was not run says so.";

    static final String CLAIMS = "The paper's figures and ours";

    private final List<Findings> findings;

    private Report(List<Findings> findings) {
        this.findings = findings;
    }

    /**
     * @param names of experiments, or their files; empty: all built-in ones
     * @param results the folder of experiments' folders
     * @return the report
     * @throws UsageException if a name is unknown, or what lies in the folder does not fit the definitions
     */
    public static Report of(List<String> names, Path results) {
        return new Report(read(names, results));
    }

    /** The findings of experiments, those that were not run among them. */
    static List<Findings> read(List<String> names, Path results) {
        if (!Files.isDirectory(results)) {
            throw new UsageException("Folder " + results
                    + " does not exist, expected a folder of experiments' folders. Run an experiment first, or name"
                    + " another with --results.");
        }
        return (names.isEmpty() ? Catalogue.BUILT_IN : names)
                .stream()
                        .map(name -> Findings.read(Catalogue.load(name), results))
                        .toList();
    }

    /**
     * @param names of experiments, or their files; empty: all built-in ones
     * @param folders of experiments' folders; those that do not exist are left out
     * @return a line for each experiment, with its claim below
     */
    public static String list(List<String> names, List<Path> folders) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-18s %-26s %-12s %-16s %s%n", "name", "section", "data", "nets", "finished"));
        for (String name : names.isEmpty() ? Catalogue.BUILT_IN : names) {
            Experiment experiment = Catalogue.load(name);
            List<Net> nets = Net.of(experiment, List.of(), List.of());
            long finished = nets.stream()
                    .filter(net -> folders.stream()
                            .anyMatch(folder -> Stage.of(net, folder).isOver()))
                    .count();
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %-26s %-12s %-16s %s%n    %s%n",
                    experiment.name(),
                    experiment.section(),
                    experiment.data().name(),
                    experiment.variants().size() + " × " + experiment.seeds().size()
                            + (experiment.grid() == null
                                    ? ""
                                    : " + grid of " + experiment.grid().values().size()),
                    finished == 0 ? "ready, not run" : finished + " of " + nets.size(),
                    experiment.claim()));
        }
        return text.toString();
    }

    /** @return it as Markdown without pictures */
    public String toMarkdown() {
        return MarkdownText.of(findings, plot -> null);
    }

    /**
     * Writes Markdown, and the curves as PNG into {@code FILE-plots/}.
     *
     * @param file to make or replace
     */
    public void writeMarkdown(Path file) {
        String folder = file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + "-plots";
        List<Block.Plot> plots = new ArrayList<>();
        String text = MarkdownText.of(findings, plot -> {
            plots.add(plot);
            return folder + "/" + plot.id() + ".png";
        });
        try {
            for (Block.Plot plot : plots) {
                AtomicFiles.write(
                        file.resolveSibling(folder).resolve(plot.id() + ".png"), out -> out.write(PlotImage.png(plot)));
            }
            AtomicFiles.write(file, text);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /**
     * Writes one HTML file that asks for nothing else.
     *
     * @param file to make or replace
     */
    public void writeHtml(Path file) {
        try {
            AtomicFiles.write(file, HtmlPage.of(findings));
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static RunException unwritten(Path file, IOException e) {
        return new RunException(
                "Report " + file + " cannot be written (" + e
                        + "), expected a writable place with free space. Name another.",
                e);
    }
}
