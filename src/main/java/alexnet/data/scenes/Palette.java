package alexnet.data.scenes;

import java.awt.Color;

/** The colours of one picture. They depend on chance, and on a hue where one is given, never on the object. */
final class Palette {
    /** How far a given hue varies either way, in radians. */
    private static final double HUE_SPREAD = 0.1;

    private final SceneStyle.Light light;
    private final Dice dice;
    private final Double hue;
    private final double background;
    private final double object;

    /** @param hue the angle in the plane of the two chroma axes that all colours share, or null for any */
    Palette(SceneStyle.Light light, Double hue, Dice dice) {
        this.light = light;
        this.dice = dice;
        this.hue = hue;
        double gap = dice.between(light.gapMin(), light.gapMax());
        boolean darker = dice.chance(light.darker());
        double base = dice.between(30, 225 - gap);
        this.background = darker ? base + gap : base;
        this.object = darker ? base : base + gap;
    }

    /** @return a colour near the background's tone */
    Color background(double reach) {
        return colour(background + dice.around(reach));
    }

    /** @return a colour for the object's body or its second colour, away from the background's tone */
    Color object() {
        double away = Math.signum(object - background);
        return colour(object + away * dice.between(-8, 25));
    }

    /** @return a colour for marks on the object: the background's side of the scale */
    Color detail() {
        double towards = Math.signum(background - object);
        return colour(object + towards * dice.between(60, 100));
    }

    /** @return a colour of any tone */
    Color any() {
        return colour(dice.between(30, 225));
    }

    /** @return a colour of this luma, with a hue by chance; less colourful where the gamut ends */
    private Color colour(double wanted) {
        double luma = Math.min(240, Math.max(15, wanted));
        double angle = hue == null ? dice.between(0, 2 * StrictMath.PI) : hue + dice.around(HUE_SPREAD);
        double chroma = light.chroma() * (hue == null ? StrictMath.sqrt(dice.between(0, 1)) : dice.between(0.6, 1));
        double cb = chroma * StrictMath.cos(angle);
        double cr = chroma * StrictMath.sin(angle);
        double[] rgb = {1.402 * cr, -0.344 * cb - 0.714 * cr, 1.772 * cb};
        double fit = 1;
        for (double part : rgb) {
            double room = part > 0 ? 255 - luma : luma;
            fit = Math.min(fit, room / Math.max(1e-9, Math.abs(part)));
        }
        return new Color(channel(luma + fit * rgb[0]), channel(luma + fit * rgb[1]), channel(luma + fit * rgb[2]));
    }

    private static int channel(double value) {
        return (int) Math.min(255, Math.max(0, Math.round(value)));
    }

    /** @return the colour with its channels moved by {@code shift} */
    static Color shifted(Color colour, double shift) {
        return new Color(
                channel(colour.getRed() + shift),
                channel(colour.getGreen() + shift),
                channel(colour.getBlue() + shift));
    }
}
