package alexnet.cli;

import alexnet.config.Recipe;
import alexnet.config.UsageException;
import alexnet.dashboard.DashboardServer;
import alexnet.dashboard.TrainingDashboard;
import alexnet.data.PreparedData;
import alexnet.run.RunFolder;
import alexnet.training.TrainingRun;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a training that are about its page in the browser. */
final class DashboardOptions {
    private static final String OFF = "off";
    private static final String EVERY = "every=";

    @Option(
            names = "--ui-port",
            defaultValue = "9000",
            description = "port of the dashboard, the next free one if it is taken; 0: any; off: no dashboard")
    private String port;

    @Option(
            names = "--ui-host",
            defaultValue = "127.0.0.1",
            description = "address of the dashboard; any but loopback is open to the network and demands the token that"
                    + " is printed with it")
    private String host;

    @Option(names = "--ui-keep", description = "after the training, keeps the dashboard open until Enter")
    private boolean keep;

    @Option(
            names = "--ui-histograms",
            paramLabel = "every=N",
            description =
                    "histograms of all parameters every N steps, on the page Model (default: none, they cost time)")
    private String histograms;

    /** Throws {@link UsageException} if one of them is out of range. */
    void check() {
        where().ifPresent(DashboardServer::check);
        histogramsEvery();
    }

    private Optional<DashboardServer.Settings> where() {
        return port.equals(OFF)
                ? Optional.empty()
                : Optional.of(
                        new DashboardServer.Settings(host, number("--ui-port", port, port, "0 to 65535, or off")));
    }

    private int histogramsEvery() {
        if (histograms == null) {
            return 0;
        }
        String expected = "every=N with N of 1 or more";
        if (!histograms.startsWith(EVERY) || histograms.equals(EVERY + "0")) {
            throw new UsageException(
                    "Option --ui-histograms is '" + histograms + "', expected " + expected + ". Correct it.");
        }
        return number("--ui-histograms", histograms, histograms.substring(EVERY.length()), expected);
    }

    static int number(String option, String value, String digits, String expected) {
        if (!digits.matches("\\d{1,9}") || option.endsWith("port") && Integer.parseInt(digits) > 65535) {
            throw new UsageException(
                    "Option " + option + " is '" + value + "', expected " + expected + ". Correct it.");
        }
        return Integer.parseInt(digits);
    }

    /** Opens the dashboard and says where. */
    TrainingDashboard open(TrainingRun training, Recipe recipe, PreparedData data, RunFolder folder) {
        TrainingDashboard dashboard = TrainingDashboard.open(
                new TrainingDashboard.Subject(folder, recipe, data, training.graph(), training.start()),
                where(),
                histogramsEvery());
        if (!dashboard.note().isEmpty()) {
            System.out.println(dashboard.note());
        }
        return dashboard;
    }

    /** Waits for the user, if that was wanted. */
    void hold(TrainingDashboard dashboard, Interruption interruption) {
        if (keep && dashboard.isOpen()) {
            System.out.println("The dashboard stays open. Enter closes it.");
            Keyboard.awaitEnter(interruption::asked);
        }
    }
}
