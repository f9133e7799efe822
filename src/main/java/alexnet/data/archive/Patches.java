package alexnet.data.archive;

import alexnet.image.BadImageException;
import alexnet.image.ImageLimits;
import alexnet.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Pictures that were published later in the place of others, {@code patch/SPLIT/NAME}; a few dozen. */
final class Patches {
    private final Map<String, Map<String, byte[]>> bySplit = new HashMap<>();
    private final Map<String, String> digests = new TreeMap<>();

    private Patches() {}

    /** @param archive may be null or absent: no patches */
    static Patches read(Path archive) {
        Patches patches = new Patches();
        if (archive == null || !Files.isRegularFile(archive)) {
            return patches;
        }
        try (TarFiles files = TarFiles.open(archive)) {
            while (files.next()) {
                String[] parts = files.name().split("/");
                if (parts.length >= 2 && parts[parts.length - 1].endsWith(".JPEG")) {
                    patches.bySplit
                            .computeIfAbsent(parts[parts.length - 2], split -> new HashMap<>())
                            .put(parts[parts.length - 1], files.read(ImageLimits.SERVING.bytes()));
                }
            }
            patches.digests.put(archive.getFileName().toString(), files.digest());
        } catch (BadImageException e) {
            throw new RunException(
                    "The archive " + archive + " holds no pictures of the usual size: " + e.getMessage()
                            + ". Get it again from its source, or remove it.",
                    e);
        }
        return patches;
    }

    /** By file name. */
    Map<String, byte[]> of(String split) {
        return bySplit.getOrDefault(split, Map.of());
    }

    boolean isEmpty() {
        return bySplit.isEmpty();
    }

    Map<String, String> digests() {
        return digests;
    }
}
