import alexnet.cli.ClassifyCommand;
import alexnet.cli.Door;

/** Names what is in pictures: {@code mvn exec:java -Dexec.mainClass=Classify -Dexec.args="--help"}. */
public final class Classify {
    private Classify() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new ClassifyCommand(), args);
    }
}
