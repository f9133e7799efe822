package alexnet.data;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder under construction: each file is forced to disk, and its SHA-256 noted, when it is closed. */
final class OutputFolder {
    /** Opens a new file for writing. */
    @FunctionalInterface
    interface Opener {
        /** Forces to disk at close. */
        Opener DISK = file -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            return new FilterOutputStream(Channels.newOutputStream(channel)) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    out.write(bytes, from, length);
                }

                @Override
                public void close() throws IOException {
                    try (channel) {
                        channel.force(true);
                    }
                }
            };
        };

        OutputStream open(Path file) throws IOException;
    }

    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final Opener opener;
    private final Map<String, String> sha256 = new TreeMap<>();

    OutputFolder(Path folder, Opener opener) {
        this.folder = folder;
        this.opener = opener;
    }

    /** The file's hash is in {@link #sha256()} once it is closed. */
    OutputStream create(String name) throws IOException {
        MessageDigest digest = Manifest.newSha256();
        OutputStream file = opener.open(folder.resolve(name));
        return new BufferedOutputStream(
                new DigestOutputStream(file, digest) {
                    @Override
                    public void close() throws IOException {
                        super.close();
                        sha256.put(name, HexFormat.of().formatHex(digest.digest()));
                    }
                },
                BUFFER);
    }

    void write(String name, String text) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    Map<String, String> sha256() {
        return new TreeMap<>(sha256);
    }

    /** Removes a folder and all in it; what cannot be removed stays. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
