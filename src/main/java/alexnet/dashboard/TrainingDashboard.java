package alexnet.dashboard;

import alexnet.config.Recipe;
import alexnet.config.UsageException;
import alexnet.data.PreparedData;
import alexnet.run.RunException;
import alexnet.run.RunFolder;
import alexnet.training.RunListener;
import alexnet.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard of a training: the open page, if one is wanted, and the report and pictures of each epoch in any case. A
 * fault in it never ends the training: it is logged, and that part stays away.
 */
public final class TrainingDashboard implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingDashboard.class);

    private final DashboardServer server;
    private final EpochReport report;
    private final List<RunListener> parts = new ArrayList<>();
    private final String note;

    /**
     * What is trained.
     *
     * @param folder of the run
     * @param recipe of the run
     * @param data whose validation pictures are shown
     * @param graph in training
     * @param start where this sitting begins
     */
    public record Subject(
            RunFolder folder, Recipe recipe, PreparedData data, ComputationGraph graph, TrainingState start) {}

    private TrainingDashboard(Subject subject, DashboardServer server, int histogramsEvery, String note) {
        this.server = server;
        this.note = note;
        RunFiles files = new RunFiles(subject.folder());
        this.report = new EpochReport(files, new EpochPictures(subject.recipe(), subject.data(), subject.graph()));
        parts.add(report);
        if (server != null) {
            String id = files.name();
            parts.add(
                    new LiveStatus(id, subject.recipe().training(), subject.start(), server.runs(), System::nanoTime));
            parts.add(new StockStatistics(id, subject.graph(), server.stock(), histogramsEvery, System::nanoTime));
        }
    }

    /**
     * @param subject what is trained
     * @param where to listen; nothing: only the report is written
     * @param histogramsEvery steps between histograms of all parameters; 0: none
     * @return the dashboard, open; without a page if no port is free, which {@link #note} then says
     * @throws UsageException if the host is no address of this machine
     */
    public static TrainingDashboard open(
            Subject subject, Optional<DashboardServer.Settings> where, int histogramsEvery) {
        if (where.isEmpty()) {
            return new TrainingDashboard(subject, null, 0, "");
        }
        DashboardServer.Settings settings = where.get();
        try {
            Path own = subject.folder().path();
            DashboardServer server = DashboardServer.open(settings, List.of(own), others(own));
            String taken = settings.port() == 0 || server.port() == settings.port()
                    ? ""
                    : " (port " + settings.port() + " is taken)";
            return new TrainingDashboard(subject, server, histogramsEvery, "Dashboard " + server.address() + taken);
        } catch (UsageException e) {
            throw e;
        } catch (RunException e) {
            return new TrainingDashboard(subject, null, 0, "No dashboard: " + e.getMessage());
        }
    }

    /** Other runs beside it, newest first, to compare with. */
    private static List<Path> others(Path own) {
        Path runs = own.toAbsolutePath().normalize().getParent();
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(folder -> !folder.equals(own.toAbsolutePath().normalize()))
                    .filter(folder ->
                            Files.isRegularFile(RunFiles.of(folder).folder().metrics()))
                    .sorted(Comparator.comparing(TrainingDashboard::changed).reversed())
                    .toList();
        } catch (IOException e) {
            LOG.warn("Runs beside {} cannot be listed ({})", own, e.toString());
            return List.of();
        }
    }

    private static long changed(Path folder) {
        return RunFiles.of(folder).folder().metrics().toFile().lastModified();
    }

    /** @return one line for the user: the address, or why there is none; empty if none is wanted */
    public String note() {
        return note;
    }

    /** @return whether a page is open */
    public boolean isOpen() {
        return server != null;
    }

    @Override
    public void step(Step step) {
        tell(part -> part.step(step));
    }

    @Override
    public void epoch(Epoch epoch) {
        tell(part -> part.epoch(epoch));
    }

    @Override
    public void interrupted(TrainingState state) {
        tell(part -> part.interrupted(state));
    }

    private void tell(Consumer<RunListener> event) {
        for (RunListener part : List.copyOf(parts)) {
            try {
                event.accept(part);
            } catch (RuntimeException | LinkageError e) {
                parts.remove(part);
                LOG.warn("The training goes on without {} ({})", part.getClass().getSimpleName(), e.toString(), e);
            }
        }
    }

    /** Waits for the last report, then ends the server. */
    @Override
    public void close() {
        try {
            report.close();
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }
}
