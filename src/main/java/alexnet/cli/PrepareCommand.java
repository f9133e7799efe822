package alexnet.cli;

import alexnet.config.UsageException;
import alexnet.data.FolderSource;
import alexnet.data.Manifest;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.image.ImageLimits;
import alexnet.run.Progress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code Prepare}: pictures to the prepared form. */
@Command(
        name = "Prepare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description = "Turns a folder of pictures, one sub-folder for each class, into the form that Train reads:"
                + " squares of one size, checked and counted, with mean image and colour statistics.")
public final class PrepareCommand implements Callable<Integer> {
    @Option(
            names = "--source",
            required = true,
            description = "folder:DIR (DIR/class/picture, or DIR/train|val|test/class/picture) or scenes[:N] (drawn by"
                    + " the program, N training pictures of each of ten classes)")
    private String source;

    @Option(names = "--out", required = true, description = "the folder to make")
    private Path out;

    @Option(
            names = "--size",
            defaultValue = "256",
            description = "side of the squares in pixels; 32 for the CIFAR recipes")
    private int size;

    @Option(
            names = "--store",
            defaultValue = "auto",
            description = "raw, jpeg (quality 95) or auto: raw up to 128 pixels")
    private Store store;

    @Option(
            names = "--hold-out",
            defaultValue = "0.1",
            description = "part of train that becomes val where there is none")
    private double heldOut;

    @Option(names = "--seed", defaultValue = "2012", description = "chooses what is held out")
    private long seed;

    @Option(names = "--workers", defaultValue = "0", description = "threads; 0: one for each processor")
    private int workers;

    @Override
    public Integer call() throws Exception {
        return Interruption.guard(this::prepare);
    }

    private int prepare(Interruption interruption) {
        PrintStream console = System.out;
        Progress.Factory progress = interruption.stopping(
                ConsoleProgress.on(console), "Interrupted. Start the same command again to go on with " + out + ".");
        int threads = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        Preparation.Options options = new Preparation.Options(size, store, threads, ImageLimits.COLLECTION);
        if (source.matches("folder:.+")) {
            Path folder = Path.of(source.substring("folder:".length()));
            Preparation.run(FolderSource.open(folder, heldOut, seed), out, options, progress);
        } else if (source.matches("scenes(:\\d{1,7})?")) {
            String number = source.replaceAll("scenes:?", "");
            BuiltInScenes.prepare(number.isEmpty() ? 800 : Integer.parseInt(number), out, options, progress);
        } else {
            throw new UsageException("Source is '" + source
                    + "', expected folder:DIR or scenes[:N], N at most 9999999. Correct --source.");
        }
        try (PreparedData data = PreparedData.open(out)) {
            summary(data.manifest(), console);
        }
        return 0;
    }

    private void summary(Manifest manifest, PrintStream console) {
        long quarantined = 0;
        for (var split : manifest.splits().entrySet()) {
            console.printf(
                    Locale.ROOT,
                    "%-5s %,9d pictures%n",
                    split.getKey(),
                    split.getValue().images());
            quarantined += split.getValue().quarantined();
        }
        if (quarantined > 0) {
            console.printf("%d damaged pictures were left out: see %s%n", quarantined, out.resolve("quarantine.tsv"));
        }
        console.printf(
                "%d classes, squares of %d pixels, data %s in %s%n",
                manifest.classes().size(), manifest.size(), manifest.digest(), out);
    }
}
