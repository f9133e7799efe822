package alexnet.image;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Exact sums over a training set, from which its mean image and colour statistics follow. They are integers, so that
 * the result does not depend on the order or on how the images were spread over workers; sums in floats would be
 * useless. One instance per worker, then {@link #add(ColourSums)}.
 */
public final class ColourSums {
    private final int size;
    private final long[] positions; // [size, size, 3]
    private final long[] products = new long[6]; // rr, rg, rb, gg, gb, bb
    private long images;

    /** @param size side of the images in pixels */
    public ColourSums(int size) {
        this.size = size;
        this.positions = new long[3 * size * size];
    }

    /** @param rgb one image, {@code [size, size, 3]} */
    public void add(byte[] rgb) {
        if (rgb.length != positions.length) {
            throw new IllegalArgumentException(rgb.length + " bytes, expected " + positions.length + ".");
        }
        long rr = 0;
        long rg = 0;
        long rb = 0;
        long gg = 0;
        long gb = 0;
        long bb = 0;
        for (int at = 0; at < rgb.length; at += 3) {
            int r = rgb[at] & 0xff;
            int g = rgb[at + 1] & 0xff;
            int b = rgb[at + 2] & 0xff;
            positions[at] += r;
            positions[at + 1] += g;
            positions[at + 2] += b;
            rr += r * r;
            rg += r * g;
            rb += r * b;
            gg += g * g;
            gb += g * b;
            bb += b * b;
        }
        addProducts(new long[] {rr, rg, rb, gg, gb, bb});
        images++;
    }

    /** @param other sums of other images of the same size; not changed */
    public void add(ColourSums other) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] += other.positions[i];
        }
        addProducts(other.products);
        images += other.images;
    }

    /**
     * @param out gets the sums, for {@link #read}
     * @throws IOException if they cannot be written
     */
    public void write(DataOutputStream out) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES * (1 + products.length + positions.length));
        all.putLong(images);
        for (long product : products) {
            all.putLong(product);
        }
        for (long position : positions) {
            all.putLong(position);
        }
        out.write(all.array());
    }

    /**
     * @param in gives what {@link #write} wrote
     * @param size side of the images in pixels
     * @return the sums
     * @throws IOException if they cannot be read
     */
    public static ColourSums read(DataInputStream in, int size) throws IOException {
        ColourSums sums = new ColourSums(size);
        byte[] bytes = new byte[Long.BYTES * (1 + sums.products.length + sums.positions.length)];
        in.readFully(bytes);
        ByteBuffer all = ByteBuffer.wrap(bytes);
        sums.images = all.getLong();
        for (int i = 0; i < sums.products.length; i++) {
            sums.products[i] = all.getLong();
        }
        for (int i = 0; i < sums.positions.length; i++) {
            sums.positions[i] = all.getLong();
        }
        return sums;
    }

    private void addProducts(long[] more) {
        for (int i = 0; i < products.length; i++) {
            products[i] += more[i];
        }
    }

    /** @return how many images were added */
    public long images() {
        return images;
    }

    /** @return the mean of each pixel; needs one image at least */
    public MeanImage mean() {
        int plane = size * size;
        float[] planes = new float[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * plane + i] = (float) ((double) positions[3 * i + channel] / images);
            }
        }
        return new MeanImage(planes, size);
    }

    /** @return mean and covariance of the colours over all pixels of all images; needs one image at least */
    public ColourStatistics statistics() {
        long[] sums = new long[3];
        for (int i = 0; i < positions.length; i++) {
            sums[i % 3] += positions[i];
        }
        BigInteger count = BigInteger.valueOf(images * size * size);
        double n = count.doubleValue();
        double[][] covariance = new double[3][3];
        for (int i = 0, next = 0; i < 3; i++) {
            for (int j = i; j < 3; j++, next++) {
                BigInteger numerator = BigInteger.valueOf(products[next])
                        .multiply(count)
                        .subtract(BigInteger.valueOf(sums[i]).multiply(BigInteger.valueOf(sums[j])));
                covariance[i][j] = numerator.doubleValue() / n / n;
                covariance[j][i] = covariance[i][j];
            }
        }
        return ColourStatistics.of(new double[] {sums[0] / n, sums[1] / n, sums[2] / n}, covariance);
    }
}
