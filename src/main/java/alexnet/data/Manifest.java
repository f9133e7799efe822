package alexnet.data;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a prepared folder holds; its {@code manifest.json}.
 *
 * @param format {@link #FORMAT}
 * @param size side of the squares in pixels
 * @param store {@link Store#RAW} or {@link Store#JPEG}
 * @param source where the pictures came from
 * @param seed what determined the held-out pictures
 * @param classes the classes' names; a label is an index into this list
 * @param splits by name
 * @param ignored files of the source that were no pictures, by extension
 * @param sha256 of each other file in the folder, by name
 * @param versions of the libraries that made it
 */
@JsonPropertyOrder({"format", "size", "store", "source", "seed", "splits", "ignored", "sha256", "versions", "classes"})
public record Manifest(
        String format,
        int size,
        Store store,
        String source,
        long seed,
        List<String> classes,
        Map<String, Split> splits,
        Map<String, Long> ignored,
        Map<String, String> sha256,
        Map<String, String> versions) {
    /** Kind and version of the folder; another version is refused. */
    public static final String FORMAT = "alexnet-prepared-1";

    /**
     * One split.
     *
     * @param images how many it has
     * @param quarantined how many could not be used
     * @param perClass how many of each class, in the order of the classes
     */
    public record Split(long images, long quarantined, List<Long> perClass) {}

    /**
     * Identifies the pictures, labels and classes: equal for two folders with the same contents, whoever made them.
     *
     * @return 16 hexadecimal digits
     */
    public String digest() {
        StringBuilder text = new StringBuilder(format + " " + size + " " + store + "\n");
        new TreeMap<>(sha256)
                .forEach((file, hash) ->
                        text.append(file).append(' ').append(hash).append('\n'));
        return HexFormat.of()
                .formatHex(newSha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)))
                .substring(0, 16);
    }

    /** @return a SHA-256, which every Java has */
    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
