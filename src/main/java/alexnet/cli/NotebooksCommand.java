package alexnet.cli;

import alexnet.notebooks.Differences;
import alexnet.notebooks.Jupyter;
import alexnet.notebooks.Notebook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code Notebooks}: see the network, step by step. */
@Command(
        name = "Notebooks",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        synopsisSubcommandLabel = "[COMMAND]",
        description =
                "Opens the notebooks in the browser, in Jupyter with a Java kernel. Needs Jupyter, and Maven's option"
                        + " -Pnotebooks, which fetches the kernel.")
public final class NotebooksCommand implements java.util.concurrent.Callable<Integer> {
    private static final int CELL_SECONDS = 600;

    @Option(names = "--folder", defaultValue = "notebooks", description = "where the notebooks lie")
    private Path folder;

    @Option(names = "--kernel", hidden = true, defaultValue = "target/notebooks/kernel.jar")
    private Path kernel;

    @Option(names = "--scratch", hidden = true, defaultValue = "target/notebooks")
    private Path scratch;

    @Option(
            names = "--jupyter",
            paramLabel = "WORD",
            description = "a word for Jupyter's own command line, such as --jupyter=--port=8890")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Notebook.list(folder);
        return Interruption.guard(interruption -> {
            try {
                return new Jupyter(kernel, scratch).open(folder, words, interruption::asked);
            } catch (CancellationException e) {
                return 0; // Ctrl-C is how it ends
            }
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Executes the notebooks from top to bottom and compares what they give with what they hold. Exit"
                            + " code 1 if a cell fails, a notebook shows nothing, or a number differs.")
    int run(
            @Parameters(paramLabel = "NOTEBOOK", arity = "0..*", description = "all in the folder, if none is named")
                    List<Path> named,
            @Option(names = "--write", description = "keeps what they give now, in place of what they hold")
                    boolean write)
            throws Exception {
        List<Path> files = named == null ? Notebook.list(folder) : named;
        files.forEach(Notebook::read); // all are notebooks, before minutes are spent
        return Interruption.guard(interruption -> {
            Jupyter jupyter = new Jupyter(kernel, scratch);
            int wrong = 0;
            for (Path file : files) {
                try {
                    wrong += run(jupyter, file, write, interruption) ? 0 : 1;
                } catch (CancellationException e) {
                    throw new Interrupted("Interrupted. No notebook was changed by halves.");
                }
            }
            System.out.println(
                    wrong == 0
                            ? "All " + files.size() + " notebooks " + (write ? "are written." : "give what they hold.")
                            : wrong + " of " + files.size()
                                    + " notebooks do not give what they hold. Mend them, or keep what they"
                                    + " give with run --write.");
            return wrong == 0 ? 0 : 1;
        });
    }

    private boolean run(Jupyter jupyter, Path file, boolean write, Interruption interruption) {
        if (interruption.asked()) {
            throw new CancellationException("Asked to stop.");
        }
        System.out.print(file.getFileName() + " … ");
        System.out.flush();
        long start = System.nanoTime();
        Path executed = jupyter.execute(file, CELL_SECONDS, interruption::asked);
        Notebook now = Notebook.read(executed);
        List<String> faults = new ArrayList<>(now.faults());
        if (!write) {
            faults.addAll(Differences.of(Notebook.read(file), now));
        } else if (faults.isEmpty()) {
            Notebook.keep(executed, file);
        }
        System.out.printf(
                Locale.ROOT,
                "%.0f s, %d cells, %d pictures%s%n",
                (System.nanoTime() - start) / 1e9,
                now.cells().size(),
                now.pictures(),
                faults.isEmpty() ? "" : ", not as it should be:");
        faults.forEach(fault -> System.out.println("  " + fault));
        return faults.isEmpty();
    }
}
