package alexnet.dashboard;

import alexnet.training.RunListener;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the pictures of each epoch, and writes them, the report and the curves while the training goes on. Only the
 * pictures need the graph, and so the training's own thread.
 */
final class EpochReport implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EpochReport.class);
    private static final int LONGEST_SECONDS = 60;

    private final RunFiles files;
    private final EpochPictures pictures;
    private final ExecutorService writing = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "report");
        thread.setDaemon(true);
        return thread;
    });

    EpochReport(RunFiles files, EpochPictures pictures) {
        this.files = files;
        this.pictures = pictures;
    }

    @Override
    public void epoch(Epoch epoch) {
        ObjectNode taken = pictures.take(epoch.epoch(), epoch.state().iteration());
        writing.execute(() -> write(epoch.epoch(), taken));
    }

    private void write(int epoch, ObjectNode taken) {
        try {
            files.writePictures(epoch, taken);
            RunReport.write(files);
        } catch (Exception | LinkageError e) {
            LOG.warn("The report of epoch {} cannot be written ({})", epoch, e.toString());
        }
    }

    @Override
    public void close() {
        writing.shutdown();
        try {
            if (!writing.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "The report in {} is late and may be that of an earlier epoch",
                        files.folder().path());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
