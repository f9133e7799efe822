package alexnet.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.SmallModels;
import alexnet.config.Precision;
import alexnet.data.scenes.PreparedScenes;
import alexnet.data.scenes.Scenes;
import alexnet.inference.Classifier;
import alexnet.run.Progress;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookalikesTest {
    private static final int SIDE = 96;
    private static final int PITCH = SIDE + 10;

    @TempDir
    private Path folder;

    @Test
    void aPictureThatIsAmongThoseSearchedIsItsOwnNearest() throws Exception {
        Classifier classifier = new Classifier(SmallModels.bundle(SmallModels.recipe("paper"), 10, 1));
        Path data = PreparedScenes.folder(folder, new Scenes.Size(3, 1, 1), SmallModels.SIZE);
        Path file = folder.resolve("features.safetensors");
        try (PictureSet pictures = PictureSet.open(data, "train", SmallModels.SIZE)) {
            new Extraction(
                            new Activations(classifier, "fc7"),
                            Precision.FP32,
                            pictures,
                            new Extraction.Options(16, 64, 1, "CpuBackend"))
                    .run(file, Progress.SILENT);
        }
        FeatureFile features = FeatureFile.open(file);
        assertEquals(30, features.rows());
        Path train = folder.resolve("pictures-3-1-1").resolve("train");
        List<Path> asked = List.of(train.resolve("fish/00001.jpg"), train.resolve("house/00002.jpg"));
        for (BufferedImage figure : List.of(
                Lookalikes.byFeatures(features, classifier, asked, 3),
                Lookalikes.byPixels(features, classifier, asked, 3))) {
            assertEquals(4 * PITCH - 10, figure.getWidth());
            for (int row = 0; row < 2; row++) {
                int y = row * (PITCH + 17);
                assertTrue(apart(figure, y, 1) < 4, "the nearest is another: " + apart(figure, y, 1));
                assertTrue(apart(figure, y, 2) > 10, "the second is the same: " + apart(figure, y, 2));
            }
        }
    }

    /** Mean difference in levels of green between the picture that is asked for and one beside it. */
    private static double apart(BufferedImage figure, int y, int cell) {
        double sum = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int asked = figure.getRGB(i % SIDE, y + i / SIDE) >> 8 & 255;
            int found = figure.getRGB(cell * PITCH + i % SIDE, y + i / SIDE) >> 8 & 255;
            sum += Math.abs(asked - found);
        }
        return sum / (SIDE * SIDE);
    }
}
