package alexnet.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.dashboard.DashboardServer.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardServerTest {
    private static final String STEP = "{\"event\":\"step\",\"epoch\":1,\"step\":10,\"steps\":20,\"iteration\":10}\n";

    private static final int LONGEST_MILLIS = 60_000;

    @TempDir
    private static Path folder;

    private static DashboardServer server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void open() throws IOException {
        server = DashboardServer.open(new Settings("127.0.0.1", 0), List.of(run("first"), run("second")), List.of());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Path run(String name) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.writeString(run.resolve("metrics.jsonl"), STEP);
        return run;
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.port() + path);
        return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    /** A request written by hand, since the client does not let one choose the Host header. */
    private static String status(int port, String... header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = String.join("\r\n", header) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void thePageOfErrorRatesComesFirst() throws Exception {
        assertEquals("/errors", get("/").headers().firstValue("location").orElseThrow());
        assertEquals(200, get("/errors").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "model", "system"})
    void stockPagesOpenAsHtmlWithAPolicy(String page) throws Exception {
        HttpResponse<String> answer = get("/train/" + page);
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                answer.headers().firstValue("content-type").orElseThrow());
        String policy = answer.headers().firstValue("content-security-policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'"), policy);
    }

    @Test
    void theOwnPageAllowsNoScriptsWithin() throws Exception {
        String policy =
                get("/errors").headers().firstValue("content-security-policy").orElseThrow();
        assertTrue(policy.contains("script-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void everyStockPageGetsTheLinkThroughItsCommonScript() throws Exception {
        assertTrue(get("/assets/js/train/train.js").body().contains("nav-errors"));
        for (String page : List.of("overview", "model", "system")) {
            assertTrue(get("/train/" + page).body().contains("/assets/js/train/train.js"), page);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/nothing.js, 404",
        "/assets/webjars/jquery/nothing.js, 404",
        "/assets/../../pom.xml, 404",
        "/assets/webjars/%2e%2e/%2e%2e/MANIFEST.MF, 404",
        "/nothing, 404",
        "/tsne, 404",
        "/remoteReceive, 404",
        "/errors/run, 404",
        "/errors/run?id=..%2Fother, 404",
        "/errors/pictures?id=first&epoch=1, 404"
    })
    void whatIsNotThereIsAnsweredAtOnce(String path, int status) throws Exception {
        assertEquals(status, get(path).statusCode());
    }

    @Test
    void aForeignHostHeaderIsForbidden() throws IOException {
        int port = server.port();
        assertEquals("HTTP/1.1 200 OK", status(port, "GET /errors HTTP/1.1", "Host: localhost:" + port));
        assertEquals("HTTP/1.1 403 Forbidden", status(port, "GET /errors HTTP/1.1", "Host: evil.example:" + port));
        assertEquals("HTTP/1.1 403 Forbidden", status(port, "GET /train/overview HTTP/1.1", "Host: evil.example"));
        assertEquals(
                "HTTP/1.1 403 Forbidden",
                status(port, "GET /errors HTTP/1.1", "Host: localhost:" + port, "Origin: http://evil.example"));
    }

    @Test
    void nothingCanBeWritten() throws IOException {
        assertEquals(
                "HTTP/1.1 405 Method Not Allowed",
                status(server.port(), "POST /remoteReceive HTTP/1.1", "Host: localhost:" + server.port()));
    }

    @Test
    void runsAreListedInTheOrderGivenAndTheirLinesAreTheLogs() throws Exception {
        JsonNode runs = await("/errors/runs", answer -> answer.get("runs").size() == 2);
        assertEquals("first", runs.at("/runs/0/id").asText());
        assertEquals("second", runs.at("/runs/1/id").asText());
        JsonNode run =
                await("/errors/run?id=first", answer -> !answer.get("lines").isEmpty());
        assertEquals("[" + STEP.strip() + "]", run.get("lines").toString());
    }

    private static JsonNode await(String path, java.util.function.Predicate<JsonNode> reached) throws Exception {
        for (int i = 0; i < 600; i++) {
            HttpResponse<String> answer = get(path);
            if (answer.statusCode() == 200 && reached.test(RunFiles.JSON.readTree(answer.body()))) {
                return RunFiles.JSON.readTree(answer.body());
            }
            Thread.sleep(50);
        }
        throw new AssertionError(
                path + " never answered as expected: " + get(path).body());
    }

    @Test
    void aReplayHasNoStockPagesSinceTheyHaveNoData() throws IOException {
        try (DashboardServer replay = DashboardServer.replay(new Settings("127.0.0.1", 0), List.of(run("sixth")))) {
            String host = "Host: localhost:" + replay.port();
            assertEquals("HTTP/1.1 404 Not Found", status(replay.port(), "GET /train/system HTTP/1.1", host));
            assertEquals("HTTP/1.1 200 OK", status(replay.port(), "GET /errors HTTP/1.1", host));
        }
    }

    @Test
    void aTakenPortIsPassedOver() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                DashboardServer next = DashboardServer.replay(
                        new Settings("127.0.0.1", taken.getLocalPort()), List.of(run("third")))) {
            assertTrue(next.port() > taken.getLocalPort());
            assertEquals("http://127.0.0.1:" + next.port() + "/", next.address());
        }
    }

    @Test
    void onlyTheAddressGivenIsListenedOn() throws IOException {
        try (ServerSocket same = new ServerSocket(server.port(), 1, InetAddress.getByName("127.0.0.2"))) {
            assertTrue(same.isBound());
        }
    }

    @Test
    void openToTheNetworkItAsksForTheToken() throws Exception {
        try (DashboardServer open = DashboardServer.replay(new Settings("0.0.0.0", 0), List.of(run("fourth")))) {
            int port = open.port();
            String host = "Host: machine.local:" + port;
            assertEquals("HTTP/1.1 401 Unauthorized", status(port, "GET /errors HTTP/1.1", host));
            String query = URI.create(open.address()).getQuery();
            assertEquals("HTTP/1.1 302 Found", status(port, "GET /errors?" + query + " HTTP/1.1", host));
            String cookie = "Cookie: alexnet-" + port + "=" + query.substring("token=".length());
            assertEquals("HTTP/1.1 200 OK", status(port, "GET /errors HTTP/1.1", host, cookie));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no.such.host.invalid"})
    void anAddressOfAnotherMachineIsRefused(String host) {
        UsageException refusal = assertThrows(
                UsageException.class, () -> DashboardServer.open(new Settings(host, 0), List.of(), List.of()));
        assertTrue(refusal.getMessage().contains("--ui-host"), refusal.getMessage());
    }

    @Test
    void onceClosedItLeavesNoThreadThatHoldsTheProgram() throws Exception {
        Set<Thread> before = waiting();
        DashboardServer.replay(new Settings("127.0.0.1", 0), List.of(run("fifth")))
                .close();
        Set<Thread> after = waiting();
        after.removeAll(before);
        for (Thread thread : after) { // netty's last one ends by itself a second later
            thread.join(LONGEST_MILLIS);
            assertFalse(thread.isAlive(), thread.toString());
        }
    }

    private static Set<Thread> waiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
