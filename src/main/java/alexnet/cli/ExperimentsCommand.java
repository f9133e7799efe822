package alexnet.cli;

import alexnet.bundle.BundleReader;
import alexnet.experiments.Catalogue;
import alexnet.experiments.Claims;
import alexnet.experiments.Keeping;
import alexnet.experiments.KernelColour;
import alexnet.experiments.Report;
import alexnet.experiments.ResultsTable;
import alexnet.experiments.SeedComparison;
import alexnet.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code Experiments}: what finished runs showed. */
@Command(
        name = "Experiments",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RunExperimentCommand.class,
        description = "Runs the paper's experiments, and makes reports and tables from the logs of finished runs.")
public final class ExperimentsCommand {
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the experiments: where the paper makes the claim, on what data, how many nets (variants ×"
                            + " seeds), and how many of them are finished.")
    int list(
            @Parameters(paramLabel = "NAME", arity = "0..*", description = "only these; also YAML files")
                    List<String> names,
            @Option(
                            names = "--results",
                            split = ",",
                            defaultValue = "results,runs",
                            description = "where finished nets are looked for (default: results,runs)")
                    List<Path> results) {
        System.out.print(Report.list(orNone(names), results));
        return 0;
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "Makes the report of the experiments from run logs: the paper's figures beside ours, curves,"
                    + " recipes, commits, hours. Without --html and --markdown it is printed as Markdown.")
    int report(
            @Parameters(paramLabel = "NAME", arity = "0..*", description = "only these; also YAML files")
                    List<String> names,
            @Option(
                            names = "--results",
                            defaultValue = "results",
                            description = "the folder of experiments' folders (default: results)")
                    Path results,
            @Option(names = "--html", description = "one file that needs nothing else") Path html,
            @Option(names = "--markdown", description = "a file, with its plots in a folder beside it") Path markdown) {
        Report report = Report.of(orNone(names), results);
        if (html != null) {
            report.writeHtml(html);
            System.out.println("Report " + html);
        }
        if (markdown != null) {
            report.writeMarkdown(markdown);
            System.out.println("Report " + markdown);
        }
        if (html == null && markdown == null) {
            System.out.print(report.toMarkdown());
        }
        return 0;
    }

    @Command(
            name = "keep",
            mixinStandardHelpOptions = true,
            description =
                    "Copies what proves the results of finished nets, and is small, from the runs to the results: recipe,"
                            + " provenance, log, evaluations.")
    int keep(
            @Parameters(paramLabel = "NAME", description = "of an experiment; or a YAML file") String name,
            @Option(names = "--runs", defaultValue = "runs", description = "from where (default: runs)") Path runs,
            @Option(names = "--results", defaultValue = "results", description = "to where (default: results)")
                    Path results) {
        Keeping.keep(Catalogue.load(name), runs, results).forEach(folder -> System.out.println("Kept " + folder));
        return 0;
    }

    private static List<String> orNone(List<String> names) {
        return names == null ? List.of() : names;
    }

    @Command(
            name = "kernels",
            mixinStandardHelpOptions = true,
            description = "Prints how colourful each tower's lowest kernels are: the share of chroma energy.")
    int kernels(@Parameters(paramLabel = "MODEL", description = "a model's zip, or a run's folder") Path model) {
        KernelColour colour =
                KernelColour.of(BundleReader.read(Files.isDirectory(model) ? new RunFolder(model).model() : model));
        colour.towers()
                .forEach(tower -> System.out.printf(
                        Locale.ROOT,
                        "%s%s: %d kernels, %.1f %% chroma energy%n",
                        colour.layer(),
                        tower.tower(),
                        tower.kernels(),
                        100 * tower.share()));
        if (colour.towers().size() == 2) {
            System.out.printf(Locale.ROOT, "The towers lie %.1f points apart.%n", 100 * colour.apart());
        }
        return 0;
    }

    @Command(
            name = "table",
            mixinStandardHelpOptions = true,
            description = "Prints a table of finished runs as Markdown.")
    int table(
            @Option(names = "--results", defaultValue = "results", description = "a folder of runs (default: results)")
                    Path results)
            throws IOException {
        System.out.print(ResultsTable.of(results));
        return 0;
    }

    @Command(
            name = "claims",
            mixinStandardHelpOptions = true,
            description = "Prints the paper's figures beside those of finished nets as one table in Markdown, and which"
                    + " experiments were not run.")
    int claims(
            @Option(
                            names = "--results",
                            defaultValue = "results",
                            description = "the folder of experiments' folders (default: results)")
                    Path results) {
        System.out.print(Claims.of(results));
        return 0;
    }

    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description = "Prints the mean test errors of two settings, each trained from several seeds, and their"
                    + " difference with its 95 %% interval.")
    int compare(@Parameters(paramLabel = "FOLDER", description = "of runs named SETTING-SEED") Path folder)
            throws IOException {
        System.out.print(SeedComparison.of(folder));
        return 0;
    }
}
