package alexnet.dashboard;

import alexnet.config.UsageException;
import alexnet.run.RunException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;

/** The dashboard while it is open: the server, and a thread that follows the folders of the runs shown. */
public final class DashboardServer implements AutoCloseable {
    private static final int PORTS_TRIED = 50;
    private static final int POLL_MILLIS = 250;
    private static final int LONGEST_SECONDS = 20;

    private final Vertx vertx;
    private final GuardedServer server;
    private final Access access;
    private final RunStorage runs;
    private final StatsStorage stock = new InMemoryStatsStorage();
    private final List<RunFollower> followers = new ArrayList<>();
    private final ScheduledExecutorService polling = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dashboard");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Where it listens.
     *
     * @param host an address of this machine; one that is not loopback demands a token
     * @param port the first to try; 0: any
     */
    public record Settings(String host, int port) {}

    private DashboardServer(Vertx vertx, GuardedServer server, Access access, RunStorage runs) {
        this.vertx = vertx;
        this.server = server;
        this.access = access;
        this.runs = runs;
    }

    /**
     * @param settings where to listen
     * @param shown folders of runs, the first of which is shown first
     * @param others folders of runs that are read when somebody wants to compare with them
     * @return the open server of a training, with the library's own pages
     * @throws UsageException if the host is no address of this machine
     * @throws RunException if no port is free or the server does not start
     */
    static DashboardServer open(Settings settings, List<Path> shown, List<Path> others) {
        return open(settings, shown, others, true);
    }

    private static DashboardServer open(Settings settings, List<Path> shown, List<Path> others, boolean training) {
        InetAddress address = address(settings.host());
        String token = address.isLoopbackAddress() ? "" : Access.newToken();
        RunStorage runs = new RunStorage(training);
        int last = settings.port() == 0 ? 0 : Math.min(65535, settings.port() + PORTS_TRIED - 1);
        for (int port = settings.port(); port <= last; port++) {
            int free = freePort(address, port);
            if (free > 0) {
                DashboardServer opened = launch(new Access(settings.host(), free, token), runs);
                opened.follow(shown, others);
                return opened;
            }
        }
        throw new RunException("Ports " + settings.port() + " to " + last + " of " + settings.host()
                + " are taken, expected a free one. Name another with --ui-port, or go without by --ui-port off.");
    }

    /**
     * @param settings where to listen
     * @param shown folders of runs that were trained before or are trained elsewhere; the first is shown, the others are
     *     laid over it
     * @return the open server
     * @throws UsageException if the host is no address of this machine, or a folder holds no log
     * @throws RunException if no port is free or the server does not start
     */
    public static DashboardServer replay(Settings settings, List<Path> shown) {
        shown.forEach(RunFiles::open);
        return open(settings, shown, List.of(), false);
    }

    /**
     * @param settings where to listen
     * @throws UsageException if the host is no address of this machine
     */
    public static void check(Settings settings) {
        address(settings.host());
    }

    private static InetAddress address(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (UnknownHostException | SocketException e) {
            throw new UsageException(
                    "Host '" + host + "' is unknown (" + e + "), expected an address of this machine. Correct"
                            + " --ui-host.",
                    e);
        }
        throw new UsageException(
                "Host '" + host + "' is another machine's, expected an address of this one. Correct --ui-host.");
    }

    /** Returns 0 if it is taken, or this user may not have it. */
    private static int freePort(InetAddress address, int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, address)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    private static DashboardServer launch(Access access, RunStorage runs) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1)) // a busy machine is no fault
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        GuardedServer server = new GuardedServer(access, runs.isTraining());
        CompletableFuture<String> started = new CompletableFuture<>();
        vertx.deployVerticle(server, result -> {
            if (result.succeeded()) {
                started.complete(result.result());
            } else {
                started.completeExceptionally(result.cause());
            }
        });
        DashboardServer dashboard = new DashboardServer(vertx, server, access, runs);
        try {
            started.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            return dashboard;
        } catch (InterruptedException e) {
            dashboard.close();
            Thread.currentThread().interrupt();
            throw new RunException("The dashboard's start was interrupted.", e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            dashboard.close();
            throw new RunException(
                    "The dashboard does not start on " + access.host() + ":" + access.port() + " (" + e
                            + "), expected a server. Name another port with --ui-port, or go without by --ui-port off.",
                    e);
        }
    }

    private void follow(List<Path> shown, List<Path> others) {
        Set<String> ids = new HashSet<>();
        for (Path path : shown) {
            RunFiles files = RunFiles.of(path);
            String id = unique(files.name(), ids);
            runs.show(id);
            add(files, id);
        }
        for (Path path : others) {
            RunFiles files = RunFiles.of(path);
            String id = unique(files.name(), ids);
            runs.add(id);
            add(files, id);
        }
        server.attach(stock);
        server.attach(runs); // with what was read already: the first look at the page finds it
        polling.scheduleWithFixedDelay(
                () -> followers.forEach(RunFollower::poll), POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void add(RunFiles files, String id) {
        RunFollower follower = new RunFollower(files, id, runs);
        follower.poll();
        followers.add(follower);
    }

    private static String unique(String name, Set<String> ids) {
        String id = name;
        for (int i = 2; !ids.add(id); i++) {
            id = name + " (" + i + ")";
        }
        return id;
    }

    /** @return what to open in a browser, with the token if one is needed */
    public String address() {
        return access.address();
    }

    /** @return where it listens */
    public int port() {
        return access.port();
    }

    /** @return gets the records of the library's own pages */
    StatsStorage stock() {
        return stock;
    }

    /** @return gets the records of the page of error rates */
    RunStorage runs() {
        return runs;
    }

    /** Ends server and threads; the JVM can end then. */
    @Override
    public void close() {
        polling.shutdownNow();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        vertx.close(result -> closed.complete(null));
        try {
            closed.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new RunException("The dashboard does not close (" + e + "), expected its threads to end.", e);
        }
    }
}
