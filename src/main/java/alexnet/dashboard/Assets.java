package alexnet.dashboard;

import io.vertx.core.http.impl.MimeMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The pages' scripts and styles, from the class path. The library's own handler never answers where a file is absent, and
 * copies each into a temporary folder first.
 */
final class Assets {
    private static final String OWN = "deeplearning4jUiAssets/";
    private static final String COMMON_SCRIPT = "js/train/train.js";
    private static final String NAVIGATION = "alexnet/navigation.js";

    private Assets() {}

    /**
     * @param type media type
     * @param bytes contents
     */
    record Asset(String type, byte[] bytes) {}

    /**
     * @param path what follows {@code /assets/}
     * @return the file, if there is one
     */
    static Optional<Asset> find(String path) {
        if (path.contains("..") || path.contains("\\") || path.endsWith("/")) {
            return Optional.empty();
        }
        int jars = path.indexOf("webjars/");
        Optional<byte[]> bytes = read(jars >= 0 ? "META-INF/resources/" + path.substring(jars) : OWN + path);
        if (path.equals(COMMON_SCRIPT)) { // each stock page loads it: the only way into their navigation
            bytes = bytes.map(script -> (new String(script, StandardCharsets.UTF_8) + "\n" + text(NAVIGATION))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bytes.map(found -> new Asset(type(path), found));
    }

    /** One of this package's own files, as text. */
    static String text(String path) {
        return new String(
                read(OWN + path).orElseThrow(() -> new IllegalStateException("The program lacks " + path + ".")),
                StandardCharsets.UTF_8);
    }

    private static String type(String path) {
        String type = MimeMapping.getMimeTypeForFilename(path);
        String known = type == null ? "application/octet-stream" : type;
        return known.startsWith("text/") || known.contains("javascript") ? known + "; charset=utf-8" : known;
    }

    private static Optional<byte[]> read(String resource) {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
