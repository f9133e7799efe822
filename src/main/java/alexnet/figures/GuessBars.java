package alexnet.figures;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Names, one below the other, each with a lying bar, as below the pictures of the paper's Fig. 4. */
public final class GuessBars {
    private static final int LETTERS = 11;
    private static final int GAP = 3;
    private static final int THICK = 9;

    private GuessBars() {}

    /**
     * @param side of the square figure in pixels
     * @param names from top to bottom
     * @param shares of each, 0 to 1: the length of its bar
     * @param marked the name whose bar has the other colour
     * @return the figure
     */
    public static BufferedImage of(int side, List<String> names, double[] shares, String marked) {
        BufferedImage sheet = Ink.sheet(side, side);
        Graphics2D pen = Ink.pen(sheet);
        pen.setFont(Ink.font(LETTERS));
        int pitch = side / names.size();
        for (int i = 0; i < names.size(); i++) {
            int y = i * pitch;
            pen.setColor(Ink.TEXT);
            pen.drawString(names.get(i), 0, y + LETTERS);
            pen.setColor(Ink.RULE);
            pen.fillRect(0, y + LETTERS + GAP, side, THICK);
            pen.setColor(Ink.series(names.get(i).equals(marked) ? 0 : 1));
            pen.fillRect(0, y + LETTERS + GAP, (int) Math.round(side * shares[i]), THICK);
        }
        pen.dispose();
        return sheet;
    }
}
