/**
 * Pixel maths shared by training and serving: decoding, the shorter side to {@code S}, crops and the ten views, the
 * mean image, the colour noise's statistics. Images are RGB everywhere.
 *
 * <p>Imports {@code alexnet.config} and {@code alexnet.run} only.
 */
package alexnet.image;
