package alexnet.features;

import alexnet.config.UsageException;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An auto-encoder between two epochs: in a hidden file beside its codes, which each epoch replaces as a whole. */
final class UnfinishedCodes {
    private static final String FORMAT = "alexnet-unfinished-codes-1";
    private static final String PARAMETERS = "parameters";
    private static final String UPDATER = "updater";
    private static final String EPOCHS = "epochs";
    private static final String ITERATIONS = "iterations";

    private final Path file;
    private final Map<String, String> work;

    /**
     * @param target where the codes will lie
     * @param features they are of
     * @param settings of the training; the state of another is not taken up
     */
    UnfinishedCodes(Path target, FeatureFile features, AutoEncoder.Settings settings) {
        this.file = target.resolveSibling("." + target.getFileName() + ".unfinished");
        this.work = features.origin().toMetadata(FORMAT);
        work.put("training", settings.toString());
        work.put("rows", String.valueOf(features.rows()));
    }

    /** Brings a network to where it was; one whose training is another, or cannot be read, is left as it is. */
    int restore(MultiLayerNetwork network) {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            SafeTensors saved = SafeTensors.open(file, "codes", "");
            for (Map.Entry<String, String> text : work.entrySet()) {
                if (!text.getValue().equals(saved.text(text.getKey()))) {
                    return 0;
                }
            }
            INDArray parameters = Nd4j.createFromArray(saved.floats(PARAMETERS));
            INDArray updater = Nd4j.createFromArray(saved.floats(UPDATER));
            INDArray state = network.getUpdater().getStateViewArray();
            if (parameters.length() != network.params().length() || updater.length() != state.length()) {
                return 0;
            }
            int epochs = Integer.parseInt(saved.text(EPOCHS));
            int iterations = Integer.parseInt(saved.text(ITERATIONS));
            network.setParams(parameters.reshape(network.params().shape()));
            state.assign(updater.reshape(state.shape()));
            network.getLayerWiseConfigurations().setIterationCount(iterations);
            return epochs;
        } catch (UsageException | IOException | NumberFormatException e) {
            return 0; // of another version of this program
        }
    }

    /** From now on a kill loses no more than the epochs that follow. */
    void save(MultiLayerNetwork network, int epochs) {
        Map<String, String> metadata = new LinkedHashMap<>(work);
        metadata.put(EPOCHS, String.valueOf(epochs));
        metadata.put(
                ITERATIONS, String.valueOf(network.getLayerWiseConfigurations().getIterationCount()));
        INDArray parameters = network.params();
        INDArray updater = network.getUpdater().getStateViewArray();
        Map<String, SafeTensors.Tensor> arrays = new LinkedHashMap<>();
        arrays.put(PARAMETERS, SafeTensors.array(SafeTensors.Type.F32, parameters.length()));
        arrays.put(UPDATER, SafeTensors.array(SafeTensors.Type.F32, updater.length()));
        try {
            SafeTensors.write(
                    file, metadata, arrays, List.of(SafeTensors.bytes(parameters), SafeTensors.bytes(updater)));
        } catch (IOException e) {
            throw new RunException(
                    "The state of the training cannot be written to " + file + " (" + e.getMessage()
                            + "), expected a writable place with free space. Make room.",
                    e);
        }
    }

    /** Removes the state: the codes are there. */
    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new RunException(
                    "The state of a finished training, " + file + ", cannot be removed (" + e.getMessage()
                            + "), expected a writable folder. Delete it.",
                    e);
        }
    }
}
