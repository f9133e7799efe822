package alexnet.training;

import alexnet.model.FlatArrays;
import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.rng.NativeRandom;

/**
 * All that a run needs to go on as if it had never stopped: parameters, velocity, position, patience, random state.
 *
 * @param state where the training stood
 * @param parameters number of the graph's parameters, for the check on reading
 * @param data digest of the prepared data
 * @param network the architecture as text, for the check on reading
 * @param randomRoot state of the library's random generator
 * @param randomNode the other half of it
 */
public record Checkpoint(
        TrainingState state, long parameters, String data, String network, long randomRoot, long randomNode) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final String STATE = "state.json";
    private static final String PARAMETERS = "parameters.f32";
    private static final String VELOCITY = "velocity.f32";
    private static final String SUFFIX = ".checkpoint.zip";

    /**
     * Writes a checkpoint in one step; afterwards only the two newest are kept.
     *
     * @param folder the run's folder of checkpoints
     * @param graph whose parameters and velocity are saved
     * @param state where the training stands
     * @param data digest of the prepared data
     * @param network the architecture as text
     * @return the file
     */
    public static Path write(Path folder, ComputationGraph graph, TrainingState state, String data, String network) {
        var random = (NativeRandom) Nd4j.getRandom();
        Checkpoint checkpoint =
                new Checkpoint(state, graph.numParams(), data, network, random.rootState(), random.nodeState());
        Path file = folder.resolve("step-%010d".formatted(state.iteration()) + SUFFIX);
        try {
            AtomicFiles.write(file, out -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                zip.setLevel(Deflater.NO_COMPRESSION);
                zip.putNextEntry(new ZipEntry(STATE));
                zip.write(JSON.writeValueAsBytes(checkpoint));
                zip.putNextEntry(new ZipEntry(PARAMETERS));
                FlatArrays.write(graph.params(), zip);
                zip.putNextEntry(new ZipEntry(VELOCITY));
                FlatArrays.write(graph.getUpdater(true).getStateViewArray(), zip);
                zip.finish();
            });
            List<Path> all = list(folder);
            for (Path old : all.subList(0, Math.max(0, all.size() - 2))) {
                Files.delete(old);
            }
        } catch (IOException e) {
            throw new RunException(
                    "Checkpoint " + file + " cannot be written (" + e.getMessage()
                            + "), expected free disk space and a writable folder. Mend that, then go on with --resume.",
                    e);
        }
        return file;
    }

    /**
     * @param folder the run's folder of checkpoints
     * @return the newest, if there is any
     */
    public static Optional<Path> newest(Path folder) {
        try {
            List<Path> all = list(folder);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        } catch (IOException e) {
            throw new RunException(
                    "Checkpoints in " + folder + " cannot be listed (" + e
                            + "), expected a readable folder. Correct the path.",
                    e);
        }
    }

    /**
     * Puts a checkpoint back into a graph of the same architecture.
     *
     * @param file a checkpoint
     * @param graph receives parameters, velocity and counters
     * @param data digest of the prepared data that the run goes on with
     * @param network its architecture as text
     * @return the checkpoint
     * @throws RunException if it is damaged, lacks a part, or belongs to other data or another architecture
     */
    public static Checkpoint restore(Path file, ComputationGraph graph, String data, String network) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Checkpoint checkpoint = JSON.readValue(entry(zip, STATE, file), Checkpoint.class);
            checkpoint.check(file, graph.numParams(), data, network);
            read(zip, PARAMETERS, file, graph.params());
            read(zip, VELOCITY, file, graph.getUpdater(true).getStateViewArray());
            graph.getConfiguration().setIterationCount((int) checkpoint.state.iteration());
            graph.getConfiguration().setEpochCount(checkpoint.state.epoch() - 1);
            ((NativeRandom) Nd4j.getRandom()).setStates(checkpoint.randomRoot, checkpoint.randomNode);
            return checkpoint;
        } catch (IOException e) {
            throw new RunException(
                    "Checkpoint " + file + " is damaged (" + e.getMessage()
                            + "), expected a whole file. Delete it, then --resume goes on from the one before.",
                    e);
        }
    }

    private void check(Path file, long graphParameters, String graphData, String graphNetwork) {
        if (parameters != graphParameters || !network.equals(graphNetwork)) {
            throw new RunException("Checkpoint " + file + " holds " + parameters
                    + " parameters of another architecture, expected " + graphParameters
                    + " of the run's recipe. Resume without changes to network.");
        }
        if (!data.equals(graphData)) {
            throw new RunException("Checkpoint " + file + " belongs to data " + data + ", found " + graphData
                    + ". Resume with the data that the run began with.");
        }
    }

    private static void read(ZipFile zip, String name, Path file, INDArray into) throws IOException {
        CheckedInputStream in = new CheckedInputStream(entry(zip, name, file), new CRC32());
        FlatArrays.read(in, into);
        if (in.getChecksum().getValue() != zip.getEntry(name).getCrc()) { // ZipFile itself does not look
            throw new IOException("the checksum of " + name + " is wrong");
        }
    }

    private static InputStream entry(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new RunException("Checkpoint " + file + " has no " + name + ", expected " + STATE + ", " + PARAMETERS
                    + " and " + VELOCITY + ". Delete it, then --resume goes on from the one before.");
        }
        return zip.getInputStream(entry);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
