package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A command in a JVM of its own, to be killed, interrupted or starved of disk. Its output is one file. */
final class Child {
    private static final int LONGEST_SECONDS = 120;

    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code Train} and its like by the name of the door. */
    static Child start(Path output, String door, Object... args) throws IOException {
        return start(output, List.of(), door, args);
    }

    /** The same with no file larger than so many blocks of 1024 bytes: to the program, the disk is full there. */
    static Child startWithSmallFiles(Path output, int blocks, String door, Object... args) throws IOException {
        String shell = "ulimit -f " + blocks + "; exec \"$@\"";
        return start(output, List.of("bash", "-c", shell, "bash"), door, args);
    }

    private static Child start(Path output, List<String> before, String door, Object... args) throws IOException {
        List<String> command = new ArrayList<>(before);
        if (System.getProperty("os.name").equals("Linux")) {
            // A shell's background jobs ignore Ctrl-C, and so would what they start.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                door));
        Arrays.stream(args).map(String::valueOf).forEach(command::add);
        if (door.equals("Train") && !command.contains("--ui-port")) {
            command.addAll(List.of("--ui-port", "off"));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(output.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // two threads, as on a real machine, which give way while they wait
        builder.environment().put("OMP_NUM_THREADS", "2");
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        return new Child(builder.start(), output);
    }

    /** Waits until something is so; fails if the program ends before, or takes too long. */
    Child until(BooleanSupplier reached) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!reached.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                fail("Did not get there: " + text());
            }
            Thread.sleep(1);
        }
        return this;
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertEquals(137, process.waitFor());
    }

    /** Presses Enter. */
    Child enter() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return this;
    }

    /** Ends it, if it still runs: for cleaning up. */
    void end() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ctrl-C. */
    Child interrupt() throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .start()
                        .waitFor());
        return this;
    }

    /** Waits for the end and expects this exit code. */
    String ends(int code) throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("Did not end: " + text());
        }
        assertEquals(code, process.exitValue(), text());
        assertTrue(!text().contains("\tat "), text());
        return text();
    }

    String text() throws IOException {
        return new String(java.nio.file.Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}
