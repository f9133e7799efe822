import alexnet.cli.Door;
import alexnet.cli.ExperimentsCommand;

/** Shows what finished runs measured: {@code mvn exec:java -Dexec.mainClass=Experiments -Dexec.args="--help"}. */
public final class Experiments {
    private Experiments() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new ExperimentsCommand(), args);
    }
}
