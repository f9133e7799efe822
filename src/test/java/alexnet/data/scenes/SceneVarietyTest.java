package alexnet.data.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SceneVarietyTest {
    private static final int PICTURES = 600;

    @Test
    void sizesAspectsAndGreyVary() throws IOException {
        List<BufferedImage> images = images(Scenes.source(), PICTURES);
        int grey = 0;
        int upright = 0;
        int wide = 0;
        for (BufferedImage image : images) {
            int shorter = Math.min(image.getWidth(), image.getHeight());
            double aspect = (double) image.getWidth() / image.getHeight();
            assertTrue(shorter >= 150 && shorter <= 260, "shorter side " + shorter);
            assertTrue(aspect > 0.55 && aspect < 1.8, "aspect " + aspect);
            grey += image.getRaster().getNumBands() == 1 ? 1 : 0;
            upright += aspect < 0.8 ? 1 : 0;
            wide += aspect > 1.25 ? 1 : 0;
        }
        assertTrue(grey > 0.04 * PICTURES && grey < 0.12 * PICTURES, "grey " + grey);
        assertTrue(upright > 0.2 * PICTURES, "upright " + upright);
        assertTrue(wide > 0.2 * PICTURES, "wide " + wide);
        assertTrue(images.stream().map(BufferedImage::getWidth).distinct().count() > 100);
    }

    @Test
    void controlSetIsInColourThroughout() throws IOException {
        for (BufferedImage image : images(ControlScenes.source(), 100)) {
            assertEquals(3, image.getRaster().getNumBands());
        }
    }

    @Test
    void objectsVaryInFormWithinAClass() {
        for (SceneClass kind : SceneClass.values()) {
            List<String> forms = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                StringBuilder form = new StringBuilder();
                for (Figure.Part part : kind.figure(Dice.of(i, kind.label())).parts()) {
                    form.append(part.tone()).append(part.outline().getBounds2D());
                }
                forms.add(form.toString());
            }
            assertEquals(20, forms.stream().distinct().count(), kind.label());
        }
    }

    @Test
    void noObjectIsAMereLine() {
        for (SceneClass kind : SceneClass.values()) {
            for (int i = 0; i < 50; i++) {
                List<Figure.Part> parts = kind.figure(Dice.of(i, kind.label())).parts();
                double[] box = Warp.bounds(parts);
                double flatness =
                        Math.min(box[2] - box[0], box[3] - box[1]) / Math.max(box[2] - box[0], box[3] - box[1]);
                assertTrue(flatness > 0.2, kind + " is too thin to be seen: " + flatness);
            }
        }
    }

    private static List<BufferedImage> images(SceneSource source, int count) throws IOException {
        List<BufferedImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] jpeg = source.jpeg(i % source.classes().size(), Dice.of(3, "train/any/" + i));
            images.add(ImageIO.read(new ByteArrayInputStream(jpeg)));
        }
        return images;
    }
}
