package alexnet.cli;

import alexnet.config.UsageException;
import alexnet.features.CodeFile;
import alexnet.features.Comparison;
import alexnet.features.ComparisonReport;
import alexnet.features.FeatureFile;
import alexnet.features.Lookup;
import alexnet.run.Progress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code Features compare}: how well features, codes and pixels find pictures of the same class. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description =
                "Counts how often the nearest pictures share the query's class, by features, by each kind of codes"
                        + " beside them, by random hyperplanes and by plain pixels; and how many of the pictures nearest by"
                        + " features the codes find.")
final class FeaturesCompareCommand implements Callable<Integer> {
    @Option(names = "--features", required = true, description = FeaturesCommand.FILE + ", to be searched")
    private Path file;

    @Option(
            names = "--queries",
            required = true,
            description = "another, of the same model and layer, such as those of the test split; or the same")
    private Path queryFile;

    @Option(names = "--most", defaultValue = "1000", description = "queries asked at most, evenly spaced")
    private int most;

    @Option(names = "--data", description = "where the pictures of both are now (default: where they were)")
    private Path data;

    @Option(
            names = "--pixels",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "whether pixels are compared too, which reads all pictures again")
    private boolean pixels;

    @Option(
            names = "--seed",
            defaultValue = "2012",
            description = "of the random hyperplanes and of the order of equally near codes")
    private long seed;

    @Option(names = "--out", description = "a JSON file to write, too")
    private Path out;

    @Override
    public Integer call() throws Exception {
        if (most < 1) {
            throw new UsageException("Option --most is " + most + ", expected 1 or more. Correct it.");
        }
        FeatureFile base = FeatureFile.open(file);
        FeatureFile queries = FeatureFile.open(queryFile);
        Progress.Factory progress = ConsoleProgress.on(System.out);
        Comparison comparison = new Comparison(base, queries, most, seed);
        for (int bits : CodeFile.present(file)) {
            comparison.addCodes(CodeFile.open(CodeFile.beside(file, bits), base));
        }
        if (pixels) {
            try (Lookup ofBase = new Lookup(base, data);
                    Lookup ofQueries = new Lookup(queries, data)) {
                comparison.addPixels(ofBase, ofQueries, progress);
            }
        }
        ComparisonReport report = new ComparisonReport(base, queries, comparison, comparison.run(progress));
        System.out.println();
        System.out.print(report.text());
        if (out != null) {
            report.write(out);
        }
        return 0;
    }
}
