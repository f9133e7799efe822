package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.dashboard.DashboardServer;
import alexnet.run.MetricsLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A person watches a training: it lives through the first tests, is killed in the next, and replayed in the last. */
@Tag("browser")
@TestMethodOrder(OrderAnnotation.class)
class DashboardBrowserTest {
    private static final Pattern ADDRESS = Pattern.compile("Dashboard (http://127\\.0\\.0\\.1:(\\d+)/)(.*)");
    private static final String CHART = "errorRates.charts.";

    @TempDir
    private static Path folder;

    private static Path finished;
    private static Path killed;
    private static Child training;
    private static String address;
    private static ServerSocket taken;
    private static Browser browser;
    private static ErrorRatesPage page;

    @BeforeAll
    static void startTraining() throws Exception {
        browser = Browser.start();
        page = new ErrorRatesPage(browser);
        Path data = Small.prepared(folder, 37); // 3 × (31 for training, 6 for validation)
        Path runs = folder.resolve("runs");
        List<Object> options = List.of("--data", data, "--recipe", recipe(), "--runs", runs);
        List<Object> first = new ArrayList<>(options);
        first.addAll(List.of("--run", "finished", "--epochs", 3, "--seed", 1));
        Typed.train(first.toArray()).well();
        finished = runs.resolve("finished");
        killed = runs.resolve("watched");
        taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        List<Object> second = new ArrayList<>(options);
        second.addAll(List.of("--run", "watched", "--epochs", 2000, "--ui-port", taken.getLocalPort()));
        second.addAll(List.of("--ui-histograms", "every=5"));
        training = Child.start(folder.resolve("watched.log"), "Train", second.toArray());
        training.until(() -> said().find());
        Matcher said = said();
        assertTrue(said.find());
        address = said.group(1);
    }

    /** One rate drop, and a published result to compare with. */
    private static Path recipe() throws IOException {
        String plateau = Small.RECIPE
                .lines()
                .filter(line -> line.contains("plateau:"))
                .findFirst()
                .orElseThrow();
        return Files.writeString(
                folder.resolve("watched.yaml"),
                Small.RECIPE
                                .replace(plateau, "  plateau: null")
                                .replace(
                                        "table: null",
                                        "table: [{epoch: 1, rate: 0.01, biasRate: 0.01}, {epoch: 3, rate: 0.001}]")
                        + "reference: {top1: 0.407, top5: 0.182, from: the paper}\n");
    }

    @AfterAll
    static void end() throws Exception {
        if (training != null) {
            training.end();
        }
        if (taken != null) {
            taken.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static Matcher said() {
        try {
            return ADDRESS.matcher(training.text());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @Order(1)
    void aTakenPortIsSaidAndTheNextFreeOneIsUsed() {
        Matcher said = said();
        assertTrue(said.find());
        assertTrue(Integer.parseInt(said.group(2)) > taken.getLocalPort());
        assertEquals(" (port " + taken.getLocalPort() + " is taken)", said.group(3));
    }

    @Test
    @Order(2)
    void theCurvesOfALivingTrainingAreItsLog() throws IOException {
        browser.open(
                address, "window.errorRates && errorRates.main().lines.filter(l => l.event === 'epoch').length >= 2");
        assertEquals("live", browser.text("document.getElementById('state').className.slice(6)"));
        assertEquals("watched", browser.text("document.getElementById('name').textContent"));
        page.checkCurves(killed, false);
        long shown = (Long) browser.run("return errorRates.main().lines.length");
        browser.until("errorRates.main().lines.length > " + (shown + 5));
        browser.until("document.querySelectorAll('nav a:not([hidden])').length === 4");
    }

    @Test
    @Order(3)
    void kernelsAndGuessesOfTheLastEpochAreShown() {
        browser.until("document.querySelectorAll('#kernels img').length === 2");
        assertEquals(
                "[\"Tower a\",\"Tower b\"]",
                browser.text("JSON.stringify([...document.querySelectorAll('#kernels figcaption')]"
                        + ".map(c => c.textContent.split(':')[0]))"));
        assertEquals("8", browser.text("document.querySelectorAll('#examples li').length"));
        assertEquals("24", browser.text("document.querySelectorAll('#examples .guess').length")); // of three classes
        browser.until("[...document.images].every(i => i.complete && i.naturalWidth > 0)");
        String epoch = browser.text("document.getElementById('pictures-epoch').textContent");
        browser.until("document.getElementById('pictures-epoch').textContent !== '" + epoch + "'");
    }

    @Test
    @Order(4)
    void stockPagesWorkAndLinkToTheErrorRatesFirst() throws IOException {
        browser.open(address + "train/overview", "$('#startTime').text().match(/^\\d{4}-\\d\\d-\\d\\d /)");
        browser.until("$('#scoreiterchart canvas').length && Number($('#totalParamUpdates').text()) > 0");
        browser.until("document.querySelector('.sidebar-nav li a').textContent === 'Error rates'");
        browser.look(ErrorRatesPage.WIDE, "light").screenshot("stock-overview");
        browser.open(
                address + "train/model", "document.querySelector('.sidebar-nav li a').textContent === 'Error rates'");
        browser.until("document.querySelectorAll('canvas').length >= 3");
        browser.screenshot("stock-model");
        browser.open(
                address + "train/system", "document.querySelector('.sidebar-nav li a').textContent === 'Error rates'");
        browser.until("document.querySelectorAll('canvas').length >= 1");
        browser.screenshot("stock-system");
        browser.run("document.querySelector('.sidebar-nav li a').click()");
        browser.until("window.errorRates");
    }

    @Test
    @Order(5)
    void anotherRunIsLaidOver() throws IOException {
        browser.open(address + "errors", "document.querySelector('#with option[value=finished]')");
        browser.run("const s = document.getElementById('with'); s.value = 'finished';"
                + " s.dispatchEvent(new Event('change'));");
        browser.until(
                CHART + "error.shown.series.some(s => s.key === 'top1-validation-other' && s.points.length === 3)");
        List<JsonNode> epochs = MetricsLog.read(finished.resolve("metrics.jsonl")).stream()
                .filter(line -> line.get("event").asText().equals("epoch"))
                .toList();
        List<?> points = (List<?>) browser.run("return " + CHART
                + "error.shown.series.find(s => s.key === 'top1-validation-other').points.map(p => p[1])");
        for (int i = 0; i < epochs.size(); i++) {
            assertEquals(
                    epochs.get(i).get("validationTop1Error").asDouble(), ((Number) points.get(i)).doubleValue(), 1e-12);
        }
        browser.run("location.reload()"); // the choice is in the address
        browser.until("document.getElementById('with').value === 'finished'");
    }

    @Test
    @Order(6)
    void theChartIsReadWithTheKeyboardAlone() {
        browser.until("document.querySelector('#chart-error path.line')");
        browser.run("document.querySelector('#chart-error svg[tabindex]').focus()");
        browser.press("End");
        browser.until("!document.querySelector('#chart-error .tip').hidden");
        String last = browser.text("document.querySelector('#chart-error .tip strong').textContent");
        browser.press("ArrowLeft");
        browser.until("document.querySelector('#chart-error .tip strong').textContent !== '" + last + "'");
        browser.press("Escape");
        browser.until("document.querySelector('#chart-error .tip').hidden");
        browser.run("document.getElementById('axis-iteration').focus()");
        browser.press("Enter");
        browser.run("document.activeElement.click()");
        browser.until("document.getElementById('axis-iteration').getAttribute('aria-pressed') === 'true'");
        browser.until(CHART + "error.shown.xTitle === 'iterations'");
    }

    @Test
    @Order(7)
    void theLivingPageFitsEveryScreen() throws IOException {
        browser.open(address + "errors", "document.querySelectorAll('#examples img').length === 8");
        page.shoot("live");
    }

    @Test
    @Order(8)
    void underAForeignNameNothingIsShown() {
        String port = address.replaceAll("\\D*127\\.0\\.0\\.1:(\\d+)/", "$1");
        browser.open("http://evil.example:" + port + "/errors", "document.body.innerText.includes('own address')");
        assertEquals("undefined", browser.text("typeof window.errorRates"));
        assertTrue(
                browser.faults().stream().allMatch(fault -> fault.contains("evil.example")),
                browser.faults()::toString);
        assertTrue(
                browser.asked().stream()
                        .filter(asked -> asked.startsWith("http"))
                        .allMatch(asked -> asked.startsWith(address) || asked.startsWith("http://evil.example")),
                browser.asked()::toString);
    }

    @Test
    @Order(9)
    void aKilledRunIsReplayedAsItsLogSays() throws Exception {
        training.kill();
        try (DashboardServer replay =
                DashboardServer.replay(new DashboardServer.Settings("127.0.0.1", 0), List.of(killed, finished))) {
            int lines = (int)
                    MetricsLog.read(killed.resolve("metrics.jsonl")).stream().count();
            browser.open(replay.address(), "window.errorRates && errorRates.main().lines.length === " + lines);
            browser.until("document.getElementById('with').value === 'finished'");
            assertEquals("not finished", browser.text("document.getElementById('state').textContent"));
            page.checkCurves(killed, true);
            browser.until("document.querySelectorAll('#examples img').length === 8");
            page.shoot("replay");
            assertEquals("1", browser.text("document.querySelectorAll('nav a:not([hidden])').length"));
            noFaults();
            browser.open("about:blank", "true"); // or the page would ask the server while it closes
        }
    }

    /** Since the start; but for the foreign name, and the training that is killed and answers no more. */
    private static void noFaults() {
        assertEquals(
                List.of(),
                browser.faults().stream()
                        .filter(fault -> !fault.contains("evil.example") && !fault.contains(address))
                        .toList());
        assertEquals(
                List.of(),
                browser.asked().stream()
                        .filter(asked -> Stream.of("http://127.0.0.1:", "data:", "http://evil.example", "file:")
                                .noneMatch(asked::startsWith))
                        .toList());
    }

    @Test
    @Order(10)
    void theReportOpensFromTheDiscAndAsksForNothing() throws Exception {
        int before = browser.asked().size();
        browser.open(
                finished.resolve("report.html").toUri().toString(),
                "window.errorRates && document.querySelectorAll('#examples img').length === 8");
        page.checkCurves(finished, true);
        assertEquals(
                "[{\"x\":2,\"label\":\"rate 0.001\"}]", browser.text("JSON.stringify(" + CHART + "error.shown.marks)"));
        assertEquals(
                "paper top-1 40.7 %, paper top-5 18.2 %",
                browser.text("[...document.querySelectorAll('#chart-error .label.end')].map(t => t.textContent)"
                        + ".filter(t => t.startsWith('paper')).join(', ')"));
        page.shoot("report");
        List<String> asked = browser.asked();
        assertEquals(
                List.of(),
                asked.subList(before, asked.size()).stream()
                        .filter(a -> !a.startsWith("data:") && !a.endsWith("/report.html"))
                        .toList());
        noFaults();
        assertTrue(Files.size(finished.resolve("curves-error.png")) > 10_000);
    }
}
