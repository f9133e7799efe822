package alexnet.data.scenes;

import java.awt.geom.Path2D;

/** Outlines as Bézier paths. Points come as x, y, x, y, ...; y grows downwards. */
final class Shapes {
    /** Distance of the control points of a quarter circle, over its radius. */
    private static final double QUARTER = 0.5522847498;

    private Shapes() {}

    /** @return the closed polygon through the points */
    static Path2D.Double polygon(double... xy) {
        Path2D.Double path = polyline(xy);
        path.closePath();
        return path;
    }

    /** @return the open line through the points */
    static Path2D.Double polyline(double... xy) {
        Path2D.Double path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        return path;
    }

    /** @return the closed smooth (Catmull-Rom) curve through the points */
    static Path2D.Double smooth(double... xy) {
        int points = xy.length / 2;
        Path2D.Double path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 0; i < points; i++) {
            bend(path, xy, (i + points - 1) % points, i, (i + 1) % points, (i + 2) % points);
        }
        path.closePath();
        return path;
    }

    /** @return the open smooth (Catmull-Rom) curve through the points */
    static Path2D.Double curve(double... xy) {
        int points = xy.length / 2;
        Path2D.Double path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 0; i + 1 < points; i++) {
            bend(path, xy, Math.max(0, i - 1), i, i + 1, Math.min(points - 1, i + 2));
        }
        return path;
    }

    private static void bend(Path2D path, double[] xy, int before, int from, int to, int after) {
        path.curveTo(
                xy[2 * from] + (xy[2 * to] - xy[2 * before]) / 6,
                xy[2 * from + 1] + (xy[2 * to + 1] - xy[2 * before + 1]) / 6,
                xy[2 * to] - (xy[2 * after] - xy[2 * from]) / 6,
                xy[2 * to + 1] - (xy[2 * after + 1] - xy[2 * from + 1]) / 6,
                xy[2 * to],
                xy[2 * to + 1]);
    }

    static Path2D.Double ellipse(double x, double y, double rx, double ry) {
        double kx = rx * QUARTER;
        double ky = ry * QUARTER;
        Path2D.Double path = new Path2D.Double();
        path.moveTo(x + rx, y);
        path.curveTo(x + rx, y + ky, x + kx, y + ry, x, y + ry);
        path.curveTo(x - kx, y + ry, x - rx, y + ky, x - rx, y);
        path.curveTo(x - rx, y - ky, x - kx, y - ry, x, y - ry);
        path.curveTo(x + kx, y - ry, x + rx, y - ky, x + rx, y);
        path.closePath();
        return path;
    }

    static Path2D.Double box(double left, double top, double right, double bottom) {
        return polygon(left, top, right, top, right, bottom, left, bottom);
    }

    /** @return corners at equal angles, the odd ones at {@code inner} of the radius: a star, or a polygon at 1 */
    static Path2D.Double star(double x, double y, double radius, int corners, double inner, double turn) {
        double[] xy = new double[4 * corners];
        for (int i = 0; i < 2 * corners; i++) {
            double angle = turn + StrictMath.PI * i / corners;
            double reach = i % 2 == 0 ? radius : radius * inner;
            xy[2 * i] = x + reach * StrictMath.cos(angle);
            xy[2 * i + 1] = y + reach * StrictMath.sin(angle);
        }
        return polygon(xy);
    }
}
