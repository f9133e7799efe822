package alexnet.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A network drawn as in Fig. 2 of the paper: a block for each layer of each tower, as high as its maps and as deep as there
 * are many, and lines where a layer reads another; those that cross from tower to tower in a colour of their own.
 */
public final class Towers {
    private static final int COLUMN = 90;
    private static final int LANE = 150;
    private static final int TEXT_LINE = 16;
    private static final int LETTERS = 12;
    private static final int TALLEST = 86;
    private static final double SLANT = 0.3;
    private static final int UNIT_WIDTH = 7;
    private static final int LEFT = 4;
    private static final int ALPHA = 0x70;

    private final BufferedImage input;
    private final List<Block> blocks = new ArrayList<>();
    private int lines;

    /**
     * A layer.
     *
     * @param towers 2, or 1 for a layer that is not divided
     * @param side of its maps in positions; 1 for units
     * @param maps maps or units of one tower
     * @param crosses whether it reads both towers
     * @param text lines below it
     */
    public record Block(int towers, int side, int maps, boolean crosses, List<String> text) {
        /** Copies the lines. */
        public Block {
            text = List.copyOf(text);
        }
    }

    /** Where a block of one tower was drawn. */
    private record Place(int left, int right, int middle) {}

    /** @param input a picture that the lowest layer reads */
    public Towers(BufferedImage input) {
        this.input = input;
    }

    /**
     * @param block the next layer
     * @return this
     */
    public Towers add(Block block) {
        blocks.add(block);
        lines = Math.max(lines, block.text().size());
        return this;
    }

    /** @return the drawing */
    public BufferedImage image() {
        BufferedImage sheet = Ink.sheet(COLUMN * (blocks.size() + 1), 2 * LANE + lines * TEXT_LINE + LETTERS);
        Graphics2D pen = Ink.pen(sheet);
        pen.setFont(Ink.font(LETTERS));
        pen.drawImage(input, LEFT, LANE - TALLEST / 2, TALLEST * 4 / 5, TALLEST * 4 / 5, null);
        List<Place> below = List.of(new Place(0, LEFT + TALLEST * 4 / 5, LANE - TALLEST / 10));
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            int x = COLUMN * (i + 1);
            List<Place> here = new ArrayList<>();
            for (int tower = 0; tower < block.towers(); tower++) {
                int middle = block.towers() == 1 ? LANE : LANE / 2 + 10 + tower * LANE;
                here.add(block(pen, block, x, middle, tower));
            }
            connect(pen, below, here, block.crosses());
            text(pen, block, x);
            below = here;
        }
        pen.dispose();
        return sheet;
    }

    private static Place block(Graphics2D pen, Block block, int x, int middle, int tower) {
        boolean units = block.side() == 1;
        int height = (int) Math.round(units ? TALLEST * Math.sqrt(block.maps() / 2048.0) : edge(block.side()));
        int depth = units ? UNIT_WIDTH : (int) Math.max(4, Math.round(block.maps() / 6.0));
        int slant = units ? 2 : (int) Math.round(height * SLANT);
        int top = middle - height / 2;
        Color colour = Ink.series(block.towers() == 1 ? 4 : 1 + tower);
        face(pen, colour, x, top, x + depth, top, x + depth, top + height, x, top + height);
        face(pen, colour, x, top, x + slant, top - slant, x + depth + slant, top - slant, x + depth, top);
        face(
                pen,
                colour,
                x + depth,
                top,
                x + depth + slant,
                top - slant,
                x + depth + slant,
                top + height - slant,
                x + depth,
                top + height);
        return new Place(x, x + depth + slant, middle - slant / 2);
    }

    /** Roots: maps of 6 positions are still seen beside maps of 55. */
    private static double edge(int side) {
        return TALLEST * Math.sqrt(side / 55.0);
    }

    private static void face(Graphics2D pen, Color colour, int... xy) {
        Polygon polygon = new Polygon();
        for (int i = 0; i < xy.length; i += 2) {
            polygon.addPoint(xy[i], xy[i + 1]);
        }
        pen.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), ALPHA));
        pen.fill(polygon);
        pen.setColor(colour);
        pen.setStroke(new BasicStroke(1));
        pen.draw(polygon);
    }

    private static void connect(Graphics2D pen, List<Place> below, List<Place> here, boolean crosses) {
        for (int to = 0; to < here.size(); to++) {
            for (int from = 0; from < below.size(); from++) {
                boolean own = below.size() == 1 || from == to && here.size() > 1;
                if (own || crosses) {
                    pen.setColor(own ? Ink.TEXT : Ink.series(0));
                    pen.setStroke(new BasicStroke(own ? 1.2f : 1.6f));
                    pen.drawLine(
                            below.get(from).right() + 2,
                            below.get(from).middle(),
                            here.get(to).left() - 2,
                            here.get(to).middle());
                }
            }
        }
    }

    private static void text(Graphics2D pen, Block block, int x) {
        pen.setColor(Ink.TEXT);
        for (int line = 0; line < block.text().size(); line++) {
            pen.drawString(block.text().get(line), x, 2 * LANE + LETTERS + line * TEXT_LINE);
        }
    }
}
