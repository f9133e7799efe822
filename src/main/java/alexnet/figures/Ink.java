package alexnet.figures;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Colours that read on white and on black alike: each has a contrast of at least 3 to 1 with both. */
final class Ink {
    /** Lettering; 4.5 to 1 with white, 4.6 to 1 with black. */
    static final Color TEXT = new Color(0x757575);

    static final Color RULE = new Color(0x80, 0x80, 0x80, 0x40);
    /** Over what is not meant, within a picture. */
    static final Color SHADE = new Color(0x80, 0x80, 0x80, 0xa0);

    static final Color CLEAR = new Color(0, 0, 0, 0);
    static final List<Color> SERIES = List.of(
            new Color(0xd0455c),
            new Color(0x2f80d8),
            new Color(0x2f8f68),
            new Color(0xb87412),
            new Color(0x8c62c9),
            new Color(0x128a94));

    private Ink() {}

    static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    static Color series(int i) {
        return SERIES.get(i % SERIES.size());
    }

    static BufferedImage sheet(int width, int height) {
        return new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_INT_ARGB);
    }

    static Graphics2D pen(BufferedImage sheet) {
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(TEXT);
        return graphics;
    }
}
