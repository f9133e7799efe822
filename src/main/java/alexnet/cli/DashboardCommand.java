package alexnet.cli;

import alexnet.dashboard.DashboardServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code Dashboard}: the page of a run that was trained before, or is trained elsewhere. */
@Command(
        name = "Dashboard",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        description = "Shows runs in the browser: finished, killed, or still in training in another program.")
public final class DashboardCommand implements Callable<Integer> {
    @Option(
            names = "--run",
            required = true,
            description = "a run's folder, such as runs/demo; several are laid over each other")
    private List<Path> runs;

    @Option(
            names = "--ui-port",
            defaultValue = "9000",
            description = "the port, or the next free one if it is taken; 0: any")
    private String port;

    @Option(
            names = "--ui-host",
            defaultValue = "127.0.0.1",
            description = "the address; any but loopback is open to the network and demands the token that is printed"
                    + " with it")
    private String host;

    @Override
    public Integer call() throws Exception {
        int first = DashboardOptions.number("--ui-port", port, port, "0 to 65535");
        try (DashboardServer server = DashboardServer.replay(new DashboardServer.Settings(host, first), runs)) {
            String taken = first == 0 || server.port() == first ? "" : " (port " + first + " is taken)";
            System.out.println("Dashboard " + server.address() + taken);
            System.out.println("Enter closes it.");
            if (Keyboard.awaitEnter(() -> false)) { // started without a keyboard: until it is killed
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }
}
