package alexnet.experiments;

import alexnet.bundle.ModelBundle;
import alexnet.config.UsageException;
import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How colourful each tower's lowest kernels are: Fig. 3's "specialisation" as a number. A kernel's weights at one place,
 * {@code (r, g, b)}, are a grey part, the mean of the three in each, and a coloured rest; the two are at right angles, so
 * that their squares add up. The share is the sum of the squares of all coloured rests over that of all weights.
 *
 * @param layer the lowest layer
 * @param towers in the order of their letters
 */
public record KernelColour(String layer, List<Tower> towers) {
    /** The file of a run's folder that holds it. */
    static final String FILE = "kernels.json";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param tower a letter; empty where there is one tower only
     * @param kernels how many
     * @param share of chroma energy, 0 (grey) to 1; 2/3 for weights that know nothing of each other; NaN if all are 0
     */
    public record Tower(String tower, int kernels, double share) {}

    /**
     * @param model an exported model
     * @return the shares of its lowest layer
     */
    public static KernelColour of(ModelBundle model) {
        String layer = model.recipe().network().conv().get(0).name();
        List<Tower> towers = new ArrayList<>();
        for (String letter : model.recipe().network().towers() == 2 ? List.of("a", "b") : List.of("")) {
            INDArray weights = model.graph().getParam(layer + letter + "_W");
            towers.add(new Tower(letter, (int) weights.size(0), share(weights)));
        }
        return new KernelColour(layer, towers);
    }

    /**
     * @param weights {@code [kernels, 3, side, side]}, channels red, green, blue
     * @return share of chroma energy, 0 to 1
     */
    static double share(INDArray weights) {
        INDArray doubles = weights.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE);
        INDArray grey = doubles.mean(true, 1);
        double all = doubles.mul(doubles).sumNumber().doubleValue();
        double ofGrey = 3 * grey.mul(grey).sumNumber().doubleValue();
        return Math.max(0, all - ofGrey) / all;
    }

    /** @return the more colourful tower's share less the other's: the same whichever tower is called a */
    @JsonIgnore
    public double apart() {
        if (towers.size() != 2) {
            throw new UsageException(
                    "A net of one tower has no two shares of colour, expected two towers. Take this measure"
                            + " from its experiment, or name other variants.");
        }
        return Math.abs(towers.get(0).share() - towers.get(1).share());
    }

    /** Writes {@code kernels.json} into a run's folder. */
    void write(Path folder) {
        try {
            AtomicFiles.write(
                    folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new RunException(
                    "Shares of colour cannot be written to " + folder + " (" + e
                            + "), expected a writable place with free space. Mend that and repeat the command.",
                    e);
        }
    }

    static KernelColour parse(String json) throws JsonProcessingException {
        return JSON.readValue(json, KernelColour.class);
    }
}
