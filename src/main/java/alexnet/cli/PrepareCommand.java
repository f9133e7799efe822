package alexnet.cli;

import alexnet.config.UsageException;
import alexnet.data.Manifest;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.data.Verification;
import alexnet.data.scenes.PreparedScenes;
import alexnet.data.scenes.Scenes;
import alexnet.image.ImageLimits;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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
        description = "Turns archives or folders of pictures into the form that Train reads: squares of one size in tar"
                + " shards, checked and counted, with mean image and colour statistics. Killed and started again, it"
                + " goes on where it was.")
public final class PrepareCommand implements Callable<Integer> {
    /** Where drawn scenes of all sizes are kept. */
    static final Path SCENES = Path.of("data", "scenes");

    @Option(
            names = "--source",
            description = "ilsvrc2012:DIR or ilsvrc2010:DIR (the archives as published), cifar10:DIR, imagenette:DIR,"
                    + " archive:FILE (a tar of train|val|test/class/picture), folder:DIR (DIR/class/picture, or"
                    + " DIR/train|val|test/class/picture) or scenes[:N] (drawn by the program, N training pictures of"
                    + " each of ten classes)")
    private String source;

    @Option(names = "--out", description = "the folder to make")
    private Path out;

    @Option(names = "--verify", paramLabel = "DATA", description = "checks every digest and count of a prepared folder")
    private Path verify;

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

    @Option(names = "--allow-partial", description = "finish although pictures are missing that the source should have")
    private boolean allowPartial;

    @Option(names = "--per-shard", defaultValue = "8192", description = "pictures in a shard, about")
    private int perShard;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "8192",
            description = "pictures between the points from which a killed preparation goes on")
    private int checkpointEvery;

    @Option(names = "--download", description = "fetches the archive first (cifar10, imagenette); goes on where it was")
    private boolean download;

    @Option(names = "--mirror", description = "from where to fetch it instead; the digest must be the same")
    private URI mirror;

    @Override
    public Integer call() throws Exception {
        return Interruption.guard(this::prepare);
    }

    private int prepare(Interruption interruption) {
        PrintStream console = System.out;
        int threads = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        if (verify != null) {
            return verify(threads, interruption.stopping(ConsoleProgress.on(console), "Interrupted."), console);
        }
        if (source == null || out == null) {
            throw new UsageException("Prepare needs --source and --out, or --verify DATA. See Prepare --help.");
        }
        SourceName name = SourceName.of(source);
        Progress.Factory progress = interruption.stopping(
                ConsoleProgress.on(console), "Interrupted. Start the same command again to go on with " + out + ".");
        Preparation.Options options = new Preparation.Options(
                size, store, threads, ImageLimits.COLLECTION, perShard, checkpointEvery, allowPartial);
        if (download) {
            name.download(mirror, progress);
        }
        if (name.isScenes()) {
            int perClass = name.place().isEmpty() ? 800 : Integer.parseInt(name.place());
            Preparation.run(PreparedScenes.source(SCENES, Scenes.Size.of(perClass), progress), out, options, progress);
        } else {
            Preparation.run(name.open(heldOut, seed, allowPartial), out, options, progress);
        }
        try (PreparedData data = PreparedData.open(out)) {
            summary(data.manifest(), console);
        }
        return 0;
    }

    private int verify(int threads, Progress.Factory progress, PrintStream console) {
        List<String> problems = Verification.check(verify, threads, progress);
        if (!problems.isEmpty()) {
            throw new RunException("The prepared data in " + verify + " are not as they were made:\n"
                    + String.join("\n", problems) + "\nPrepare them again, or restore these files from a copy.");
        }
        try (PreparedData data = PreparedData.open(verify)) {
            console.printf("%s is whole: data %s%n", verify, data.manifest().digest());
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
        long missing = manifest.splits().values().stream()
                .mapToLong(Manifest.Split::missing)
                .sum();
        if (missing > 0) {
            console.printf("%d pictures are missing: see %s%n", missing, out.resolve("missing.tsv"));
        }
        if (quarantined > 0) {
            console.printf("%d damaged pictures were left out: see %s%n", quarantined, out.resolve("quarantine.tsv"));
        }
        console.printf(
                "%d classes, squares of %d pixels, data %s in %s%n",
                manifest.classes().size(), manifest.size(), manifest.digest(), out);
    }
}
