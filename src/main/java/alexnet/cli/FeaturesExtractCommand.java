package alexnet.cli;

import alexnet.bundle.BundleReader;
import alexnet.bundle.ModelBundle;
import alexnet.config.Precision;
import alexnet.config.UsageException;
import alexnet.features.Activations;
import alexnet.features.Extraction;
import alexnet.features.PictureSet;
import alexnet.inference.Classifier;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code Features extract}: activations of a layer for many pictures. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description = "Writes the activations of a layer for all pictures of prepared data or of a folder, with their"
                + " names, classes and provenance, in the format safetensors. Killed and started again, it goes on"
                + " where it was.")
final class FeaturesExtractCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "the model's zip, such as runs/NAME/model.zip")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            description = "a folder that Prepare made, or one of pictures, perhaps in sub-folders named by class")
    private Path data;

    @Option(names = "--split", defaultValue = "train", description = "of prepared data: train, val or test")
    private String split;

    @Option(names = "--out", required = true, description = "the file to write, such as features.safetensors")
    private Path out;

    @Option(names = "--layer", defaultValue = "fc7", description = "a layer; both towers are joined")
    private String layer;

    @Option(names = "--batch", defaultValue = "128", description = "pictures computed at once")
    private int batch;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "2048",
            description = "pictures after which a kill loses nothing")
    private int checkpointEvery;

    @Option(names = "--workers", defaultValue = "0", description = "threads that decode; 0: one for each processor")
    private int workers;

    @Option(
            names = "--precision",
            defaultValue = "FP32",
            description = "${COMPLETION-CANDIDATES}; BF16 is faster where the processor has it")
    private Precision precision;

    @Override
    public Integer call() throws Exception {
        if (batch < 1 || checkpointEvery < 1 || workers < 0) {
            throw new UsageException("Options --batch " + batch + ", --checkpoint-every " + checkpointEvery
                    + ", --workers " + workers + ", expected positive numbers. Correct them.");
        }
        return Interruption.guard(this::extract);
    }

    private int extract(Interruption interruption) {
        ModelBundle bundle = BundleReader.read(model);
        int threads = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        Extraction.Options options = new Extraction.Options(
                batch, checkpointEvery, threads, Nd4j.getBackend().getClass().getSimpleName());
        try (PictureSet pictures =
                PictureSet.open(data, split, bundle.contract().size())) {
            Activations activations = new Activations(new Classifier(bundle, precision), layer);
            Extraction.Summary done = new Extraction(activations, precision, pictures, options)
                    .run(
                            out,
                            interruption.stopping(
                                    ConsoleProgress.on(System.out),
                                    "Interrupted. Start the same command again to go on."));
            if (done.resumed() > 0) {
                System.out.println("Went on behind " + done.resumed() + " pictures that were done before.");
            }
            done.skipped().forEach((key, reason) -> System.err.println("Picture " + key + " was left out: " + reason));
            System.out.printf(
                    Locale.ROOT,
                    "Features %s: %d pictures, %d numbers each, layer %s%n",
                    out,
                    done.rows(),
                    done.dim(),
                    layer);
        }
        return 0;
    }
}
