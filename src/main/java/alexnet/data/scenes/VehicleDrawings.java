package alexnet.data.scenes;

import static alexnet.data.scenes.Figure.Tone.DETAIL;
import static alexnet.data.scenes.Figure.Tone.MAIN;
import static alexnet.data.scenes.Figure.Tone.SECOND;

import alexnet.data.scenes.Figure.Tone;

/** Airplanes and bicycles. */
final class VehicleDrawings {
    private VehicleDrawings() {}

    static void airplane(Figure figure, Dice dice) {
        if (dice.chance(0.6)) {
            airplaneFromTheSide(figure, dice);
        } else {
            airplaneFromAbove(figure, dice);
        }
    }

    private static void airplaneFromTheSide(Figure figure, Dice dice) {
        double h = dice.between(12, 19);
        double sweep = dice.between(15, 45);
        double reach = dice.between(42, 60);
        double fin = dice.between(28, 42);
        Tone wing = dice.pick(MAIN, SECOND);
        figure.fill(
                wing,
                Shapes.polygon(
                        28, -h * 0.5, -12, -h * 0.5, -12 - sweep, -h - reach * 0.6, 3 - sweep, -h - reach * 0.6));
        figure.fill(wing, Shapes.polygon(-94, -h * 0.3, -104, -h - fin, -86, -h - fin, -52, -h * 0.8));
        figure.fill(
                MAIN,
                Shapes.smooth(
                        -97, -h * 0.7, -45, -h, 35, -h, 74, -h * 0.75, 97, h * 0.25, 74, h * 0.8, 30, h, -30, h, -94,
                        -h * 0.1));
        figure.fill(wing, Shapes.polygon(-62, -h * 0.1, -90, -h * 0.1, -112, h * 0.4 + 12, -98, h * 0.4 + 12));
        figure.fill(wing, Shapes.polygon(34, h * 0.3, -18, h * 0.45, -30 - sweep, h + reach, -12 - sweep, h + reach));
        figure.fill(DETAIL, Shapes.polygon(72, -h * 0.55, 84, -h * 0.2, 70, -h * 0.1, 64, -h * 0.5));
        int windows = dice.count(4, 9);
        for (int i = 0; i < windows; i++) {
            figure.disc(DETAIL, 52 - i * 110.0 / windows, -h * 0.35, 2.8);
        }
        if (dice.chance(0.4)) { // driven by a propeller
            figure.line(SECOND, 4, 100, h * 0.25 - 30, 100, h * 0.25 + 30);
            figure.disc(DETAIL, 99, h * 0.25, 5);
        } else {
            double x = 2 - sweep * 0.5;
            figure.fill(SECOND, Shapes.ellipse(x + 12, h + reach * 0.45, dice.between(13, 18), dice.between(6, 9)));
        }
    }

    private static void airplaneFromAbove(Figure figure, Dice dice) {
        double w = dice.between(9, 14);
        double sweep = dice.between(10, 50);
        double reach = dice.between(82, 102);
        double chord = dice.between(22, 32);
        double tip = chord * dice.between(0.3, 0.7);
        Tone wing = dice.pick(MAIN, SECOND);
        boolean engines = dice.chance(0.6);
        for (int side = -1; side <= 1; side += 2) {
            if (engines) {
                double x = side * reach * 0.42;
                figure.fill(SECOND, Shapes.ellipse(x, -20 + sweep * 0.42, 6, 14));
            }
            figure.fill(
                    wing,
                    Shapes.polygon(
                            0, -22, side * reach, -22 + sweep, side * reach, -22 + sweep + tip, 0, -22 + chord * 1.3));
            figure.fill(
                    wing,
                    Shapes.polygon(
                            0, 62, side * reach * 0.4, 76 + sweep * 0.2, side * reach * 0.4, 90 + sweep * 0.2, 0, 86));
            figure.line(DETAIL, 2, side * w, -22 + chord * 0.8, side * reach * 0.9, -18 + sweep * 0.9 + tip * 0.5);
        }
        figure.fill(
                MAIN,
                Shapes.smooth(
                        0, -98, w * 0.8, -80, w, -40, w, 30, w * 0.35, 92, -w * 0.35, 92, -w, 30, -w, -40, -w * 0.8,
                        -80));
        figure.fill(DETAIL, Shapes.smooth(0, -86, w * 0.5, -76, 0, -70, -w * 0.5, -76));
        figure.line(DETAIL, 3, 0, 66, 0, 92);
    }

    static void bicycle(Figure figure, Dice dice) {
        double radius = dice.between(35, 43);
        double rear = -52 - dice.between(0, 6);
        double front = 52 + dice.between(0, 6);
        double y = 30;
        for (double x : new double[] {rear, front}) {
            int spokes = dice.count(4, 8);
            double turn = dice.between(0, 1);
            for (int i = 0; i < spokes; i++) {
                double angle = turn + StrictMath.PI * i / spokes;
                double dx = radius * StrictMath.cos(angle);
                double dy = radius * StrictMath.sin(angle);
                figure.line(SECOND, 1.6, x - dx, y - dy, x + dx, y + dy);
            }
        }
        double tyre = dice.between(5, 9);
        figure.ring(SECOND, tyre, rear, y, radius);
        figure.ring(SECOND, tyre, front, y, radius);
        frame(figure, dice, rear, front, y);
    }

    private static void frame(Figure figure, Dice dice, double rear, double front, double y) {
        double tube = dice.between(5, 8);
        double crank = dice.between(-12, -2);
        double seat = crank - dice.between(10, 16);
        double top = -dice.between(18, 28);
        double head = front - dice.between(12, 18);
        double joint = dice.chance(0.3) ? top * -0.2 : top; // a low frame or a high one
        figure.line(MAIN, tube, rear, y, crank, y, seat, top - 8);
        figure.line(MAIN, tube * 0.8, rear, y, seat + 1, top);
        figure.line(MAIN, tube, seat + (joint - top) * 0.25, joint, head, top - 2);
        figure.line(MAIN, tube, crank, y, head + 2, top + 8);
        figure.line(MAIN, tube, front, y, head, top - 16);
        figure.fill(
                SECOND, Shapes.smooth(seat - 16, top - 15, seat + 14, top - 13, seat + 4, top - 8, seat - 14, top - 7));
        if (dice.chance(0.5)) { // racing bar, else a tourer's
            figure.stroke(
                    SECOND,
                    5,
                    Shapes.curve(head, top - 16, head + 20, top - 17, head + 22, top - 6, head + 12, top - 2));
        } else {
            figure.stroke(SECOND, 5, Shapes.curve(head - 20, top - 20, head - 4, top - 24, head, top - 16));
        }
        figure.ring(SECOND, 4, crank, y, 9);
        double turn = dice.between(0, 6.2);
        double dx = 15 * StrictMath.cos(turn);
        double dy = 15 * StrictMath.sin(turn);
        figure.line(SECOND, 3.5, crank - dx, y - dy, crank + dx, y + dy);
    }
}
