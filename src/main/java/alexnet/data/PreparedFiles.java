package alexnet.data;

import alexnet.image.ColourSums;
import alexnet.image.MeanImage;
import alexnet.image.NpyFiles;
import alexnet.run.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bytedeco.opencv.global.opencv_core;

/** What a prepared folder has beside its shards; the manifest comes last. */
final class PreparedFiles {
    private final Path folder;
    private final ImageSource source;
    private final Preparation.Options options;
    private final Map<String, String> sha256 = new TreeMap<>();

    PreparedFiles(Path folder, ImageSource source, Preparation.Options options) {
        this.folder = folder;
        this.source = source;
        this.options = options;
    }

    /** Versions of what the files' bytes depend on. */
    static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", System.getProperty("java.version"));
        versions.put("opencv", opencv_core.CV_VERSION);
        return versions;
    }

    void write(PackingState end, ColourSums sums) throws IOException {
        write(Names.CLASSES, String.join("\n", source.classes()) + "\n");
        if (!source.classNumbers().isEmpty()) {
            write(
                    Names.CLASS_NUMBERS,
                    source.classNumbers().stream().map(number -> number + "\n").collect(Collectors.joining()));
        }
        write(Names.COLOUR, Names.writer().writeValueAsString(sums.statistics()) + "\n");
        write(Names.MEAN, npy(sums.mean()));
        head(Names.QUARANTINE, "split\tpath\treason\n");
        head(Names.MISSING, "split\twhat\texpected\tfound\n");
        Map<String, Manifest.Split> splits = new LinkedHashMap<>();
        source.splits().forEach(split -> splits.put(split, end.done().get(split)));
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                options.size(),
                options.kept(),
                "shorter side by area when shrinking (a JPEG twice as large or more is decoded smaller first), cubic"
                        + " when growing; central square"
                        + (options.kept() == Store.JPEG ? "; JPEG quality 95" : ""),
                new Manifest.Source(source.description(), new TreeMap<>(end.archives())),
                source.seed(),
                source.classes(),
                splits,
                source.ignored(),
                sha256,
                versions());
        AtomicFiles.write(folder.resolve(Names.MANIFEST), Names.writer().writeValueAsString(manifest) + "\n");
    }

    private void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String name, byte[] bytes) throws IOException {
        AtomicFiles.write(folder.resolve(name), out -> out.write(bytes));
        sha256.put(name, HexFormat.of().formatHex(Manifest.newSha256().digest(bytes)));
    }

    /** Gives a list its first line, unless it has it from before a kill. */
    private void head(String name, String line) throws IOException {
        String rest = Files.readString(folder.resolve(name));
        write(name, rest.startsWith(line) ? rest : line + rest);
    }

    private static byte[] npy(MeanImage mean) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NpyFiles.write(bytes, new int[] {3, mean.size(), mean.size()}, mean.planes());
        return bytes.toByteArray();
    }
}
