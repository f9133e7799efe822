package alexnet.figures;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;

/** Pictures side by side in rows, each with a caption below, each row with a title above if it has one. */
public final class PictureRows {
    private static final int GAP = 10;
    private static final int LINE = 17;
    private static final int LETTERS = 12;
    private static final int ALPHA = 0xff000000;
    private static final int TOP = 255;
    private static final int COARSE = 31;

    private final int side;
    private final List<Row> rows = new ArrayList<>();

    private record Row(String title, List<Cell> cells) {}

    private record Cell(BufferedImage picture, String caption) {}

    /** @param side of each picture as shown, in pixels; others are scaled to fit, and keep their proportions */
    public PictureRows(int side) {
        this.side = side;
    }

    /**
     * Begins a row.
     *
     * @param title above it; empty: none
     * @return this
     */
    public PictureRows row(String title) {
        rows.add(new Row(title, new ArrayList<>()));
        return this;
    }

    /**
     * Adds a picture to the newest row, which is begun if there is none.
     *
     * @param picture any size; small ones keep their pixels as squares, large ones are averaged
     * @param caption below it, cut to the picture's width; empty: none
     * @return this
     */
    public PictureRows add(BufferedImage picture, String caption) {
        if (rows.isEmpty()) {
            row("");
        }
        rows.get(rows.size() - 1).cells.add(new Cell(picture, caption));
        return this;
    }

    /**
     * Adds pictures without captions to the newest row.
     *
     * @param pictures as for {@link #add}
     * @return this
     */
    public PictureRows addAll(List<BufferedImage> pictures) {
        pictures.forEach(picture -> add(picture, ""));
        return this;
    }

    /** @return the sheet, with a transparent background */
    public BufferedImage image() {
        int columns = rows.stream().mapToInt(row -> row.cells.size()).max().orElse(0);
        int height = rows.stream().mapToInt(this::height).sum();
        BufferedImage sheet = Ink.sheet(columns * (side + GAP) - GAP, height - GAP);
        Graphics2D pen = Ink.pen(sheet);
        pen.setFont(Ink.font(LETTERS));
        int y = 0;
        for (Row row : rows) {
            int top = y + (row.title.isEmpty() ? 0 : LINE);
            if (!row.title.isEmpty()) {
                pen.drawString(row.title, 0, y + LETTERS);
            }
            for (int i = 0; i < row.cells.size(); i++) {
                draw(pen, row.cells.get(i), i * (side + GAP), top);
            }
            y += height(row);
        }
        pen.dispose();
        coarsen(sheet);
        return sheet;
    }

    /** A sheet is kept in notebooks as PNG, which then takes a third of the bytes; at this size no eye sees it. */
    private static void coarsen(BufferedImage sheet) {
        int[] argb = ((DataBufferInt) sheet.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < argb.length; i++) {
            argb[i] = argb[i] & ALPHA
                    | coarse(argb[i] >> 16) << 16
                    | coarse(argb[i] >> Byte.SIZE) << Byte.SIZE
                    | coarse(argb[i]);
        }
    }

    private static int coarse(int channel) {
        return Math.round(Math.round((channel & TOP) * COARSE / (float) TOP) * TOP / (float) COARSE);
    }

    private int height(Row row) {
        boolean captions = row.cells.stream().anyMatch(cell -> !cell.caption.isEmpty());
        return (row.title.isEmpty() ? 0 : LINE) + side + (captions ? LINE : 0) + GAP;
    }

    private void draw(Graphics2D pen, Cell cell, int x, int y) {
        double scale = side / (double) Math.max(cell.picture.getWidth(), cell.picture.getHeight());
        int width = (int) Math.round(scale * cell.picture.getWidth());
        int height = (int) Math.round(scale * cell.picture.getHeight());
        BufferedImage picture = cell.picture;
        while (picture.getWidth() >= 2 * width) {
            picture = scaled(picture, (picture.getWidth() + 1) / 2, (picture.getHeight() + 1) / 2);
        }
        Object filter = scale > 1
                ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                : RenderingHints.VALUE_INTERPOLATION_BILINEAR;
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, filter);
        pen.drawImage(picture, x + (side - width) / 2, y + (side - height) / 2, width, height, null);
        pen.drawString(fitting(pen.getFontMetrics(), cell.caption), x, y + side + LETTERS + 2);
    }

    /** By a factor of two, where this is the mean of four pixels: a single long step would pick pixels, and show noise. */
    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        BufferedImage half = Ink.sheet(width, height);
        Graphics2D pen = half.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(picture, 0, 0, width, height, null);
        pen.dispose();
        return half;
    }

    private String fitting(FontMetrics metrics, String text) {
        int end = text.length();
        while (end > 0 && metrics.stringWidth(text.substring(0, end)) > side + GAP) {
            end--;
        }
        return text.substring(0, end);
    }
}
