package alexnet.data.scenes;

import static alexnet.data.scenes.Figure.Tone.DETAIL;
import static alexnet.data.scenes.Figure.Tone.MAIN;
import static alexnet.data.scenes.Figure.Tone.SECOND;

import alexnet.data.scenes.Figure.Tone;
import java.awt.geom.Path2D;

/** Keys and umbrellas. */
final class HandyDrawings {
    private HandyDrawings() {}

    static void key(Figure figure, Dice dice) {
        double shaft = dice.between(10, 15);
        double end = dice.between(62, 90);
        double bow = dice.between(24, 32);
        double x = -58;
        figure.line(MAIN, shaft, x + bow, 0, end, 0);
        int side = dice.sign();
        int teeth = dice.count(2, 4);
        double width = dice.between(9, 12);
        for (int i = 0; i < teeth; i++) {
            double right = end + 3 - i * width * 1.45;
            double length = shaft / 2 + dice.between(16, 34);
            figure.fill(MAIN, Shapes.box(right - width, Math.min(0, side * length), right, Math.max(0, side * length)));
        }
        bow(figure, dice, x, bow);
        if (dice.chance(0.6)) {
            figure.line(SECOND, 6, x + bow + 12, -shaft * 0.8, x + bow + 12, shaft * 0.8);
        }
        if (dice.chance(0.5)) {
            figure.line(DETAIL, 2, x + bow + 20, 0, end - 10, 0);
        }
    }

    private static void bow(Figure figure, Dice dice, double x, double radius) {
        double thick = dice.between(10, 15);
        Path2D.Double outline = switch (dice.count(0, 3)) {
            case 0 -> Shapes.ellipse(x, 0, radius, radius);
            case 1 -> Shapes.ellipse(x, 0, radius * 0.75, radius * 1.2);
            case 2 -> Shapes.star(x, 0, radius * 1.1, 3, 1, 0);
            default -> Shapes.box(x - radius * 0.8, -radius, x + radius * 0.9, radius);
        };
        if (dice.chance(0.25)) { // clover: three small rings
            double small = radius * 0.5;
            figure.ring(MAIN, thick * 0.8, x + radius * 0.4, -radius * 0.75, small);
            figure.ring(MAIN, thick * 0.8, x + radius * 0.4, radius * 0.75, small);
            figure.ring(MAIN, thick * 0.8, x - radius * 0.45, 0, small);
            figure.disc(MAIN, x + radius * 0.5, 0, thick);
        } else {
            figure.stroke(MAIN, thick, outline);
        }
    }

    static void umbrella(Figure figure, Dice dice) {
        double radius = 92;
        double high = dice.between(58, 84);
        double y = dice.between(-18, -4);
        Tone stick = dice.pick(MAIN, SECOND);
        double thick = dice.between(5, 8);
        double foot = dice.between(72, 90);
        double hook = dice.between(10, 15) * dice.sign();
        figure.stroke(
                stick,
                thick,
                Shapes.curve(
                        0,
                        y - high - 10,
                        0,
                        0,
                        0,
                        foot,
                        hook * 0.3,
                        foot + 11,
                        hook,
                        foot + 15,
                        hook * 1.8,
                        foot + 10,
                        hook * 2,
                        foot));
        canopy(figure, dice, radius, high, y);
    }

    private static void canopy(Figure figure, Dice dice, double radius, double high, double y) {
        int panels = dice.count(4, 7);
        double scallop = dice.between(9, 17);
        boolean striped = dice.chance(0.45);
        boolean ribs = !striped || dice.chance(0.5);
        for (int i = 0; i < panels; i++) {
            double left = seam(i, panels, radius);
            double right = seam(i + 1, panels, radius);
            Path2D.Double panel = new Path2D.Double();
            panel.moveTo(0, y - high);
            panel.quadTo(left * 0.85, y - high * 0.9, left, y);
            panel.quadTo((left + right) / 2, y - scallop * 1.6, right, y);
            panel.quadTo(right * 0.85, y - high * 0.9, 0, y - high);
            panel.closePath();
            figure.fill(striped && i % 2 == 1 ? SECOND : MAIN, panel);
        }
        for (int i = 1; ribs && i < panels; i++) {
            double x = seam(i, panels, radius);
            Path2D.Double rib = new Path2D.Double();
            rib.moveTo(0, y - high);
            rib.quadTo(x * 0.85, y - high * 0.9, x, y);
            figure.stroke(DETAIL, 2.4, rib);
        }
    }

    /** Seams lie closer together towards the rim, as on a dome seen from the side. */
    private static double seam(int index, int panels, double radius) {
        return -radius * StrictMath.cos(StrictMath.PI * index / panels);
    }
}
