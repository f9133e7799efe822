/**
 * The built-in generated data set: drawn scenes of ten kinds of objects, told apart by form and not by colour, and a
 * control set told apart by colour alone.
 *
 * <p>Pure Java2D and ImageIO, no display, no fonts. A picture is a function of seed, split, class and number only.
 * Imports {@code alexnet.config} and {@code alexnet.run}.
 */
package alexnet.data.scenes;
