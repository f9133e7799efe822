package alexnet.dashboard;

import alexnet.dashboard.RunRecord.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a run's folder as it grows and hands on what is new: the same for a run in this program, in another one, finished
 * or killed. A log that was cut back by a resumption is read from its start again.
 */
final class RunFollower {
    private static final Logger LOG = LoggerFactory.getLogger(RunFollower.class);
    private static final int LARGEST_PIECE = 1 << 24;

    private final RunFiles files;
    private final String id;
    private final RunStorage storage;
    private final Set<Integer> pictures = new HashSet<>();
    private long offset;
    private Object file;
    private Object about;

    /**
     * @param files of the run
     * @param id the run's name among those shown
     * @param storage gets the records; of a run that nobody wants only what it is
     */
    RunFollower(RunFiles files, String id, RunStorage storage) {
        this.files = files;
        this.id = id;
        this.storage = storage;
    }

    /** Hands on what is new; what cannot be read now is tried again the next time. */
    synchronized void poll() {
        try {
            readAbout();
            if (!storage.isWanted(id)) {
                return;
            }
            while (readLines()) {
                LOG.debug("More of {} is to be read", id);
            }
            readPictures();
        } catch (NoSuchFileException e) {
            LOG.debug("Run {} has no log yet", id);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Run {} cannot be read now ({})", id, e.toString());
        }
    }

    /** Anew whenever the recipe was changed by a resumption, or the run has been finished. */
    private void readAbout() throws IOException {
        Path recipe = files.folder().recipeFile();
        Object now = List.of(
                files.isFinished(), Files.exists(recipe) ? Files.getLastModifiedTime(recipe) : FileTime.fromMillis(0));
        if (!now.equals(about)) {
            storage.putStaticInfo(new RunRecord(id, Kind.ABOUT, files.about(id).toString()));
            about = now;
        }
    }

    /** Returns whether there may be more. */
    private boolean readLines() throws IOException {
        Path log = files.folder().metrics();
        BasicFileAttributes found = Files.readAttributes(log, BasicFileAttributes.class);
        if (found.size() < offset || offset > 0 && !Objects.equals(file, found.fileKey())) {
            storage.putUpdate(new RunRecord(id, Kind.RESET, ""));
            offset = 0;
        }
        file = found.fileKey();
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LARGEST_PIECE, found.size() - offset));
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                LOG.trace("Read to {}", bytes.position());
            }
        }
        int whole = bytes.position();
        while (whole > 0 && bytes.get(whole - 1) != '\n') {
            whole--; // a line that is still being written, or was cut off by a kill
        }
        offset += whole;
        List<RunRecord> records = new ArrayList<>();
        new String(bytes.array(), 0, whole, StandardCharsets.UTF_8).lines().forEach(line -> addLine(line, records));
        storage.putUpdate(records);
        return whole > 0 && bytes.capacity() == LARGEST_PIECE;
    }

    private void addLine(String line, List<RunRecord> records) {
        try {
            records.add(new RunRecord(id, Kind.LINE, RunFiles.line(line).toString()));
        } catch (JsonProcessingException e) {
            LOG.warn("Run {} has a line in its log that is not JSON, left out: {}", id, line);
        }
    }

    private void readPictures() throws IOException {
        for (int epoch : files.pictureEpochs()) {
            if (pictures.add(epoch)) {
                storage.putUpdate(new RunRecord(id, Kind.PICTURES, Files.readString(files.pictures(epoch))));
            }
        }
    }
}
