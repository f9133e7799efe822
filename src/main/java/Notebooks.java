import alexnet.cli.Door;
import alexnet.cli.NotebooksCommand;

/** The network step by step, in Jupyter: {@code mvn exec:java -Pnotebooks -Dexec.mainClass=Notebooks}. */
public final class Notebooks {
    private Notebooks() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new NotebooksCommand(), args);
    }
}
