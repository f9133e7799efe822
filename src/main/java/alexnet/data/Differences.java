package alexnet.data;

import alexnet.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The list of what a source should have and has not, {@code missing.tsv}. */
final class Differences {
    private static final int SHOWN = 5;

    private Differences() {}

    /** Notes a split's differences on disk, and in the state that the split is done. */
    static PackingState note(Path folder, PackingState state, Manifest.Split done, ImageSource source)
            throws IOException {
        List<ImageSource.Difference> found = source.differences(state.split());
        long missing = found.stream()
                .mapToLong(d -> Math.abs(d.expected() - d.found()))
                .sum();
        Manifest.Split noted = new Manifest.Split(
                done.images(), done.quarantined(), missing, done.contents(), done.perClass(), done.shards());
        Map<String, String> archives = new HashMap<>(state.archives());
        archives.putAll(source.archives());
        try (GrowingFile list = new GrowingFile(folder.resolve(Names.MISSING), state.missingBytes())) {
            for (ImageSource.Difference difference : found) {
                String line = state.split() + "\t" + difference.what() + "\t" + difference.expected() + "\t"
                        + difference.found() + "\n";
                list.append(line.getBytes(StandardCharsets.UTF_8));
            }
            list.sync();
            return new PackingState(
                    state.begun(),
                    Preparation.with(state.done(), state.split(), noted),
                    archives,
                    state.split(),
                    state.entries(),
                    state.quarantined(),
                    state.perClass(),
                    state.contents(),
                    state.quarantineBytes(),
                    list.length(),
                    state.shards());
        }
    }

    /** @throws RunException if anything differs; its message has the first few */
    static void requireNone(Path folder, PackingState end, String source) throws IOException {
        long missing =
                end.done().values().stream().mapToLong(Manifest.Split::missing).sum();
        if (missing == 0) {
            return;
        }
        Path list = folder.resolve(Names.MISSING);
        StringBuilder first = new StringBuilder();
        long lines;
        try (Stream<String> all = Files.lines(list)) {
            List<String> shown = all.limit(SHOWN).toList();
            shown.forEach(line -> first.append(sentence(line.split("\t"))));
        }
        try (Stream<String> all = Files.lines(list)) {
            lines = all.count();
        }
        throw new RunException("The pictures of " + source + " are not complete, " + missing + " in all:" + first
                + (lines > SHOWN ? " and " + (lines - SHOWN) + " more." : "") + " The whole list is " + list
                + ". Get the archives again and remove that folder, or start the same command with --allow-partial to"
                + " finish with what there is.");
    }

    private static String sentence(String[] fields) {
        return " " + fields[0] + " " + fields[1] + " has " + fields[3] + ", expected " + fields[2] + ";";
    }
}
