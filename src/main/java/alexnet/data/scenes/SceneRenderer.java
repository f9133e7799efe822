package alexnet.data.scenes;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Composes one picture: background, small shapes, shadow, object, what lies before it, light. */
final class SceneRenderer {
    private final SceneStyle style;

    SceneRenderer(SceneStyle style) {
        this.style = style;
    }

    /** A finished picture, {@code TYPE_INT_RGB} or {@code TYPE_BYTE_GRAY}, and its JPEG quality in percent. */
    record Scene(BufferedImage image, int quality) {}

    /** Where the object lies: its middle and its longer extent, in pixels. */
    private record Place(double x, double y, double extent, List<Figure.Part> parts) {}

    /**
     * @param kind the object
     * @param hue the hue of everything in the picture, see {@link Palette}; null for any
     * @param dice the picture's chance; the object's form has a part of its own
     * @return the picture
     */
    Scene render(SceneClass kind, Double hue, Dice dice) {
        Figure figure = kind.figure(dice.fork());
        SceneStyle.Frame frame = style.frame();
        int quality = dice.count(frame.qualityMin(), frame.qualityMax());
        boolean grey = dice.chance(frame.greyShare());
        BufferedImage image = canvas(dice);
        Palette palette = new Palette(style.light(), hue, dice.fork());
        Graphics2D graphics = pen(image);
        try {
            new Backdrop(image, graphics, palette, dice.fork()).paint();
            Place place = place(figure, image, dice.fork());
            distract(graphics, image, palette, dice.fork());
            BufferedImage layer = object(image, place, palette, dice.fork());
            new Lighting(style.light(), dice.fork()).merge(image, layer, place.extent);
            cover(graphics, place, palette, dice.fork());
        } finally {
            graphics.dispose();
        }
        Lighting light = new Lighting(style.light(), dice.fork());
        light.expose(image, hue == null);
        return new Scene(grey ? Lighting.grey(image) : image, quality);
    }

    private BufferedImage canvas(Dice dice) {
        SceneStyle.Frame frame = style.frame();
        int shorter = dice.count(frame.shorterMin(), frame.shorterMax());
        double aspect =
                StrictMath.exp(dice.between(StrictMath.log(frame.aspectMin()), StrictMath.log(frame.aspectMax())));
        int longer = (int) Math.round(shorter * Math.max(aspect, 1 / aspect));
        return aspect >= 1
                ? new BufferedImage(longer, shorter, BufferedImage.TYPE_INT_RGB)
                : new BufferedImage(shorter, longer, BufferedImage.TYPE_INT_RGB);
    }

    private static Graphics2D pen(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    private Place place(Figure figure, BufferedImage image, Dice dice) {
        SceneStyle.Pose pose = style.pose();
        List<Figure.Part> posed = new Warp(pose, dice).pose(figure);
        double[] box = Warp.bounds(posed);
        int shorter = Math.min(image.getWidth(), image.getHeight());
        double extent = shorter * dice.between(pose.spanMin(), pose.spanMax());
        double scale = extent / Math.max(box[2] - box[0], box[3] - box[1]);
        double x = middle(image.getWidth(), shorter, (box[2] - box[0]) * scale, dice);
        double y = middle(image.getHeight(), shorter, (box[3] - box[1]) * scale, dice);
        double shiftX = x - scale * (box[0] + box[2]) / 2;
        double shiftY = y - scale * (box[1] + box[3]) / 2;
        List<Figure.Part> placed = new ArrayList<>();
        for (Figure.Part part : posed) {
            placed.add(new Figure.Part(Warp.placed(part.outline(), scale, shiftX, shiftY), part.tone()));
        }
        return new Place(x, y, extent, placed);
    }

    /** @return the middle along one side, such that the object stays in the central square or nearly */
    private double middle(int side, int shorter, double extent, Dice dice) {
        double over = Math.min(style.pose().overhang() * extent, (side - shorter) / 2.0);
        double slack = Math.max(0, (shorter - extent) / 2 + over);
        return side / 2.0 + dice.around(slack);
    }

    private void distract(Graphics2D graphics, BufferedImage image, Palette palette, Dice dice) {
        SceneStyle.Clutter clutter = style.clutter();
        int shapes = dice.count(clutter.shapesMin(), clutter.shapesMax());
        int shorter = Math.min(image.getWidth(), image.getHeight());
        for (int i = 0; i < shapes; i++) {
            double x = dice.between(0, image.getWidth());
            double y = dice.between(0, image.getHeight());
            double size = shorter * dice.between(clutter.sizeMin(), clutter.sizeMax());
            graphics.setPaint(palette.background(48));
            graphics.fill(distractor(x, y, size / 2, dice));
        }
    }

    private static Path2D.Double distractor(double x, double y, double radius, Dice dice) {
        double turn = dice.between(0, 6.28);
        double dx = radius * StrictMath.cos(turn);
        double dy = radius * StrictMath.sin(turn);
        return switch (dice.count(0, 4)) {
            case 0 -> Shapes.ellipse(x, y, radius, radius * dice.between(0.4, 1));
            case 1 -> Shapes.star(x, y, radius, dice.count(3, 5), 1, turn);
            case 2 -> Shapes.star(x, y, radius, dice.count(4, 6), 0.5, turn);
            case 3 -> band(3, Shapes.polyline(x - 2 * dx, y - 2 * dy, x + 2 * dx, y + 2 * dy));
            default -> band(3, Shapes.curve(x - dx, y - dy, x - dy, y + dx, x + dx, y + dy, x + dx + dy, y + dy - dx));
        };
    }

    private static Path2D.Double band(double width, Path2D.Double path) {
        return new Path2D.Double(new BasicStroke((float) width).createStrokedShape(path));
    }

    private BufferedImage object(BufferedImage image, Place place, Palette palette, Dice dice) {
        BufferedImage layer = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = pen(layer);
        Color main = palette.object();
        Color second = palette.object();
        Color detail = palette.detail();
        Paint fill = dice.chance(0.6) ? texture(main, dice) : main;
        Color rim = Palette.shifted(main, dice.pick(-50, 50));
        boolean outlined = dice.chance(0.5);
        graphics.setStroke(new BasicStroke((float) dice.between(0.8, 1.8)));
        for (Figure.Part part : place.parts) {
            graphics.setPaint(
                    switch (part.tone()) {
                        case MAIN -> fill;
                        case SECOND -> second;
                        case DETAIL -> detail;
                    });
            graphics.fill(part.outline());
            if (outlined && part.tone() != Figure.Tone.DETAIL) {
                graphics.setPaint(rim);
                graphics.draw(part.outline());
            }
        }
        graphics.dispose();
        return layer;
    }

    /** @return dots, stripes or speckles of two near tones */
    private static Paint texture(Color base, Dice dice) {
        int size = dice.count(5, 16);
        BufferedImage tile = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = pen(tile);
        graphics.setPaint(base);
        graphics.fillRect(0, 0, size, size);
        graphics.setPaint(Palette.shifted(base, dice.pick(-1, 1) * dice.between(12, 30)));
        switch (dice.count(0, 3)) {
            case 0 -> graphics.fill(Shapes.ellipse(size / 2.0, size / 2.0, size * 0.3, size * 0.3));
            case 1 -> graphics.fillRect(0, 0, size / 2, size);
            case 2 -> graphics.fillRect(0, 0, size, size / 2);
            default -> {
                for (int i = 0; i < size; i++) {
                    graphics.fillRect(dice.count(0, size - 1), dice.count(0, size - 1), 1, 1);
                }
            }
        }
        graphics.dispose();
        return new TexturePaint(tile, new Rectangle2D.Double(0, 0, size, size));
    }

    /** Lays at most one thing before the object: a bar across, or a small shape off its middle. */
    private void cover(Graphics2D graphics, Place place, Palette palette, Dice dice) {
        if (!dice.chance(style.clutter().occlusion())) {
            return;
        }
        double size = place.extent * style.clutter().cover() * dice.between(0.6, 1);
        double turn = dice.between(0, 6.28);
        double x = place.x + place.extent * 0.33 * StrictMath.cos(turn);
        double y = place.y + place.extent * 0.33 * StrictMath.sin(turn);
        graphics.setPaint(palette.background(48));
        if (dice.chance(0.4)) {
            double lean = turn + dice.between(1, 2.2);
            double dx = 2 * place.extent * StrictMath.cos(lean);
            double dy = 2 * place.extent * StrictMath.sin(lean);
            graphics.fill(band(size * 0.25, Shapes.polyline(x - dx, y - dy, x + dx, y + dy)));
        } else {
            graphics.fill(distractor(x, y, size / 2, dice));
        }
    }
}
