package alexnet.features;

import alexnet.figures.Pictures;
import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures in rows as in Fig. 4, right: a query, then its neighbours, each with what is known of it below. */
public final class Sheet {
    private static final int CELL = 128;
    private static final int GAP = 8;
    private static final int QUERY_GAP = 24;
    private static final int LINE = 16;
    private static final int LINES = 2;
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color FAINT = new Color(0x66, 0x66, 0x66);

    /**
     * A picture.
     *
     * @param rgb {@code [side, side, 3]}
     * @param side in pixels
     * @param first line below it
     * @param second line below it
     */
    public record Cell(byte[] rgb, int side, String first, String second) {}

    private Sheet() {}

    /**
     * @param rows the query first in each; at least one
     * @param file the PNG to make or replace
     */
    public static void write(List<List<Cell>> rows, Path file) {
        write(draw(rows), file);
    }

    /** Writes a PNG. */
    static void write(BufferedImage image, Path file) {
        try {
            AtomicFiles.write(file, out -> ImageIO.write(image, "png", out));
        } catch (IOException e) {
            throw new RunException(
                    "Picture " + file + " cannot be written (" + e.getMessage()
                            + "), expected a writable place with free space. Choose another.",
                    e);
        }
    }

    static BufferedImage draw(List<List<Cell>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(1);
        int height = CELL + LINES * LINE + GAP;
        BufferedImage sheet = new BufferedImage(
                columns * (CELL + GAP) + GAP + QUERY_GAP, rows.size() * height + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                int x = GAP + column * (CELL + GAP) + (column > 0 ? QUERY_GAP : 0);
                draw(graphics, rows.get(row).get(column), x, GAP + row * height);
            }
        }
        graphics.dispose();
        return sheet;
    }

    private static void draw(Graphics2D graphics, Cell cell, int x, int y) {
        // small pictures keep their pixels; large ones are averaged
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                cell.side() < CELL
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(Pictures.of(cell.rgb(), cell.side(), cell.side()), x, y, CELL, CELL, null);
        graphics.setColor(INK);
        graphics.drawString(fitting(graphics, cell.first()), x, y + CELL + LINE - 3);
        graphics.setColor(FAINT);
        graphics.drawString(fitting(graphics, cell.second()), x, y + CELL + 2 * LINE - 3);
    }

    /** The end of a name tells more than its beginning. */
    private static String fitting(Graphics2D graphics, String text) {
        FontMetrics metrics = graphics.getFontMetrics();
        String shown = text;
        for (int cut = 1; metrics.stringWidth(shown) > CELL && cut < text.length(); cut++) {
            shown = "…" + text.substring(cut);
        }
        return shown;
    }
}
