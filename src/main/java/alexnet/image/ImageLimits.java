package alexnet.image;

/**
 * How large a picture may be. Checked against its header before any pixel is decoded, so that a small file which claims
 * a giant picture costs nothing.
 *
 * @param bytes the encoded file's most bytes
 * @param width the most pixels across
 * @param height the most pixels down
 * @param pixels the most pixels in all
 * @param aspect the longer side over the shorter one, at most; a 1×60000 line would grow to gigabytes when resized
 */
public record ImageLimits(long bytes, int width, int height, long pixels, int aspect) {
    /** For collections one chose oneself: 256 MiB, 65,500 on a side (JPEG's own limit), 200 million pixels. */
    public static final ImageLimits COLLECTION = new ImageLimits(256L << 20, 65_500, 65_500, 200_000_000, 100);

    /** For pictures that strangers send: 16 MiB, 16,384 on a side, 40 million pixels. */
    public static final ImageLimits SERVING = new ImageLimits(16L << 20, 16_384, 16_384, 40_000_000, 100);

    /**
     * @param found the size in bytes
     * @throws BadImageException if it is 0 or over the limit
     */
    public void checkBytes(long found) throws BadImageException {
        if (found == 0) {
            throw new BadImageException("the file is empty");
        }
        if (found > bytes) {
            throw new BadImageException("the file has " + found + " bytes, at most " + bytes + " are accepted");
        }
    }

    /**
     * @param foundWidth pixels across, from the header
     * @param foundHeight pixels down, from the header
     * @throws BadImageException if one is not positive or over the limits
     */
    public void checkSize(int foundWidth, int foundHeight) throws BadImageException {
        String size = "the header says " + foundWidth + "x" + foundHeight + " pixels";
        if (foundWidth < 1 || foundHeight < 1) {
            throw new BadImageException(size + ", expected at least 1x1");
        }
        if (foundWidth > width || foundHeight > height || (long) foundWidth * foundHeight > pixels) {
            throw new BadImageException(
                    size + ", at most " + width + "x" + height + " and " + pixels + " in all are accepted");
        }
        if (Math.max(foundWidth, foundHeight) > (long) aspect * Math.min(foundWidth, foundHeight)) {
            throw new BadImageException(size + ", sides of at most " + aspect + " to 1 are accepted");
        }
    }
}
