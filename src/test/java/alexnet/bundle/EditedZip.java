package alexnet.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The entries of a zip, to be changed and written again. */
final class EditedZip {
    private final Map<String, byte[]> whole = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Path file;

    EditedZip(Path from, Path to) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                whole.put(entry.getName(), in.readAllBytes());
            }
        }
        file = to;
        reset();
    }

    Path file() {
        return file;
    }

    /** The entries as they were read; changed in place by those who change. */
    EditedZip reset() {
        entries.clear();
        entries.putAll(whole);
        return this;
    }

    Iterable<String> names() {
        return whole.keySet();
    }

    byte[] bytes(String name) {
        return entries.get(name).clone();
    }

    EditedZip put(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    EditedZip put(String name, String text) {
        return put(name, text.getBytes(UTF_8));
    }

    EditedZip remove(String name) {
        entries.remove(name);
        return this;
    }

    /** Replaces the first occurrence, which must be there. */
    EditedZip replace(String name, String from, String to) {
        String text = new String(entries.get(name), ISO_8859_1);
        int at = text.indexOf(from);
        assertTrue(at >= 0, from);
        return put(name, (text.substring(0, at) + to + text.substring(at + from.length())).getBytes(ISO_8859_1));
    }

    /** Writes it with checksums that fit the entries. */
    void write() {
        Map<String, String> checksums = new TreeMap<>();
        entries.forEach((name, bytes) -> {
            if (!name.equals(ModelBundle.CHECKSUMS)) {
                checksums.put(
                        name, HexFormat.of().formatHex(ModelBundle.sha256().digest(bytes)));
            }
        });
        entries.computeIfPresent(
                ModelBundle.CHECKSUMS,
                (name, bytes) ->
                        new JsonMapper().valueToTree(checksums).toString().getBytes(UTF_8));
        writeAsIs();
    }

    void writeAsIs() {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.setLevel(1);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
