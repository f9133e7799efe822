package alexnet.data.scenes;

import java.awt.BasicStroke;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * An object as a list of outlines, back to front, in its own coordinates: about -100 to 100 both ways, y downwards. It
 * knows no colour, only which tone a part has.
 */
final class Figure {
    /** What a part is painted with. */
    enum Tone {
        /** The object's body. */
        MAIN,
        /** Another colour that stands out from the background as well. */
        SECOND,
        /** A mark on the body, which it stands out from. */
        DETAIL
    }

    /** One outline and its tone. */
    record Part(Path2D.Double outline, Tone tone) {}

    private final List<Part> parts = new ArrayList<>();

    /** @return the parts, the hindmost first */
    List<Part> parts() {
        return List.copyOf(parts);
    }

    void fill(Tone tone, Path2D.Double outline) {
        parts.add(new Part(outline, tone));
    }

    /** Adds the band of the given width along a path, with round ends and joins. */
    void stroke(Tone tone, double width, Path2D.Double path) {
        BasicStroke pen = new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        parts.add(new Part(new Path2D.Double(pen.createStrokedShape(path)), tone));
    }

    void line(Tone tone, double width, double... xy) {
        stroke(tone, width, Shapes.polyline(xy));
    }

    void disc(Tone tone, double x, double y, double radius) {
        fill(tone, Shapes.ellipse(x, y, radius, radius));
    }

    void ring(Tone tone, double width, double x, double y, double radius) {
        stroke(tone, width, Shapes.ellipse(x, y, radius, radius));
    }
}
