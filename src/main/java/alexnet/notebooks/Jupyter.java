package alexnet.notebooks;

import alexnet.bench.ProjectClassPath;
import alexnet.run.AtomicFiles;
import alexnet.run.RunException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Jupyter with a Java kernel on this program's class path. */
public final class Jupyter {
    private static final String KERNEL = "alexnet";
    private static final int POLL_MILLIS = 100;
    private static final int PATIENCE_SECONDS = 10;
    private static final int MOST_LINES = 30;
    private static final int START_SECONDS = 30; // twice as many at each attempt
    private static final int MOST_ATTEMPTS = 5;

    /** What Jupyter says when {@link KernelStart} gave up. */
    private static final List<String> NOT_STARTED = List.of("Kernel died before replying", "Kernel didn't respond");

    private final Path folder;

    /**
     * Writes the kernel's description.
     *
     * @param kernel the kernel's jar
     * @param folder for the description and for what is executed
     * @throws RunException if the jar is not there or the folder cannot be written
     */
    public Jupyter(Path kernel, Path folder) {
        if (!Files.isRegularFile(kernel)) {
            throw new RunException(
                    "The Java kernel " + kernel + " is not there, expected the jar that the profile notebooks"
                            + " fetches. Add -Pnotebooks to the command.");
        }
        this.folder = folder.toAbsolutePath();
        try {
            AtomicFiles.createFolder(this.folder.resolve("kernels").resolve(KERNEL));
            AtomicFiles.write(
                    this.folder.resolve("kernels").resolve(KERNEL).resolve("kernel.json"), description(kernel));
        } catch (IOException e) {
            throw new RunException(
                    "The kernel's description cannot be written in " + folder + " (" + e
                            + "), expected a writable place. Mend that.",
                    e);
        }
    }

    private static String description(Path kernel) {
        ObjectNode description = new JsonMapper().createObjectNode();
        List<String> command = new ArrayList<>(ProjectClassPath.jvm());
        command.addAll(List.of(
                "-Dorg.bytedeco.javacpp.logger=slf4j", // its warnings about versions that work would stand in the cells
                "-cp",
                kernel.toAbsolutePath() + File.pathSeparator + ProjectClassPath.text(ProjectClassPath.own()),
                KernelStart.class.getName(),
                "{connection_file}"));
        command.forEach(description.putArray("argv")::add);
        description.put("display_name", "AlexNet (Java)");
        description.put("language", "java");
        description.put("interrupt_mode", "message");
        description.putObject("env").put("OMP_NUM_THREADS", "1"); // sums in one order, so that numbers repeat
        return description.toPrettyString();
    }

    /**
     * Executes a notebook in its own folder.
     *
     * @param notebook left as it is
     * @param limitSeconds for each cell
     * @param stop asked now and then; true ends it
     * @return the executed notebook; where a cell fails, with its error and without what follows
     * @throws RunException if Jupyter is missing or fails otherwise
     * @throws CancellationException if asked to stop
     */
    public Path execute(Path notebook, int limitSeconds, BooleanSupplier stop) {
        Path executed =
                folder.resolve("executed").resolve(notebook.getFileName().toString());
        Path log = folder.resolve("jupyter.log");
        try {
            AtomicFiles.createFolder(executed.getParent());
            for (int attempt = 1; ; attempt++) {
                Files.deleteIfExists(executed);
                ProcessBuilder builder = builder(words(notebook, executed, limitSeconds, START_SECONDS << attempt - 1))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
                int code = await(builder.start(), stop);
                if (code == 0 && Files.exists(executed)) {
                    return executed;
                }
                String said = Files.readString(log);
                if (attempt == MOST_ATTEMPTS || NOT_STARTED.stream().noneMatch(said::contains)) {
                    throw new RunException("Jupyter ended with exit code " + code + " on " + notebook
                            + ", expected 0; it said:\n" + end(said));
                }
            }
        } catch (IOException e) {
            throw missing(e);
        }
    }

    private static List<String> words(Path notebook, Path executed, int limitSeconds, int startSeconds) {
        return List.of(
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--allow-errors",
                "--ExecutePreprocessor.timeout=" + limitSeconds,
                "--ExecutePreprocessor.startup_timeout=" + startSeconds,
                "--ExecutePreprocessor.kernel_name=" + KERNEL,
                "--output-dir=" + executed.getParent(),
                "--output=" + executed.getFileName(),
                notebook.toAbsolutePath().toString());
    }

    /**
     * Opens Jupyter's page in the browser and waits until the user ends it.
     *
     * @param notebooks the folder to show
     * @param more words for Jupyter's command
     * @param stop asked now and then; true ends it
     * @return Jupyter's exit code
     */
    public int open(Path notebooks, List<String> more, BooleanSupplier stop) {
        List<String> words = new ArrayList<>(List.of("notebook", "--ip=127.0.0.1"));
        words.addAll(more);
        words.add(notebooks.toAbsolutePath().toString());
        try {
            return await(builder(words).inheritIO().start(), stop);
        } catch (IOException e) {
            throw missing(e);
        }
    }

    private ProcessBuilder builder(List<String> words) {
        List<String> command = new ArrayList<>(List.of("jupyter"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().merge("JUPYTER_PATH", folder.toString(), (old, own) -> own + File.pathSeparator + old);
        return builder;
    }

    private static RunException missing(IOException e) {
        return new RunException(
                "Jupyter cannot be started (" + e.getMessage() + "), expected the program `jupyter` with nbconvert and"
                        + " notebook. Install it, with `apt-get install jupyter-nbconvert jupyter-notebook` or `pip install"
                        + " notebook`.",
                e);
    }

    private static int await(Process process, BooleanSupplier stop) {
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("Asked to stop.");
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Asked to stop.");
        } finally {
            end(process);
        }
    }

    /** The kernel is a process of Jupyter's, which would outlive it if it were killed at once. */
    private static void end(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> all = process.descendants().toList();
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            all.forEach(ProcessHandle::destroy);
        }
    }

    private static String end(String said) {
        List<String> lines = said.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }
}
