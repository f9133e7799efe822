package alexnet.data.scenes;

import static alexnet.data.scenes.Figure.Tone.DETAIL;
import static alexnet.data.scenes.Figure.Tone.MAIN;
import static alexnet.data.scenes.Figure.Tone.SECOND;

import alexnet.data.scenes.Figure.Tone;

/** Chairs and teapots. */
final class HouseholdDrawings {
    private HouseholdDrawings() {}

    static void chair(Figure figure, Dice dice) {
        double wide = dice.between(70, 88);
        double x = -wide / 2 - 12;
        double y = dice.between(8, 20);
        double dx = dice.between(20, 34);
        double dy = -dice.between(14, 22);
        double rail = dice.between(6, 9);
        Tone wood = dice.pick(MAIN, SECOND);
        boolean pedestal = dice.chance(0.2);
        if (pedestal) {
            pedestal(figure, dice, wood, x + (wide + dx) / 2, y + dy / 2);
        } else {
            double leg = dice.between(62, 78);
            double splay = dice.between(0, 10);
            figure.line(wood, rail, x + dx, y + dy, x + dx - splay * 0.5, y + dy + leg);
            figure.line(wood, rail, x + dx + wide, y + dy, x + dx + wide + splay, y + dy + leg);
            figure.line(wood, rail, x + 2, y, x + 2 - splay, y + leg);
            figure.line(wood, rail, x + wide - 2, y, x + wide - 2 + splay * 0.5, y + leg);
            if (dice.chance(0.4)) {
                figure.line(wood, rail * 0.6, x, y + leg * 0.6, x + wide, y + leg * 0.6);
            }
        }
        back(figure, dice, wood, x + dx, y + dy, wide, rail);
        double thick = dice.between(7, 14);
        figure.fill(MAIN, Shapes.polygon(x, y, x + wide, y, x + wide + dx, y + dy, x + dx, y + dy));
        figure.fill(SECOND, Shapes.polygon(x, y, x + wide, y, x + wide, y + thick, x, y + thick));
        figure.fill(
                SECOND,
                Shapes.polygon(x + wide, y, x + wide + dx, y + dy, x + wide + dx, y + dy + thick, x + wide, y + thick));
        figure.line(DETAIL, 2, x, y, x + wide, y, x + wide + dx, y + dy);
    }

    private static void pedestal(Figure figure, Dice dice, Tone wood, double x, double y) {
        double foot = y + dice.between(66, 78);
        figure.line(wood, 9, x, y, x, foot - 10);
        double reach = dice.between(36, 48);
        double[] feet = {-1, -0.55, 0.1, 0.65, 1};
        double[] drop = {0, 11, 14, 9, -2};
        for (int i = 0; i < feet.length; i++) {
            figure.line(wood, 6, x, foot - 10, x + reach * feet[i], foot + drop[i]);
            figure.disc(SECOND, x + reach * feet[i], foot + drop[i] + 5, 5);
        }
    }

    private static void back(Figure figure, Dice dice, Tone wood, double x, double y, double wide, double rail) {
        double high = dice.between(72, 98);
        double lean = dice.between(0, 12);
        double top = y - high;
        double right = x + wide;
        switch (dice.count(0, 3)) {
            case 0 -> { // a board on two posts
                figure.line(wood, rail, x + 3, y, x + 3 + lean, top + 10);
                figure.line(wood, rail, right - 3, y, right - 3 + lean, top + 10);
                double low = y - high * 0.4;
                double shift = lean * 0.6;
                figure.fill(MAIN, Shapes.polygon(x + lean, top, right + lean, top, right + shift, low, x + shift, low));
            }
            case 1 -> { // upholstered
                double crown = (x + right) / 2 + lean;
                figure.fill(
                        MAIN, Shapes.polygon(x, y, right, y, right + lean, top + 8, crown, top - 4, x + lean, top + 8));
                double in = 10 + lean * 0.9;
                figure.line(DETAIL, 2, x + 10, y - 8, x + in, top + 16, right - 20 + in, top + 16, right - 10, y - 8);
            }
            case 2 -> slats(figure, dice, wood, new double[] {x, y, right, top, lean}, rail, true);
            default -> slats(figure, dice, wood, new double[] {x, y, right, top, lean}, rail, false);
        }
    }

    /** @param frame left, bottom, right, top, and how far the top is shifted */
    private static void slats(Figure figure, Dice dice, Tone wood, double[] frame, double rail, boolean upright) {
        double left = frame[0] + 3;
        double bottom = frame[1];
        double right = frame[2] - 3;
        double top = frame[3];
        double lean = frame[4];
        figure.line(wood, rail, left, bottom, left + lean, top, right + lean, top, right, bottom);
        int slats = dice.count(2, 4);
        for (int i = 1; i <= slats; i++) {
            double at = i / (slats + 1.0);
            if (upright) {
                double x = left + (right - left) * at;
                figure.line(MAIN, rail * 0.8, x, bottom, x + lean, top);
            } else {
                double y = bottom + (top - bottom) * at;
                figure.line(MAIN, rail, left + lean * at, y, right + lean * at, y);
            }
        }
    }

    static void teapot(Figure figure, Dice dice) {
        double rx = dice.between(48, 58);
        double ry = dice.between(38, 52);
        double y = 16;
        Tone trim = dice.pick(MAIN, SECOND);
        double[] handle = {-0.78, 0, -0.5, -1, -24, -0.62, -1, -36, -0.08, -1, -22, 0.42, -0.8, 0, 0.55};
        figure.stroke(trim, dice.between(8, 12), Shapes.curve(fitted(handle, rx, ry, y)));
        double lip = -dice.between(0.75, 1.1);
        double[] spout = {
            0.7,
            0,
            -0.17,
            1,
            14,
            -0.13,
            1,
            26,
            lip + 0.27,
            1,
            36,
            lip - 0.09,
            1,
            50,
            lip - 0.05,
            1,
            40,
            lip + 0.45,
            1,
            26,
            0.36,
            0.75,
            0,
            0.6
        };
        figure.fill(trim, Shapes.smooth(fitted(spout, rx, ry, y)));
        figure.fill(trim, Shapes.box(-rx * 0.55, y + ry * 0.8, rx * 0.55, y + ry + 8));
        double shoulder = dice.between(0.6, 0.85);
        double hip = dice.between(0.6, 0.9);
        double[] body = {
            0, 0, -1, shoulder, 0, -0.72, 1, 0, 0, hip, 0, 0.75, 0, 0, 1, -hip, 0, 0.75, -1, 0, 0, -shoulder, 0, -0.72
        };
        figure.fill(MAIN, Shapes.smooth(fitted(body, rx, ry, y)));
        lid(figure, dice, trim, rx, y - ry);
        pattern(figure, dice, rx, ry, y);
    }

    /** @return points given as share of rx, further x, share of ry, around (0, y) */
    private static double[] fitted(double[] points, double rx, double ry, double y) {
        double[] xy = new double[points.length / 3 * 2];
        for (int i = 0; i < xy.length / 2; i++) {
            xy[2 * i] = points[3 * i] * rx + points[3 * i + 1];
            xy[2 * i + 1] = y + points[3 * i + 2] * ry;
        }
        return xy;
    }

    private static void lid(Figure figure, Dice dice, Tone trim, double rx, double top) {
        double half = rx * dice.between(0.5, 0.65);
        double dome = dice.between(12, 20);
        figure.fill(
                trim,
                Shapes.smooth(
                        -half,
                        top + 8,
                        -half * 0.6,
                        top - dome * 0.6,
                        0,
                        top - dome,
                        half * 0.6,
                        top - dome * 0.6,
                        half,
                        top + 8));
        figure.line(DETAIL, 2.5, -half, top + 8, half, top + 8);
        figure.disc(SECOND, 0, top - dome - 6, dice.between(6, 9));
    }

    private static void pattern(Figure figure, Dice dice, double rx, double ry, double y) {
        int style = dice.count(0, 3);
        if (style == 1) {
            figure.stroke(DETAIL, dice.between(4, 9), Shapes.curve(-rx * 0.96, y, 0, y + 9, rx * 0.96, y));
        } else if (style == 2) {
            for (int i = -2; i <= 2; i++) {
                figure.disc(DETAIL, i * rx * 0.34, y + 6 - i * i * 1.5, 5.5);
            }
        } else if (style == 3) {
            figure.fill(DETAIL, Shapes.star(0, y + 2, ry * 0.4, dice.count(5, 7), 0.5, dice.between(0, 1)));
        }
    }
}
