package alexnet.data.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on this machine that does what servers do: break off, lie, stall, send something else. */
class DownloadTest {
    private static final int LENGTH = 100_000;

    @TempDir
    private Path folder;

    private final byte[] file = new byte[LENGTH];
    private final List<Long> asked = Collections.synchronizedList(new ArrayList<>());
    private ServerSocket server;
    private Answer answer;

    /** Writes a whole answer, head and body, to a request for the bytes from {@code from} on. */
    private interface Answer {
        void to(long from, OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeEach
    void serve() throws IOException {
        new Random(5).nextBytes(file);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::listen, "server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                long from = rangeStart(socket.getInputStream());
                asked.add(from);
                answer.to(from, socket.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // the client closed, or the test is over
            }
        }
    }

    private static long rangeStart(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return Long.parseLong(head.toString().replaceAll("(?s).*bytes=(\\d+)-.*", "$1"));
    }

    private static void head(OutputStream out, int status, long from, long length) throws IOException {
        String head = "HTTP/1.1 " + status + " x\r\nContent-Length: " + length + "\r\nConnection: close\r\n"
                + (status == 206 ? "Content-Range: bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH + "\r\n" : "")
                + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
    }

    private Download download() throws IOException {
        String sha256 = HexFormat.of().formatHex(ArchiveStream.newSha256().digest(file));
        URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/file.bin");
        Downloads.Published wanted = new Downloads.Published("file.bin", address, LENGTH, sha256);
        return new Download(wanted, address, folder, Duration.ofMillis(1), Duration.ofMillis(300));
    }

    private RunException failure() {
        return assertThrows(RunException.class, () -> download().fetch(Progress.SILENT));
    }

    @Test
    void whatBreaksOffGoesOnWhereItWas() throws IOException {
        answer = (from, out) -> {
            head(out, 206, from, LENGTH - from);
            out.write(file, (int) from, (int) Math.min(30_000, LENGTH - from));
        };
        Path fetched = download().fetch(Progress.SILENT);
        assertArrayEquals(file, Files.readAllBytes(fetched));
        assertEquals(List.of(0L, 30_000L, 60_000L, 90_000L), asked);
        download().fetch(Progress.SILENT);
        assertEquals(4, asked.size(), "what is there already is not fetched again");
    }

    @Test
    void anotherProgramGoesOnToo() throws IOException {
        answer = (from, out) -> {
            if (from == 0) {
                head(out, 206, 0, LENGTH);
                out.write(file, 0, 40_000);
            }
        };
        RunException thrown = failure();
        assertTrue(thrown.getMessage().contains("ended at 40000 of 100000 bytes"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("What has come is kept"), thrown.getMessage());
        answer = (from, out) -> {
            head(out, 206, from, LENGTH - from);
            out.write(file, (int) from, (int) (LENGTH - from));
        };
        asked.clear();
        assertArrayEquals(file, Files.readAllBytes(download().fetch(Progress.SILENT)));
        assertEquals(List.of(40_000L), asked);
    }

    @Test
    void aServerThatCannotResumeBeginsAgain() throws IOException {
        answer = (from, out) -> {
            head(out, 200, 0, LENGTH);
            out.write(file, 0, asked.size() < 2 ? 50_000 : LENGTH);
        };
        assertArrayEquals(file, Files.readAllBytes(download().fetch(Progress.SILENT)));
        assertEquals(List.of(0L, 50_000L), asked);
    }

    @Test
    void aLengthThatIsALieDoesNoHarm() throws IOException {
        answer = (from, out) -> {
            head(out, 206, from, asked.size() < 2 ? 10_000 : 1_000_000);
            out.write(file, (int) from, (int) (LENGTH - from));
        };
        assertArrayEquals(file, Files.readAllBytes(download().fetch(Progress.SILENT)));
        assertEquals(2, asked.size(), asked::toString);
    }

    @Test
    void theWrongFileOfTheRightLengthIsRemoved() throws IOException {
        byte[] wrong = Arrays.copyOf(new byte[] {1}, LENGTH);
        answer = (from, out) -> {
            head(out, 200, 0, LENGTH);
            out.write(wrong);
        };
        RunException thrown = failure();
        assertTrue(thrown.getMessage().contains("it is damaged or another file, and was removed"), thrown.getMessage());
        assertEmpty();
    }

    @Test
    void aLongerFileIsAnotherFile() throws IOException {
        answer = (from, out) -> {
            head(out, 200, 0, 2L * LENGTH);
            out.write(file);
            out.write(file);
        };
        assertTrue(failure().getMessage().contains("is longer than the 100000 bytes"));
        assertFalse(Files.exists(folder.resolve("file.bin")));
    }

    @Test
    void aServerThatStallsIsGivenUp() {
        answer = (from, out) -> {
            head(out, 206, from, LENGTH - from);
            out.flush();
            Thread.sleep(500);
        };
        String message = failure().getMessage();
        assertTrue(message.contains("ended at 0 of 100000 bytes: java.net.SocketTimeoutException"), message);
    }

    @Test
    void anAnswerThatIsNoFileIsNamed() {
        answer = (from, out) -> head(out, 404, 0, 0);
        assertTrue(failure().getMessage().contains("the server answered 404"));
    }

    @Test
    void aRangeThatWasNotAskedForIsNotTaken() throws IOException {
        answer = (from, out) -> {
            head(out, 206, 7, LENGTH - 7);
            out.write(file, 7, LENGTH - 7);
        };
        assertTrue(failure().getMessage().contains("the server sent the range 'bytes 7-99999/100000' where 0"));
        assertEmpty();
    }

    @Test
    void aDamagedFileThatIsThereAlreadyIsNotTouched() throws IOException {
        Files.write(folder.resolve("file.bin"), new byte[LENGTH]);
        assertTrue(failure().getMessage().contains("Remove it, then start again"));
        assertEquals(LENGTH, Files.size(folder.resolve("file.bin")));
    }

    private void assertEmpty() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void publishedFilesHaveALengthAndADigest() {
        for (Downloads.Published published : List.of(Downloads.CIFAR_10, Downloads.IMAGENETTE)) {
            assertEquals(64, published.sha256().length());
            assertTrue(published.bytes() > 100_000_000);
            assertEquals("https", published.address().getScheme());
        }
    }
}
