package alexnet.dashboard;

import alexnet.config.Recipe;
import alexnet.data.ImageSplit;
import alexnet.data.PreparedData;
import alexnet.features.KernelImage;
import alexnet.image.MeanImage;
import alexnet.image.Pixels;
import alexnet.image.StoredJpeg;
import alexnet.image.View;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the network has learned, as pictures: its lowest kernels (Fig. 3) and eight guesses (Fig. 4, left). */
final class EpochPictures {
    private static final int EXAMPLES = 8;
    private static final int GUESSES = 5;

    private final Recipe recipe;
    private final PreparedData data;
    private final ComputationGraph graph;

    /**
     * @param recipe of the run
     * @param data whose validation pictures are shown
     * @param graph in training
     */
    EpochPictures(Recipe recipe, PreparedData data, ComputationGraph graph) {
        this.recipe = recipe;
        this.data = data;
        this.graph = graph;
    }

    /**
     * Takes about as long as a batch of eight; the caller sees to it that nothing trains meanwhile.
     *
     * @param epoch the one that ended, from 1
     * @param iteration updates so far
     * @return both, ready for the page, pictures in base64
     */
    ObjectNode take(int epoch, long iteration) {
        ObjectNode pictures = RunFiles.JSON.createObjectNode();
        pictures.put("epoch", epoch).put("iteration", iteration);
        kernels(pictures);
        examples(epoch, pictures.putArray("examples"));
        return pictures;
    }

    private void kernels(ObjectNode pictures) {
        String layer = recipe.network().conv().get(0).name();
        pictures.put("layer", layer);
        ArrayNode towers = pictures.putArray("towers");
        List<String> letters = recipe.network().towers() == 2 ? List.of("a", "b") : List.of("");
        for (String letter : letters) {
            INDArray weights = graph.getParam(layer + letter + "_W");
            towers.addObject()
                    .put("tower", letter)
                    .put("kernels", weights.size(0))
                    .put("side", weights.size(2))
                    .put("png", KernelImage.png(weights));
        }
    }

    private void examples(int epoch, ArrayNode into) {
        ImageSplit split = data.split("val");
        // another eight each epoch, the same eight whenever the epoch is repeated
        int[] chosen = new Random(epoch)
                .ints(0, split.size())
                .distinct()
                .limit(Math.min(EXAMPLES, split.size()))
                .toArray();
        int crop = recipe.augmentation().crop();
        MeanImage mean = recipe.augmentation().subtractMean() ? data.mean() : null;
        byte[] rgb = new byte[3 * split.side() * split.side()];
        float[] pixels = new float[chosen.length * 3 * crop * crop];
        for (int i = 0; i < chosen.length; i++) {
            split.read(chosen[i], rgb);
            float[] seen = Pixels.views(rgb, split.side(), crop, List.of(View.centre(split.side(), crop)), mean);
            System.arraycopy(seen, 0, pixels, i * seen.length, seen.length);
            into.addObject()
                    .put("name", split.key(chosen[i]))
                    .put("label", data.classes().get(split.label(chosen[i])))
                    .put("jpeg", StoredJpeg.encode(rgb, split.side()));
        }
        INDArray input = Nd4j.createFromArray(pixels).reshape(chosen.length, 3, crop, crop);
        double[][] probabilities = graph.outputSingle(false, input).toDoubleMatrix();
        for (int i = 0; i < chosen.length; i++) {
            guesses(probabilities[i], ((ObjectNode) into.get(i)).putArray("guesses"));
        }
    }

    private void guesses(double[] probabilities, ArrayNode into) {
        IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer label) -> probabilities[label])
                        .reversed())
                .limit(GUESSES)
                .forEach(label -> into.addObject()
                        .put("label", data.classes().get(label))
                        .put("probability", probabilities[label]));
    }
}
