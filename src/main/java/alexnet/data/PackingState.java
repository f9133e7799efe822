package alexnet.data;

import alexnet.image.ColourSums;
import alexnet.run.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * From where an unfinished preparation goes on: all before {@code entries} of {@code split} is on disk.
 *
 * @param begun what it was begun with, which must be the same still
 * @param done the splits that are finished
 * @param archives SHA-256 of the archives that were read to their end
 * @param split the one under way
 * @param entries how many of its source's pictures have been dealt with
 * @param quarantined how many of these could not be used
 * @param perClass how many of each class could
 * @param contents digest of the source's pictures so far
 * @param quarantineBytes length of the list of those that could not be used
 * @param missingBytes length of the list of differences
 * @param shards how far each shard of the split is
 */
record PackingState(
        Map<String, String> begun,
        Map<String, Manifest.Split> done,
        Map<String, String> archives,
        String split,
        long entries,
        long quarantined,
        List<Long> perClass,
        String contents,
        long quarantineBytes,
        long missingBytes,
        List<ShardWriter.Extent> shards) {
    static final String FILE = "progress";

    /** The state and the sums over the training pictures so far. */
    record Saved(PackingState state, ColourSums sums) {}

    /** Replaces the state on disk in one step. */
    void save(Path folder, ColourSums sums) throws IOException {
        AtomicFiles.write(folder.resolve(FILE), out -> {
            DataOutputStream data = new DataOutputStream(out);
            byte[] json = Names.writer().writeValueAsBytes(this);
            data.writeInt(json.length);
            data.write(json);
            sums.write(data);
            data.flush();
        });
    }

    static Saved load(Path folder, int size) throws IOException {
        try (DataInputStream data =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(FILE))))) {
            byte[] json = data.readNBytes(data.readInt());
            PackingState state = Names.reader(PackingState.class).readValue(json);
            return new Saved(state, state.begun().get("size").equals("" + size) ? ColourSums.read(data, size) : null);
        }
    }
}
