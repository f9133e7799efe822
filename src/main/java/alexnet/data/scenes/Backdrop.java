package alexnet.data.scenes;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** What lies behind the object: one of six kinds of background, and small shapes on it. */
final class Backdrop {
    /** How far the tones within one background lie from its base, in luma. */
    private static final double REACH = 24;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final Palette palette;
    private final Dice dice;
    private final int width;
    private final int height;

    /** @param graphics draws on {@code image}, with smooth edges */
    Backdrop(BufferedImage image, Graphics2D graphics, Palette palette, Dice dice) {
        this.image = image;
        this.graphics = graphics;
        this.palette = palette;
        this.dice = dice;
        this.width = image.getWidth();
        this.height = image.getHeight();
    }

    void paint() {
        gradient(0, height);
        switch (dice.count(0, 5)) {
            case 0 -> cloud(dice.count(2, 5));
            case 1 -> cloud(dice.count(12, 40));
            case 2 -> bands();
            case 3 -> hills();
            case 4 -> room();
            default -> patches();
        }
    }

    private void gradient(int top, int bottom) {
        double x = dice.between(0, width);
        graphics.setPaint(new GradientPaint(
                (float) x, top, palette.background(REACH), (float) (width - x), bottom, palette.background(REACH)));
        graphics.fillRect(0, top, width, bottom - top);
    }

    /** Blends two colours by noise that is even over 1/cells of the picture's longer side. */
    private void cloud(int cells) {
        Color first = palette.background(REACH);
        Color second = palette.background(REACH);
        double strength = dice.between(0.5, 1);
        double[][] grid = new double[cells + 2][cells + 2];
        for (double[] row : grid) {
            for (int i = 0; i < row.length; i++) {
                row[i] = dice.between(0, 1);
            }
        }
        int[] pixels = Pixels.of(image);
        double step = (double) cells / Math.max(width, height);
        for (int y = 0; y < height; y++) {
            int row = (int) (y * step);
            double down = y * step - row;
            for (int x = 0; x < width; x++) {
                int column = (int) (x * step);
                double right = x * step - column;
                double above = grid[row][column] + right * (grid[row][column + 1] - grid[row][column]);
                double below = grid[row + 1][column] + right * (grid[row + 1][column + 1] - grid[row + 1][column]);
                double share = above + down * (below - above);
                int i = y * width + x;
                pixels[i] = Pixels.blend(pixels[i], share < 0.5 ? first : second, strength * Math.abs(2 * share - 1));
            }
        }
    }

    private void bands() {
        Color colour = palette.background(REACH);
        double pitch = dice.between(14, 50);
        double share = dice.between(0.2, 0.6);
        double lean = dice.pick(0.0, 0.0, -0.6, 0.6, 1.0);
        boolean upright = dice.chance(0.5);
        boolean crossed = dice.chance(0.35);
        graphics.setPaint(colour);
        double reach = width + height;
        for (double at = -reach; at < reach; at += pitch) {
            double end = at + pitch * share;
            if (upright || crossed) {
                graphics.fill(Shapes.polygon(at, 0, end, 0, end + lean * height, height, at + lean * height, height));
            }
            if (!upright || crossed) {
                graphics.fill(Shapes.polygon(0, at, 0, end, width, end + lean * width, width, at + lean * width));
            }
        }
    }

    private void hills() {
        int ridges = dice.count(1, 3);
        for (int i = 0; i < ridges; i++) {
            double level = height * (0.45 + 0.5 * (i + dice.between(0, 1)) / ridges);
            Path2D.Double hill = new Path2D.Double();
            hill.moveTo(0, height);
            hill.lineTo(0, level + dice.around(0.08) * height);
            int bumps = dice.count(1, 3);
            for (int bump = 0; bump < bumps; bump++) {
                double end = width * (bump + 1.0) / bumps;
                double middle = width * (bump + 0.5) / bumps;
                hill.quadTo(middle, level - dice.around(0.25) * height, end, level + dice.around(0.08) * height);
            }
            hill.lineTo(width, height);
            hill.closePath();
            graphics.setPaint(palette.background(REACH));
            graphics.fill(hill);
        }
        if (dice.chance(0.4)) {
            double size = dice.between(0.05, 0.11) * width;
            graphics.setPaint(palette.background(2 * REACH));
            graphics.fill(Shapes.ellipse(dice.between(0, width), dice.between(0, 0.35) * height, size, size));
        }
    }

    private void room() {
        int floor = (int) (height * dice.between(0.5, 0.85));
        gradient(floor, height);
        graphics.setPaint(palette.background(1.5 * REACH));
        graphics.fill(Shapes.box(0, floor - dice.between(1, 7), width, floor));
        if (dice.chance(0.5)) { // boards running away from the viewer
            double pitch = dice.between(18, 40);
            double middle = dice.between(0, width);
            for (double x = middle % pitch - 2 * width; x < 3 * width; x += pitch * 2) {
                double far = middle + (x - middle) * 0.5;
                graphics.fill(Shapes.polygon(far, floor, far + 1, floor, x + 2.5, height, x, height));
            }
        }
    }

    private void patches() {
        double size = Math.max(width, height);
        int patches = dice.count(4, 9);
        for (int i = 0; i < patches; i++) {
            double x = dice.between(0, width);
            double y = dice.between(0, height);
            double reach = dice.between(0.15, 0.4) * size;
            graphics.setPaint(palette.background(REACH));
            if (dice.chance(0.5)) {
                graphics.fill(Shapes.ellipse(x, y, reach, reach * dice.between(0.4, 1)));
            } else {
                graphics.fill(Shapes.star(x, y, reach, dice.count(3, 5), 1, dice.between(0, 6)));
            }
        }
    }
}
