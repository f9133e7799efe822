package alexnet.data.scenes;

import static alexnet.data.scenes.Figure.Tone.DETAIL;
import static alexnet.data.scenes.Figure.Tone.MAIN;
import static alexnet.data.scenes.Figure.Tone.SECOND;

import alexnet.data.scenes.Figure.Tone;
import java.awt.geom.Path2D;

/** Fishes and snails. */
final class AnimalDrawings {
    private AnimalDrawings() {}

    static void fish(Figure figure, Dice dice) {
        double h = dice.between(28, 50);
        double fork = dice.between(30, 46);
        Tone fin = dice.pick(MAIN, SECOND);
        double notch = dice.between(-92, -76);
        figure.fill(
                fin,
                Shapes.smooth(-52, -5, -80, -fork * 0.8, -102, -fork, notch, 0, -102, fork, -80, fork * 0.8, -52, 5));
        double crest = dice.between(12, 28);
        double crestEnd = dice.between(-45, -20);
        figure.fill(
                fin,
                Shapes.polygon(crestEnd, -h * 0.5, crestEnd - 8, -h * 0.8 - crest, 12, -h * 0.9 - crest, 38, -h * 0.7));
        figure.fill(fin, Shapes.polygon(-30, h * 0.6, -36, h * 0.8 + crest * 0.8, 6, h * 0.9));
        figure.fill(
                MAIN,
                Shapes.smooth(
                        86, 0, 66, -h * 0.55, 28, -h * 0.95, -12, -h * 0.85, -44, -h * 0.38, -64, -h * 0.16, -64,
                        h * 0.16, -44, h * 0.38, -12, h * 0.85, 28, h * 0.95, 66, h * 0.55));
        skin(figure, dice, h);
        figure.stroke(DETAIL, 3, Shapes.curve(40, -h * 0.6, 33, 0, 40, h * 0.6));
        figure.fill(fin, Shapes.polygon(24, h * 0.1, -10, h * 0.1 + 5, -4, h * 0.1 + 22));
        figure.disc(DETAIL, 60, -h * 0.2, dice.between(6, 9));
        figure.disc(SECOND, 61, -h * 0.2, 3.5);
        figure.stroke(DETAIL, 2.5, Shapes.curve(84, h * 0.14, 74, h * 0.22, 68, h * 0.2));
    }

    private static void skin(Figure figure, Dice dice, double h) {
        int style = dice.count(0, 2);
        int marks = dice.count(3, 5);
        for (int i = 0; i < marks; i++) {
            double x = 22 - i * 62.0 / marks;
            double reach = h * (0.75 - 0.09 * i * 5 / marks);
            if (style == 1) {
                figure.stroke(DETAIL, dice.between(3, 7), Shapes.curve(x, -reach, x - 5, 0, x, reach));
            } else if (style == 2) {
                for (double y = -reach * 0.6; y <= reach * 0.65; y += reach * 0.6) {
                    figure.stroke(DETAIL, 2, Shapes.curve(x + 5, y - 6, x, y, x + 5, y + 6));
                }
            }
        }
    }

    static void snail(Figure figure, Dice dice) {
        double radius = dice.between(43, 54);
        double x = dice.between(-16, -4);
        double y = 40 - radius * 0.9;
        double lift = dice.between(-22, 4);
        Tone body = dice.pick(MAIN, SECOND);
        double left = dice.between(62, 72);
        double right = dice.between(88, 100);
        double eyes = lift - dice.between(38, 52);
        double thick = dice.between(4, 6);
        figure.line(body, thick, 74, lift - 8, left, eyes);
        figure.line(body, thick, 84, lift - 8, right, eyes + 4);
        figure.disc(body, left, eyes, thick * 1.1);
        figure.disc(body, right, eyes + 4, thick * 1.1);
        figure.fill(
                body,
                Shapes.smooth(
                        -100, 52, -60, 34, 0, 26, 46, 22, 60, lift + 6, 72, lift - 14, 90, lift - 10, 94, lift + 8, 84,
                        34, 72, 52, 0, 54));
        figure.disc(MAIN, x, y, radius);
        figure.stroke(DETAIL, dice.between(4, 7), spiral(x, y, radius, dice.between(2.2, 3.4), dice.between(0, 1.5)));
        figure.stroke(DETAIL, 2.5, Shapes.curve(92, lift + 8, 86, lift + 12, 80, lift + 10));
    }

    private static Path2D.Double spiral(double x, double y, double radius, double turns, double start) {
        int points = (int) (turns * 9);
        double[] xy = new double[2 * points];
        for (int i = 0; i < points; i++) {
            double angle = start + 2 * StrictMath.PI * turns * i / (points - 1);
            double reach = radius * 0.94 * (1 - 0.97 * i / (points - 1));
            xy[2 * i] = x + reach * StrictMath.cos(angle);
            xy[2 * i + 1] = y + reach * StrictMath.sin(angle);
        }
        return Shapes.curve(xy);
    }
}
