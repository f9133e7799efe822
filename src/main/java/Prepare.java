import alexnet.cli.Door;
import alexnet.cli.PrepareCommand;

/** Turns pictures into the prepared form that training reads: {@code mvn exec:java -Dexec.mainClass=Prepare -Dexec.args="--help"}. */
public final class Prepare {
    private Prepare() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new PrepareCommand(), args);
    }
}
