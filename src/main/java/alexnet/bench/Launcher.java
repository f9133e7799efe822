package alexnet.bench;

import alexnet.bench.Outcome.Failure;
import alexnet.run.RunException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Runs each turn in a JVM of its own: the same cores, the same number of threads, the same limits for all. */
public final class Launcher implements Rounds.Runner {
    private static final Pattern NO_MEMORY = Pattern.compile(
            "OutOfMemoryError|Memory ran out|can't allocate memory|Cannot allocate memory|bad_alloc|Physical memory usage");

    private static final int KILLED = 137; // by the kernel, when the machine's memory runs out
    private static final int POLL_MILLIS = 100;
    private static final int REASON_LENGTH = 300;

    private final Path scratch;
    private final double limitMinutes;
    private final Machine machine;
    private final BooleanSupplier stop;
    private int turns;

    /**
     * @param scratch an existing folder for requests, results and logs
     * @param limitMinutes after which a turn is ended
     * @param machine whose memory may be used, all but a quarter
     * @param stop asked now and then; true ends the turn and throws {@link CancellationException}
     */
    public Launcher(Path scratch, double limitMinutes, Machine machine, BooleanSupplier stop) {
        this.scratch = scratch;
        this.limitMinutes = limitMinutes;
        this.machine = machine;
        this.stop = stop;
    }

    @Override
    public Outcome run(Contender contender, Request request) {
        Path folder = scratch.resolve(String.valueOf(++turns));
        Path result = folder.resolve("turn.json");
        Path log = folder.resolve("log.txt");
        try {
            Files.createDirectories(folder);
            Path asked = folder.resolve("request.json");
            request.write(asked);
            ProcessBuilder builder = new ProcessBuilder(command(contender, request, asked, result))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("OMP_NUM_THREADS", String.valueOf(request.threads()));
            return outcome(builder.start(), result, log);
        } catch (IOException e) {
            throw new RunException(
                    "The turn of " + contender.name() + " cannot be started (" + e + "), expected a JVM that starts and"
                            + " room in " + scratch + ". Mend that and try again.",
                    e);
        }
    }

    private List<String> command(Contender contender, Request request, Path asked, Path result) {
        List<String> command = new ArrayList<>();
        if (request.threads() < machine.cores() && onPath("taskset")) {
            command.addAll(List.of("taskset", "-c", "0-" + (request.threads() - 1)));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:-UsePerfData",
                "-XX:ActiveProcessorCount=" + request.threads(),
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxbytes=" + machine.memoryBytes() / 4 * 3,
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                ProjectClassPath.text(contender.classPath()),
                contender.mainClass()));
        if (contender.program() != Request.Program.LIBTORCH) {
            command.add("turn");
        }
        command.addAll(List.of(asked.toString(), result.toString()));
        return command;
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private Outcome outcome(Process process, Path result, Path log) throws IOException {
        try {
            long end = System.nanoTime() + (long) (limitMinutes * TimeUnit.MINUTES.toNanos(1));
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("The turn was interrupted.");
                }
                if (System.nanoTime() > end) {
                    return Outcome.failed(
                            Failure.TOO_LONG, String.format(Locale.ROOT, "takes more than %s minutes", limitMinutes));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The turn was interrupted.");
        } finally {
            process.destroyForcibly().onExit().join();
        }
        if (stop.getAsBoolean()) { // Ctrl-C reaches the turn's process too
            throw new CancellationException("The turn was interrupted.");
        }
        if (process.exitValue() == 0 && Files.exists(result)) {
            return Outcome.measured(Turn.read(result));
        }
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        return process.exitValue() == KILLED || NO_MEMORY.matcher(said).find()
                ? Outcome.failed(Failure.OUT_OF_MEMORY, "runs out of memory")
                : Outcome.failed(Failure.DIED, "exit code " + process.exitValue() + ": " + reason(said));
    }

    /** The line that names the error, or else the last one. */
    private static String reason(String log) {
        List<String> lines = log.lines().filter(line -> !line.isBlank()).toList();
        String line = lines.stream()
                .filter(text -> text.matches("(?s)(Exception in thread|Caused by|Unexpected|Error:).*"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
        return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH) + " …";
    }
}
