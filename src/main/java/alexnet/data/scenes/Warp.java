package alexnet.data.scenes;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;

/** Mirrors, shears, rotates and tilts a figure, then fits it to a place in the picture. */
final class Warp {
    private final double mirror;
    private final double shear;
    private final double cos;
    private final double sin;
    private final double tiltX;
    private final double tiltY;

    Warp(SceneStyle.Pose pose, Dice dice) {
        mirror = dice.sign();
        shear = dice.around(pose.shear());
        double angle = StrictMath.toRadians(dice.around(pose.rotation()));
        cos = StrictMath.cos(angle);
        sin = StrictMath.sin(angle);
        tiltX = dice.around(pose.perspective()) / 100;
        tiltY = dice.around(pose.perspective()) / 100;
    }

    /**
     * @param figure the object in its own coordinates
     * @return its parts in the pose of this warp, still in units of the object
     */
    List<Figure.Part> pose(Figure figure) {
        List<Figure.Part> posed = new ArrayList<>();
        for (Figure.Part part : figure.parts()) {
            posed.add(new Figure.Part(moved(part.outline(), this::tilt), part.tone()));
        }
        return posed;
    }

    /** Moves x, y, x, y, ... in place. */
    private interface Move {
        void apply(double[] xy, int points);
    }

    private void tilt(double[] xy, int points) {
        for (int i = 0; i < 2 * points; i += 2) {
            double x = mirror * xy[i] + shear * xy[i + 1];
            double y = xy[i + 1];
            double depth = 1 + tiltX * x + tiltY * y;
            xy[i] = (cos * x - sin * y) / depth;
            xy[i + 1] = (sin * x + cos * y) / depth;
        }
    }

    /** @return left, top, right and bottom over all parts, control points included */
    static double[] bounds(List<Figure.Part> parts) {
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (Figure.Part part : parts) {
            moved(part.outline(), (xy, points) -> {
                for (int i = 0; i < 2 * points; i += 2) {
                    box[0] = Math.min(box[0], xy[i]);
                    box[1] = Math.min(box[1], xy[i + 1]);
                    box[2] = Math.max(box[2], xy[i]);
                    box[3] = Math.max(box[3], xy[i + 1]);
                }
            });
        }
        return box;
    }

    /** @return the outline scaled, then shifted */
    static Path2D.Double placed(Path2D.Double outline, double scale, double shiftX, double shiftY) {
        return moved(outline, (xy, points) -> {
            for (int i = 0; i < 2 * points; i += 2) {
                xy[i] = xy[i] * scale + shiftX;
                xy[i + 1] = xy[i + 1] * scale + shiftY;
            }
        });
    }

    private static Path2D.Double moved(Path2D.Double outline, Move move) {
        Path2D.Double result = new Path2D.Double(outline.getWindingRule());
        double[] xy = new double[6];
        for (PathIterator at = outline.getPathIterator(null); !at.isDone(); at.next()) {
            int kind = at.currentSegment(xy);
            switch (kind) {
                case PathIterator.SEG_MOVETO -> {
                    move.apply(xy, 1);
                    result.moveTo(xy[0], xy[1]);
                }
                case PathIterator.SEG_LINETO -> {
                    move.apply(xy, 1);
                    result.lineTo(xy[0], xy[1]);
                }
                case PathIterator.SEG_QUADTO -> {
                    move.apply(xy, 2);
                    result.quadTo(xy[0], xy[1], xy[2], xy[3]);
                }
                case PathIterator.SEG_CUBICTO -> {
                    move.apply(xy, 3);
                    result.curveTo(xy[0], xy[1], xy[2], xy[3], xy[4], xy[5]);
                }
                default -> result.closePath();
            }
        }
        return result;
    }
}
