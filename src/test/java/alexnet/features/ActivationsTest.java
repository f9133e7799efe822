package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.ModelBundle;
import alexnet.bundle.SmallModels;
import alexnet.config.UsageException;
import alexnet.inference.Classifier;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ActivationsTest {
    private static final int CLASSES = 6;

    private static byte[] square(long seed) {
        byte[] rgb = new byte[3 * SmallModels.SIZE * SmallModels.SIZE];
        new Random(seed).nextBytes(rgb);
        return rgb;
    }

    /** The last layer computed by plain loops from the features gives the classifier's own probabilities. */
    @Test
    void bothTowersOfTheLastHiddenLayerAreWhatTheSoftmaxReads() {
        ModelBundle model = SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1);
        Classifier classifier = new Classifier(model);
        List<byte[]> squares = List.of(square(1), square(2), square(3));
        float[][] features = new Activations(classifier, "fc7").of(squares);
        INDArray weights = model.graph().getParam("fc8_W");
        INDArray biases = model.graph().getParam("fc8_b");
        assertEquals(weights.size(0), features[0].length);
        double[][] probabilities = classifier.probabilities(squares, false);
        for (int i = 0; i < squares.size(); i++) {
            double[] logits = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                logits[c] = biases.getDouble(c);
                for (int j = 0; j < features[i].length; j++) {
                    logits[c] += features[i][j] * weights.getDouble(j, c);
                }
            }
            double sum = Arrays.stream(logits).map(Math::exp).sum();
            double[] expected =
                    Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
            assertArrayEquals(expected, probabilities[i], 1e-5);
        }
        assertTrue(!Arrays.equals(features[0], features[1]), "pictures look the same");
    }

    @Test
    void aConvolutionsMapsAreJoinedTowerByTower() {
        Classifier classifier = new Classifier(SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1));
        float[] both = new Activations(classifier, "conv1").of(List.of(square(1)))[0];
        float[] first = new Activations(classifier, "conv1a").of(List.of(square(1)))[0];
        float[] second = new Activations(classifier, "conv1b").of(List.of(square(1)))[0];
        assertArrayEquals(first, Arrays.copyOf(both, first.length));
        assertArrayEquals(second, Arrays.copyOfRange(both, first.length, both.length));
    }

    @Test
    void aLayerThatIsNotThereIsRefusedWithThoseThatAre() {
        Classifier classifier = new Classifier(SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1));
        String message = assertThrows(UsageException.class, () -> new Activations(classifier, "fc9"))
                .getMessage();
        assertTrue(message.contains("no layer fc9"), message);
        assertTrue(message.contains("conv1, conv2, conv3, conv4, conv5, fc6, fc7, fc8"), message);
    }

    @Test
    void twoZipsOfOneModelHaveOneDigest() {
        String digest = Origin.digest(SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1));
        assertEquals(digest, Origin.digest(SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 1)));
        assertTrue(!digest.equals(Origin.digest(SmallModels.bundle(SmallModels.recipe("paper"), CLASSES, 2))));
    }
}
