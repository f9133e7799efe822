import alexnet.cli.Door;
import alexnet.cli.EvaluateCommand;

/** Measures the top-1 and top-5 error of an exported model: {@code mvn exec:java -Dexec.mainClass=Evaluate -Dexec.args="--help"}. */
public final class Evaluate {
    private Evaluate() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new EvaluateCommand(), args);
    }
}
