package alexnet.data;

import alexnet.config.UsageException;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads every byte of a prepared folder and compares it with the manifest's digests and counts. A shard that differs is
 * searched for the pictures that do.
 */
public final class Verification {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Manifest manifest;
    private final ShardFormat format;
    private final Progress bar;

    private Verification(Path folder, Manifest manifest, Progress bar) {
        this.folder = folder;
        this.manifest = manifest;
        this.format = new ShardFormat(manifest.store(), manifest.size());
        this.bar = bar;
    }

    /**
     * @param folder what {@link Preparation} made
     * @param workers threads
     * @param progress shows pictures per second
     * @return what is wrong, a sentence each; none if all is as it was made
     * @throws UsageException if there is no prepared folder
     * @throws RunException if the disk cannot be read
     */
    public static List<String> check(Path folder, int workers, Progress.Factory progress) {
        Manifest manifest = PreparedFolder.manifest(folder);
        List<Manifest.Split> splits = List.copyOf(manifest.splits().values());
        long total = splits.stream().mapToLong(Manifest.Split::images).sum();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try (Progress bar = progress.start("verify", total, "img")) {
            Verification verification = new Verification(folder, manifest, bar);
            List<String> problems = new ArrayList<>(verification.smallFiles());
            List<Future<List<String>>> found = new ArrayList<>();
            splits.forEach(split ->
                    split.shards().forEach(shard -> found.add(threads.submit(() -> verification.shard(shard)))));
            for (Future<List<String>> part : found) {
                problems.addAll(part.get());
            }
            for (var split : manifest.splits().entrySet()) {
                problems.addAll(verification.counts(split.getKey(), split.getValue()));
            }
            return problems;
        } catch (IOException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw cause instanceof RuntimeException known
                    ? known
                    : new RunException("Verifying " + folder + " failed: " + cause + ". Check the disk.", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("The verification was interrupted. Start it again.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> smallFiles() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> file : manifest.sha256().entrySet()) {
            digest(file.getKey(), file.getValue(), problems);
        }
        return problems;
    }

    private boolean digest(String name, String expected, List<String> problems) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            problems.add("The file " + name + " is missing.");
            return false;
        }
        MessageDigest digest = Manifest.newSha256();
        byte[] part = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                digest.update(part, 0, read);
            }
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(expected)) {
            problems.add("The file " + name + " has the SHA-256 " + found + ", expected " + expected + ".");
            return false;
        }
        return true;
    }

    private List<String> shard(Manifest.Shard shard) throws IOException {
        List<String> problems = new ArrayList<>();
        boolean index = digest(Names.index(shard.file()), shard.indexSha256(), problems);
        boolean whole = digest(shard.file(), shard.sha256(), problems);
        if (!whole && index && Files.isRegularFile(folder.resolve(shard.file()))) {
            problems.addAll(pictures(shard));
        }
        bar.advance(shard.images());
        return problems;
    }

    /** Which pictures of a shard are not as they were written: pixels, header, padding and label. */
    private List<String> pictures(Manifest.Shard shard) throws IOException {
        SplitIndex index =
                SplitIndex.read(folder, List.of(shard), manifest.classes().size(), format);
        List<String> problems = new ArrayList<>();
        try (InputStream in = Files.newInputStream(folder.resolve(shard.file()))) {
            for (int i = 0; i < index.size(); i++) {
                byte[] found = in.readNBytes(format.span(index.length(i)));
                String wrong = difference(index, i, found);
                if (wrong != null) {
                    problems.add(
                            "  The picture " + index.key(i) + " in " + shard.file() + " is damaged: " + wrong + ".");
                }
            }
            byte[] end = in.readAllBytes();
            if (!Arrays.equals(end, ShardFormat.end())) {
                problems.add("  The end of " + shard.file() + " is not that of a whole tar.");
            }
        }
        return problems;
    }

    private String difference(SplitIndex index, int i, byte[] found) {
        int at = format.pictureOffset();
        if (found.length < format.span(index.length(i))) {
            return "the file ends before it does";
        }
        byte[] picture = Arrays.copyOfRange(found, at, at + index.length(i));
        if (ShardFormat.checksum(picture) != index.checksum(i)) {
            return "its pixels' checksum differs from the index";
        }
        byte[] expected = format.encode(ShardFormat.number(found), index.key(i), index.label(i), picture);
        return Arrays.equals(expected, found) ? null : "its tar header or its label differs";
    }

    private List<String> counts(String name, Manifest.Split split) {
        List<String> problems = new ArrayList<>();
        long inShards =
                split.shards().stream().mapToLong(Manifest.Shard::images).sum();
        if (inShards != split.images()) {
            problems.add("The manifest counts " + split.images() + " pictures in " + name + ", its shards " + inShards
                    + ".");
        }
        try {
            SplitIndex index =
                    SplitIndex.read(folder, split.shards(), manifest.classes().size(), format);
            long[] perClass = new long[manifest.classes().size()];
            for (int i = 0; i < index.size(); i++) {
                if (index.label(i) >= 0) {
                    perClass[index.label(i)]++;
                }
            }
            for (int label = 0; label < perClass.length; label++) {
                if (perClass[label] != split.perClass().get(label)) {
                    problems.add("The class " + manifest.classes().get(label) + " has " + perClass[label]
                            + " pictures in " + name + ", the manifest says "
                            + split.perClass().get(label) + ".");
                }
            }
        } catch (IOException e) {
            problems.add("The index of " + name + " cannot be used: " + e.getMessage() + ".");
        }
        return problems;
    }
}
