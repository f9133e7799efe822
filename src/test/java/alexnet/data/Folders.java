package alexnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares folders file by file, byte for byte. */
public final class Folders {
    private Folders() {}

    public static void assertSame(Path expected, Path found) throws IOException {
        Map<String, Integer> one = hashes(expected);
        assertEquals(one, hashes(found));
    }

    private static Map<String, Integer> hashes(Path of) throws IOException {
        Map<String, Integer> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(of)) {
            for (Path file : files.toList()) {
                hashes.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return hashes;
    }
}
