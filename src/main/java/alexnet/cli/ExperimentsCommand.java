package alexnet.cli;

import alexnet.experiments.ResultsTable;
import alexnet.experiments.SeedComparison;
import java.io.IOException;
import java.nio.file.Path;
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
