package alexnet.features;

import alexnet.bundle.ModelBundle;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The kernels of the lowest layer as in Fig. 3: those of the first tower above those of the second. */
public final class FilterSheet {
    private static final int COLUMNS = 16; // 96 kernels in six rows
    private static final int WIDTH = 960;

    private FilterSheet() {}

    /**
     * @param model whose kernels are drawn, each on its own scale with 0 as middle grey
     * @param file the PNG to make or replace
     * @return how many kernels it shows
     */
    public static int write(ModelBundle model, Path file) {
        String layer = model.recipe().network().conv().get(0).name();
        List<BufferedImage> towers = new ArrayList<>();
        int kernels = 0;
        int side = 0;
        for (String letter : model.recipe().network().towers() == 2 ? List.of("a", "b") : List.of("")) {
            INDArray weights = model.graph().getParam(layer + letter + "_W");
            kernels += (int) weights.size(0);
            side = (int) weights.size(2);
            towers.add(KernelImage.image(weights, (int) Math.min(COLUMNS, weights.size(0))));
        }
        Sheet.write(stacked(towers, side), file);
        return kernels;
    }

    /** Enlarged by a whole number, with half a kernel between the towers. */
    private static BufferedImage stacked(List<BufferedImage> towers, int side) {
        int width = towers.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
        int gap = side / 2 + 1;
        int height = towers.stream().mapToInt(image -> image.getHeight() + gap).sum() - gap;
        int scale = Math.max(1, WIDTH / width);
        BufferedImage sheet = new BufferedImage((width + 2) * scale, (height + 2) * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        int y = 1;
        for (BufferedImage tower : towers) {
            graphics.drawImage(tower, scale, y * scale, tower.getWidth() * scale, tower.getHeight() * scale, null);
            y += tower.getHeight() + gap;
        }
        graphics.dispose();
        return sheet;
    }
}
