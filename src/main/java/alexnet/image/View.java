package alexnet.image;

import java.util.List;
import java.util.stream.Stream;

/**
 * A square window of a square picture, perhaps mirrored.
 *
 * @param x its left edge in pixels
 * @param y its upper edge in pixels
 * @param mirror whether left and right are exchanged after cutting
 */
public record View(int x, int y, boolean mirror) {
    /**
     * @param size side of the picture in pixels
     * @param crop side of the window in pixels
     * @return the window at {@code (size − crop) / 2}, not mirrored
     */
    public static View centre(int size, int crop) {
        check(size, crop);
        return new View((size - crop) / 2, (size - crop) / 2, false);
    }

    /**
     * The ten patches whose predictions are averaged at test time, {@code §4.1}.
     *
     * @param size side of the picture in pixels
     * @param crop side of the window in pixels
     * @return upper left, upper right, lower left, lower right, centre, then the mirror images of these five
     */
    public static List<View> ten(int size, int crop) {
        check(size, crop);
        int far = size - crop;
        List<View> five = List.of(
                new View(0, 0, false),
                new View(far, 0, false),
                new View(0, far, false),
                new View(far, far, false),
                centre(size, crop));
        return Stream.concat(five.stream(), five.stream().map(view -> new View(view.x, view.y, true)))
                .toList();
    }

    private static void check(int size, int crop) {
        if (crop < 1 || crop > size) {
            throw new IllegalArgumentException("Crop of " + crop + " pixels, expected 1 to " + size + ".");
        }
    }
}
