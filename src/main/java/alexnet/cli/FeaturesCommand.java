package alexnet.cli;

import alexnet.bundle.BundleReader;
import alexnet.features.AutoEncoder;
import alexnet.features.CodeFile;
import alexnet.features.FeatureFile;
import alexnet.features.FilterSheet;
import alexnet.features.Lookup;
import alexnet.features.MapPage;
import alexnet.features.SearchBenchmark;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code Features}: what a network has learned. */
@Command(
        name = "Features",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FeaturesExtractCommand.class, FeaturesSimilarCommand.class, FeaturesCompareCommand.class},
        description = "What a model has learned: activations of a layer for many pictures, the most similar pictures,"
                + " short binary codes, the lowest kernels, and a map.")
public final class FeaturesCommand {
    static final String FILE = "a file that Features extract wrote";

    @Command(
            name = "train-codes",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Trains an auto-encoder that compresses features to short binary codes, and writes the codes"
                    + " of all pictures beside the features.")
    int trainCodes(
            @Option(names = "--features", required = true, description = FILE) Path file,
            @Option(names = "--bits", defaultValue = "128", description = "64, 128 or 256") int bits,
            @Option(names = "--epochs", defaultValue = "20", description = "passes over the features") int epochs,
            @Option(
                            names = "--noise",
                            defaultValue = "2",
                            description = "standard deviation of what is added before the logistic units")
                    double noise,
            @Option(names = "--rate", defaultValue = "0.001", description = "of Adam, at the beginning") double rate,
            @Option(names = "--batch", defaultValue = "256", description = "vectors in a step") int batch,
            @Option(names = "--seed", defaultValue = "2012", description = "of weights, order and noise") long seed)
            throws Exception {
        return Interruption.guard(interruption -> {
            AutoEncoder.Settings settings = new AutoEncoder.Settings(bits, epochs, noise, rate, batch, seed);
            FeatureFile features = FeatureFile.open(file);
            CodeFile codes = new AutoEncoder(features, settings)
                    .run(
                            CodeFile.beside(file, bits),
                            interruption.stopping(
                                    ConsoleProgress.on(System.out),
                                    "Interrupted. The same command goes on after the last whole epoch."));
            System.out.printf(
                    Locale.ROOT,
                    "Codes %s: %d pictures, %d bytes each instead of %d%n",
                    codes.path(),
                    features.rows(),
                    bits / Byte.SIZE,
                    Float.BYTES * features.dim());
            return 0;
        });
    }

    @Command(
            name = "filters",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Draws the kernels of the lowest layer as in the paper's Fig. 3.")
    int filters(
            @Option(names = "--model", required = true, description = "the model's zip") Path model,
            @Option(names = "--out", defaultValue = "filters.png", description = "the picture to write") Path out) {
        int kernels = FilterSheet.write(BundleReader.read(model), out);
        System.out.println("Filters " + out + ": " + kernels + " kernels");
        return 0;
    }

    @Command(
            name = "map",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Writes a map of the features (UMAP and principal components) as one page with thumbnails.")
    int map(
            @Option(names = "--features", required = true, description = FILE) Path file,
            @Option(names = "--data", description = "where the pictures are now (default: where they were)") Path data,
            @Option(names = "--most", defaultValue = "2000", description = "how many pictures at most") int most,
            @Option(names = "--seed", defaultValue = "2012", description = "of the arrangement") int seed,
            @Option(names = "--out", defaultValue = "map.html", description = "the page to write") Path out) {
        FeatureFile features = FeatureFile.open(file);
        try (Lookup pictures = new Lookup(features, data)) {
            int shown = new MapPage(features, pictures, most, seed).write(out, ConsoleProgress.on(System.out));
            System.out.println("Map " + out + ": " + shown + " pictures");
        }
        return 0;
    }

    @Command(
            name = "benchmark",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description =
                    "Measures the search among random vectors beside the fastest of several ways to read them once, at three"
                            + " sizes, by as many threads as OMP_NUM_THREADS says, and the search among a million codes.")
    int benchmark(
            @Option(names = "--dim", defaultValue = "4096", description = "numbers of a vector") int dim,
            @Option(
                            names = "--megabytes",
                            defaultValue = "2000",
                            description = "of the largest set; it must fit into the memory that is free")
                    int megabytes,
            @Option(names = "--rounds", defaultValue = "9", description = "of which the median counts") int rounds,
            @Option(names = "--folder", defaultValue = "${sys:java.io.tmpdir}", description = "for a temporary file")
                    Path folder) {
        System.out.print(new SearchBenchmark(new SearchBenchmark.Settings(dim, megabytes, rounds, folder))
                .run()
                .text());
        return 0;
    }
}
