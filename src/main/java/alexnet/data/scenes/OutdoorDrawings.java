package alexnet.data.scenes;

import static alexnet.data.scenes.Figure.Tone.DETAIL;
import static alexnet.data.scenes.Figure.Tone.MAIN;
import static alexnet.data.scenes.Figure.Tone.SECOND;

/** Houses and trees. */
final class OutdoorDrawings {
    private OutdoorDrawings() {}

    static void house(Figure figure, Dice dice) {
        double wide = dice.between(50, 72);
        double eaves = dice.between(-25, 0);
        double ridge = eaves - dice.between(40, 65);
        double over = dice.between(6, 15);
        double depth = dice.chance(0.5) ? dice.between(30, 55) : 0;
        double rise = depth * 0.25;
        double chimney = dice.between(0.3, 0.6) * wide * dice.sign();
        double flue = dice.between(7, 11);
        if (dice.chance(0.75)) {
            figure.fill(SECOND, Shapes.box(chimney - flue, ridge - 8, chimney + flue, eaves));
        }
        if (depth > 0) { // seen from the corner: a side wall and its slope of the roof
            figure.fill(
                    MAIN, Shapes.polygon(wide, eaves, wide + depth, eaves - rise, wide + depth, 80 - rise, wide, 80));
            figure.line(DETAIL, 2, wide, eaves, wide, 80);
            double middle = wide + depth / 2;
            figure.fill(DETAIL, Shapes.polygon(middle - 8, 22, middle + 8, 18, middle + 8, 42, middle - 8, 46));
            figure.fill(
                    SECOND,
                    Shapes.polygon(
                            0,
                            ridge,
                            depth,
                            ridge - rise,
                            wide + depth + over,
                            eaves - rise + 6,
                            wide + over,
                            eaves + 6));
        }
        figure.fill(MAIN, Shapes.polygon(-wide, eaves, 0, ridge, wide, eaves, wide, 80, -wide, 80));
        if (depth == 0 && dice.chance(0.7)) {
            figure.fill(SECOND, Shapes.polygon(-wide - over, eaves + 4, 0, ridge - 6, wide + over, eaves + 4));
        } else {
            figure.line(SECOND, dice.between(9, 13), -wide - over, eaves + 8, 0, ridge - 2, wide + over, eaves + 8);
        }
        front(figure, dice, wide, eaves);
    }

    private static void front(Figure figure, Dice dice, double wide, double eaves) {
        double door = wide * dice.pick(-0.5, 0.0, 0.5);
        double doorTop = 80 - dice.between(38, 48);
        figure.fill(DETAIL, Shapes.box(door - 11, doorTop, door + 11, 80));
        figure.disc(SECOND, door + 6, (doorTop + 80) / 2, 2.5);
        double half = dice.between(9, 12);
        for (double x : new double[] {-0.55 * wide, 0, 0.55 * wide}) {
            if (Math.abs(x - door) > 26) {
                window(figure, x, Math.max(eaves + 34, doorTop + half), half);
            }
        }
        if (dice.chance(0.5)) {
            figure.disc(DETAIL, 0, eaves - 12, 8);
        }
    }

    private static void window(Figure figure, double x, double y, double half) {
        figure.fill(DETAIL, Shapes.box(x - half, y - half, x + half, y + half));
        figure.line(MAIN, 2.5, x - half, y, x + half, y);
        figure.line(MAIN, 2.5, x, y - half, x, y + half);
    }

    static void tree(Figure figure, Dice dice) {
        double girth = dice.between(8, 13);
        double foot = girth * dice.between(1.2, 1.7);
        boolean conifer = dice.chance(0.4);
        double fork = conifer ? 20 : -20;
        figure.fill(
                SECOND,
                Shapes.polygon(-girth * 0.8, fork, girth * 0.8, fork, girth, 70, foot, 98, -foot, 98, -girth, 70));
        if (conifer) {
            firCrown(figure, dice);
        } else {
            figure.line(SECOND, girth * 0.7, 0, 30, -30, -10);
            figure.line(SECOND, girth * 0.7, 0, 22, 28, -14);
            leafCrown(figure, dice);
        }
    }

    private static void firCrown(Figure figure, Dice dice) {
        int tiers = dice.count(3, 4);
        double wide = dice.between(48, 68);
        double height = 160.0 / tiers;
        for (int i = 0; i < tiers; i++) {
            double half = wide * (1 - 0.62 * i / (tiers - 1));
            double base = 62 - i * height * 0.85;
            double top = base - height * 1.35;
            double sag = dice.between(0, 8);
            figure.fill(
                    MAIN,
                    Shapes.polygon(
                            -half,
                            base,
                            0,
                            top,
                            half,
                            base,
                            half * 0.5,
                            base - sag,
                            0,
                            base + 2,
                            -half * 0.5,
                            base - sag));
            figure.line(DETAIL, 2, -half * 0.7, base - sag * 0.6, 0, base + 2, half * 0.7, base - sag * 0.6);
        }
    }

    private static void leafCrown(Figure figure, Dice dice) {
        int lobes = dice.count(6, 9);
        double rx = dice.between(36, 58);
        double ry = dice.between(34, 48);
        double y = -42;
        figure.fill(MAIN, Shapes.ellipse(0, y, rx * 1.05, ry * 1.05));
        for (int i = 0; i < lobes; i++) {
            double angle = 2 * StrictMath.PI * i / lobes + dice.around(0.2);
            double size = dice.between(0.42, 0.6) * Math.min(rx, ry) + 4;
            figure.disc(MAIN, rx * StrictMath.cos(angle), y + ry * StrictMath.sin(angle), size);
        }
        boolean fruit = dice.chance(0.4);
        int marks = dice.count(5, 9);
        for (int i = 0; i < marks; i++) {
            double angle = dice.between(0, 6.28);
            double reach = StrictMath.sqrt(dice.between(0, 1));
            double px = rx * reach * StrictMath.cos(angle);
            double py = y + ry * reach * StrictMath.sin(angle);
            if (fruit) {
                figure.disc(DETAIL, px, py, 5);
            } else {
                figure.stroke(DETAIL, 2.2, Shapes.curve(px - 9, py, px - 4, py + 6, px + 4, py + 6, px + 9, py));
            }
        }
    }
}
