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
 * @param filter how pictures became squares
 * @param source where the pictures came from
 * @param seed what determined the held-out pictures and the spreading over shards
 * @param classes the classes' names; a label is an index into this list
 * @param splits by name
 * @param ignored files of the source that were no pictures, by extension
 * @param sha256 of each other file in the folder but the shards and their indices, by name
 * @param versions of the libraries that made it
 */
@JsonPropertyOrder({
    "format",
    "size",
    "store",
    "filter",
    "source",
    "seed",
    "splits",
    "ignored",
    "sha256",
    "versions",
    "classes"
})
public record Manifest(
        String format,
        int size,
        Store store,
        String filter,
        Source source,
        long seed,
        List<String> classes,
        Map<String, Split> splits,
        Map<String, Long> ignored,
        Map<String, String> sha256,
        Map<String, String> versions) {
    /** Kind and version of the folder; another version is refused. */
    public static final String FORMAT = "alexnet-prepared-2";

    /**
     * Where the pictures came from.
     *
     * @param name what it is, in a line
     * @param archives SHA-256 of each archive that was read, by file name; none for folders
     */
    public record Source(String name, Map<String, String> archives) {}

    /**
     * One split.
     *
     * @param images how many it has
     * @param quarantined how many could not be used
     * @param missing how many the source should have had besides; see {@code missing.tsv}
     * @param contents digest of the source's pictures: SHA-256 of (the digest so far, key, label, SHA-256 of the
     *     picture's bytes), picture by picture in the source's order
     * @param perClass how many of each class, in the order of the classes
     * @param shards in the order of their numbers
     */
    @JsonPropertyOrder({"images", "quarantined", "missing", "contents", "shards", "perClass"})
    public record Split(
            long images, long quarantined, long missing, String contents, List<Long> perClass, List<Shard> shards) {}

    /**
     * One tar file and its index.
     *
     * @param file its name
     * @param images how many it holds
     * @param bytes its length
     * @param sha256 its digest
     * @param indexSha256 its index's digest
     */
    @JsonPropertyOrder({"file", "images", "bytes", "sha256", "indexSha256"})
    public record Shard(String file, long images, long bytes, String sha256, String indexSha256) {}

    /**
     * Identifies the pictures, labels and classes: equal for two folders with the same contents, whoever made them.
     *
     * @return 16 hexadecimal digits
     */
    public String digest() {
        StringBuilder text = new StringBuilder(format + " " + size + " " + store + "\n");
        Map<String, String> files = new TreeMap<>(sha256);
        splits.values()
                .forEach(split -> split.shards().forEach(shard -> {
                    files.put(shard.file(), shard.sha256());
                    files.put(Names.index(shard.file()), shard.indexSha256());
                }));
        files.forEach((file, hash) -> text.append(file).append(' ').append(hash).append('\n'));
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
