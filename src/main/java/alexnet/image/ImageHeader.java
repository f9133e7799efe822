package alexnet.image;

/**
 * The first bytes of a picture: its kind, told by content and not by file name, and the size it claims.
 *
 * @param format the kind
 * @param width pixels across; 0 for GIF and TIFF, whose reader is asked itself
 * @param height pixels down; 0 for GIF and TIFF
 */
record ImageHeader(Format format, int width, int height) {
    /** Kinds of picture that are decoded. */
    enum Format {
        JPEG,
        PNG,
        BMP,
        WEBP,
        GIF,
        TIFF
    }

    /**
     * @param b the whole encoded picture
     * @return its kind and claimed size
     * @throws BadImageException if it is of no known kind, or ends before its size is told
     */
    static ImageHeader read(byte[] b) throws BadImageException {
        try {
            if (starts(b, 0, "\u00ff\u00d8\u00ff")) {
                return jpeg(b);
            }
            if (starts(b, 0, "\u0089PNG\r\n\u001a\n") && starts(b, 12, "IHDR")) {
                return new ImageHeader(Format.PNG, big(b, 16, 4), big(b, 20, 4));
            }
            if (starts(b, 0, "BM")) {
                return bmp(b);
            }
            if (starts(b, 0, "RIFF") && starts(b, 8, "WEBPVP8")) {
                return webp(b);
            }
            if (starts(b, 0, "GIF87a") || starts(b, 0, "GIF89a")) {
                return new ImageHeader(Format.GIF, 0, 0);
            }
            if (starts(b, 0, "II*\0") || starts(b, 0, "MM\0*")) {
                return new ImageHeader(Format.TIFF, 0, 0);
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new BadImageException("the file ends inside its header", e);
        }
        throw new BadImageException("not a picture: neither JPEG, PNG, GIF, BMP, WebP nor TIFF");
    }

    /** Walks the marker segments to the frame header; ITU T.81 B.2.2. */
    private static ImageHeader jpeg(byte[] b) throws BadImageException {
        int at = 2;
        while (true) {
            while ((b[at] & 0xff) != 0xff) {
                at++; // stray bytes between segments, which decoders skip too
            }
            while ((b[at] & 0xff) == 0xff) {
                at++;
            }
            int marker = b[at++] & 0xff;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new ImageHeader(Format.JPEG, big(b, at + 5, 2), big(b, at + 3, 2));
            }
            if (marker == 0xd9 || marker == 0xda) {
                throw new BadImageException("the JPEG has no frame header");
            }
            boolean alone = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
            if (!alone) {
                at += Math.max(2, big(b, at, 2));
            }
        }
    }

    private static ImageHeader bmp(byte[] b) {
        boolean core = little(b, 14, 4) == 12; // the old header with 16-bit sizes
        int width = core ? little(b, 18, 2) : little(b, 18, 4);
        int height = core ? little(b, 20, 2) : little(b, 22, 4);
        return new ImageHeader(Format.BMP, width, height < 0 ? -height : height); // negative: stored top down
    }

    private static ImageHeader webp(byte[] b) {
        switch (b[15]) {
            case 'X':
                return new ImageHeader(Format.WEBP, little(b, 24, 3) + 1, little(b, 27, 3) + 1);
            case 'L':
                int bits = little(b, 21, 4);
                return new ImageHeader(Format.WEBP, (bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
            default:
                return new ImageHeader(Format.WEBP, little(b, 26, 2) & 0x3fff, little(b, 28, 2) & 0x3fff);
        }
    }

    private static boolean starts(byte[] b, int at, String signature) {
        if (b.length < at + signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if ((b[at + i] & 0xff) != signature.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int big(byte[] b, int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | b[at + i] & 0xff;
        }
        return value;
    }

    private static int little(byte[] b, int at, int bytes) {
        int value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | b[at + i] & 0xff;
        }
        return value;
    }
}
