package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard of the commands, without a browser. */
class DashboardTest {
    private static final Pattern ADDRESS = Pattern.compile("Dashboard http://127\\.0\\.0\\.1:(\\d+)/");

    @TempDir
    private static Path folder;

    private static Path data;

    @BeforeAll
    static void prepare() throws IOException {
        data = Small.prepared(folder, 12);
    }

    private static Object[] options(String run, Object... more) throws IOException {
        List<Object> options = new ArrayList<>(List.of("--data", data, "--recipe", Small.recipe(folder)));
        options.addAll(List.of("--runs", folder.resolve("runs"), "--run", run, "--epochs", 1));
        options.addAll(List.of(more));
        return options.toArray();
    }

    @Test
    void aTrainingSaysWhereItsDashboardIsAndClosesItAtItsEnd() throws IOException {
        Typed typed = Typed.train(options("said", "--ui-port", 0)).well();
        Matcher address = ADDRESS.matcher(typed.out());
        assertTrue(address.find(), typed::toString);
        int port = Integer.parseInt(address.group(1));
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getByName("127.0.0.1"), port).close());
        assertEquals("", typed.err());
    }

    @Test
    void withoutADashboardTheReportIsWrittenAllTheSame() throws IOException {
        Typed typed = Typed.train(options("off", "--ui-port", "off")).well();
        assertFalse(typed.out().contains("Dashboard"), typed::toString);
        assertTrue(Files.size(folder.resolve("runs/off/report.html")) > 10_000);
    }

    @Test
    void withoutAFreePortTheTrainingGoesOn() throws IOException {
        try (ServerSocket taken = new ServerSocket(65535, 1, InetAddress.getByName("127.0.0.1"))) {
            Typed typed = Typed.train(options("alone", "--ui-port", taken.getLocalPort()))
                    .well();
            assertTrue(
                    typed.out().contains("No dashboard: Ports 65535 to 65535 of 127.0.0.1 are taken"), typed::toString);
        }
    }

    @Test
    void aDashboardThatIsKeptIsClosedByEnter() throws Exception {
        Child child = Child.start(folder.resolve("kept.log"), "Train", options("kept", "--ui-port", 0, "--ui-keep"));
        child.until(() -> contains(child, "Enter closes it")).enter().ends(0);
    }

    @Test
    void theDashboardOfAFormerRunIsClosedByEnter() throws Exception {
        Path run = Files.createDirectories(folder.resolve("former"));
        Files.writeString(run.resolve("metrics.jsonl"), "");
        Child child = Child.start(folder.resolve("former.log"), "Dashboard", "--run", run, "--ui-port", 0);
        child.until(() -> contains(child, "Enter closes it")).enter().ends(0);
    }

    private static boolean contains(Child child, String part) {
        try {
            return child.text().contains(part);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--ui-port, ninety, '0 to 65535, or off'",
        "--ui-port, 65536, '0 to 65535, or off'",
        "--ui-port, -1, '0 to 65535, or off'",
        "--ui-histograms, 5, every=N",
        "--ui-histograms, every=0, every=N",
        "--ui-histograms, every=x, every=N"
    })
    void anOptionOutOfRangeIsBadUsage(String option, String value, String expected) throws IOException {
        Typed.train(options("refused", option + "=" + value)).failed(2, option, value, expected);
        assertFalse(Files.exists(folder.resolve("runs/refused")));
    }

    @Test
    void anUnknownHostIsBadUsage() throws IOException {
        Typed.train(options("nowhere", "--ui-port", 0, "--ui-host", "no.such.host.invalid"))
                .failed(2, "no.such.host.invalid", "--ui-host");
        assertFalse(Files.exists(folder.resolve("runs/nowhere")));
    }

    @Test
    void aFolderThatIsNoRunsIsBadUsage() {
        Typed.type(new DashboardCommand(), "--run", folder).failed(2, "metrics.jsonl", "runs/");
    }
}
