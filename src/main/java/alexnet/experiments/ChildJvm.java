package alexnet.experiments;

import alexnet.bench.ProjectClassPath;
import alexnet.run.RunException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs commands of this program in a JVM of their own, one after the other: what one leaves in memory, native memory
 * included, ends with it, and so does a crash.
 */
public final class ChildJvm implements Trainings.Launcher {
    private static final int POLL_MILLIS = 100;
    private static final int PATIENCE_SECONDS = 150;

    private final String mainClass;
    private final Consumer<String> lines;

    /**
     * @param mainClass takes the number of this process, a door's name and its arguments, and ends when this process does
     * @param lines is given what the command says; null: it shares this program's terminal
     */
    public ChildJvm(String mainClass, Consumer<String> lines) {
        this.mainClass = mainClass;
        this.lines = lines;
    }

    @Override
    public int run(List<String> doorAndArguments, BooleanSupplier stop) {
        ProcessBuilder builder = new ProcessBuilder(command(doorAndArguments));
        if (lines == null) {
            builder.inheritIO();
        } else {
            builder.redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(nothing()));
        }
        try {
            Process process = builder.start();
            Thread reader = lines == null ? null : reader(process);
            int code = await(process, stop);
            if (reader != null) {
                reader.join();
            }
            return code;
        } catch (IOException e) {
            throw new RunException(
                    "A JVM of its own cannot be started (" + e + "), expected room for a process. Mend that and repeat"
                            + " the command.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("Interrupted while waiting for a training. Repeat the command to go on.", e);
        }
    }

    private List<String> command(List<String> doorAndArguments) {
        List<String> command = new ArrayList<>(ProjectClassPath.jvm());
        command.addAll(List.of(
                "-cp",
                ProjectClassPath.text(ProjectClassPath.own()),
                mainClass,
                String.valueOf(ProcessHandle.current().pid())));
        command.addAll(doorAndArguments);
        return command;
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private Thread reader(Process process) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                        said.lines().forEach(lines);
                    } catch (IOException | java.io.UncheckedIOException e) {
                        lines.accept("(its output breaks off: " + e + ")");
                    }
                },
                "child output");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    /** Asked to stop, the command is told as Ctrl-C tells it, and given the time to write a checkpoint. */
    private static int await(Process process, BooleanSupplier stop) throws InterruptedException {
        long end = Long.MAX_VALUE;
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (end == Long.MAX_VALUE && stop.getAsBoolean()) {
                    process.toHandle().destroy(); // the process's own method closes its output, too
                    end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                } else if (end != Long.MAX_VALUE && System.nanoTime() > end) {
                    process.destroyForcibly();
                }
            }
            return process.exitValue();
        } finally {
            process.toHandle().destroy();
        }
    }
}
