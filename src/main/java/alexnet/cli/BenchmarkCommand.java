package alexnet.cli;

import alexnet.bench.Measurement;
import alexnet.bench.Request;
import alexnet.bench.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code Benchmark}: how fast it is, and against whom. */
@Command(
        name = "Benchmark",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Measures images per second, where the time goes and the largest memory. With Maven's profile peers"
                        + " (mvn -Ppeers exec:java …) libtorch and Deeplearning4j as it comes compute in turn with it.")
public final class BenchmarkCommand {
    @Command(
            name = "step",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Training steps: forward pass, backward pass and update.")
    int step(
            @Mixin BenchmarkOptions options,
            @Option(names = "--batches", split = ",", defaultValue = "1,32,128", description = "images in a batch")
                    List<Integer> batches,
            @Option(
                            names = "--replicas",
                            defaultValue = "1",
                            description = "above 1: this program once more, so many replicas sharing each batch")
                    int replicas)
            throws Exception {
        return Interruption.guard(interruption -> options.run(Work.STEP, batches, replicas, null, interruption));
    }

    @Command(
            name = "inference",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description = "Outputs of pictures; with batch 1 the latency too.")
    int inference(
            @Mixin BenchmarkOptions options,
            @Option(names = "--batches", split = ",", defaultValue = "1,32,128", description = "images in a batch")
                    List<Integer> batches)
            throws Exception {
        return Interruption.guard(interruption -> options.run(Work.INFERENCE, batches, 1, null, interruption));
    }

    @Command(
            name = "pipeline",
            mixinStandardHelpOptions = true,
            showDefaultValues = true,
            description =
                    "Training batches from pictures on disk, by this program and by DataVec as documented; and the"
                            + " making of the prepared form.")
    int pipeline(
            @Mixin BenchmarkOptions options,
            @Option(names = "--batches", split = ",", defaultValue = "128", description = "images in a batch")
                    List<Integer> batches,
            @Option(
                            names = "--pictures",
                            description = "folder of class folders (default: scenes drawn by the program)")
                    Path pictures)
            throws Exception {
        return Interruption.guard(interruption -> options.run(Work.PIPELINE, batches, 1, pictures, interruption));
    }

    /** What the processes that this command starts do. */
    @Command(name = "turn", hidden = true, description = "One turn, as a file asks for it.")
    int turn(@Parameters Path request, @Parameters Path result) throws IOException {
        Measurement.take(Request.read(request)).write(result);
        return 0;
    }
}
