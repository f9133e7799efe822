package alexnet.data;

import alexnet.config.UsageException;
import alexnet.image.ColourStatistics;
import alexnet.image.MeanImage;
import alexnet.image.NpyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder that {@link Preparation} made. The small files' hashes are checked when it is opened. */
final class PreparedFolder implements PreparedData {
    private static final int LARGEST_SIDE = 2048;

    private final Path folder;
    private final Manifest manifest;
    private final ColourStatistics colour;
    private final MeanImage mean;
    private final List<Integer> classNumbers;
    private final Map<String, ShardedSplit> splits = new LinkedHashMap<>();

    private PreparedFolder(Path folder, Manifest manifest) throws IOException {
        this.folder = folder;
        this.manifest = manifest;
        for (var file : manifest.sha256().entrySet()) {
            requireHash(file.getKey(), file.getValue());
        }
        for (Manifest.Split split : manifest.splits().values()) {
            for (Manifest.Shard shard : split.shards()) { // whose pictures have checksums of their own
                requireName(shard.file());
                requireHash(Names.index(shard.file()), shard.indexSha256());
            }
        }
        this.colour = Names.reader(ColourStatistics.class)
                .readValue(folder.resolve(Names.COLOUR).toFile());
        this.mean = readMean(folder.resolve(Names.MEAN));
        this.classNumbers = manifest.sha256().containsKey(Names.CLASS_NUMBERS) ? readClassNumbers() : List.of();
        try {
            for (String split : manifest.splits().keySet()) {
                splits.put(split, ShardedSplit.open(folder, split, manifest));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    static PreparedFolder open(Path folder) {
        Manifest manifest = manifest(folder);
        try {
            return new PreparedFolder(folder, manifest);
        } catch (IOException e) {
            throw incomplete(folder, e);
        }
    }

    /** The manifest alone; nothing else is looked at. */
    static Manifest manifest(Path folder) {
        Path file = folder.resolve(Names.MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new UsageException("No prepared data at " + folder + ": it has no " + Names.MANIFEST
                    + ". Prepare the pictures first, or correct the path.");
        }
        return manifest(folder, file);
    }

    private static Manifest manifest(Path folder, Path file) {
        try {
            Object format = Names.reader(Map.class)
                    .<Map<String, Object>>readValue(file.toFile())
                    .get("format");
            if (!Manifest.FORMAT.equals(format)) {
                throw new UsageException("The prepared data at " + folder + " have the format " + format + ", expected "
                        + Manifest.FORMAT + ". Prepare the pictures again with this version.");
            }
            Manifest manifest = Names.reader(Manifest.class).readValue(file.toFile());
            if (manifest.size() < 1
                    || manifest.size() > LARGEST_SIDE
                    || manifest.store() == null
                    || manifest.classes() == null
                    || manifest.splits() == null
                    || manifest.splits().values().stream().anyMatch(split -> split.shards() == null)
                    || manifest.sha256() == null) {
                throw new IOException(Names.MANIFEST + " lacks a field or has a side of " + manifest.size());
            }
            return manifest;
        } catch (IOException e) {
            throw incomplete(folder, e);
        }
    }

    private static UsageException incomplete(Path folder, IOException cause) {
        return new UsageException(
                "The prepared data at " + folder + " are damaged or incomplete: " + cause.getMessage()
                        + ". Prepare the pictures again.",
                cause);
    }

    private static void requireName(String file) throws IOException {
        if (!file.matches("[a-z]+-\\d+\\.tar")) {
            throw new IOException(Names.MANIFEST + " names a shard '" + file + "', expected train-000000.tar or alike");
        }
    }

    private void requireHash(String file, String expected) throws IOException {
        Path path = folder.resolve(file);
        if (!Path.of(file).equals(path.getFileName()) || !Files.isRegularFile(path)) {
            throw new IOException("the file " + file + " is missing");
        }
        String found = HexFormat.of().formatHex(Manifest.newSha256().digest(Files.readAllBytes(path)));
        if (!found.equals(expected)) {
            throw new IOException("the file " + file + " has the SHA-256 " + found + ", expected " + expected);
        }
    }

    private List<Integer> readClassNumbers() throws IOException {
        try {
            List<Integer> numbers = Files.readAllLines(folder.resolve(Names.CLASS_NUMBERS)).stream()
                    .map(Integer::valueOf)
                    .toList();
            if (numbers.size() == manifest.classes().size()) {
                return numbers;
            }
            throw new IOException(Names.CLASS_NUMBERS + " has " + numbers.size() + " lines, expected "
                    + manifest.classes().size());
        } catch (NumberFormatException e) {
            throw new IOException(Names.CLASS_NUMBERS + " has a line that is no number: " + e.getMessage(), e);
        }
    }

    private MeanImage readMean(Path file) throws IOException {
        int size = manifest.size();
        try (InputStream in = Files.newInputStream(file)) {
            NpyFiles.Floats floats = NpyFiles.read(in, 3 * size * size);
            if (!List.of(3, size, size).equals(asList(floats.shape()))) {
                throw new IOException(Names.MEAN + " has the shape " + asList(floats.shape()) + ", expected [3, " + size
                        + ", " + size + "]");
            }
            return new MeanImage(floats.values(), size);
        }
    }

    private static List<Integer> asList(int[] shape) {
        List<Integer> list = new ArrayList<>();
        for (int size : shape) {
            list.add(size);
        }
        return list;
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public List<Integer> classNumbers() {
        return classNumbers;
    }

    @Override
    public ColourStatistics colour() {
        return colour;
    }

    @Override
    public MeanImage mean() {
        return mean;
    }

    @Override
    public ImageSplit split(String name) {
        ImageSplit split = splits.get(name);
        if (split == null) {
            throw new UsageException("The prepared data have no split " + name + ", expected one of " + splits.keySet()
                    + ". Name one of these or prepare the pictures again.");
        }
        return split;
    }

    @Override
    public void close() {
        splits.values().forEach(ShardedSplit::close);
    }
}
