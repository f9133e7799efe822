import alexnet.cli.Door;
import alexnet.cli.TrainCommand;

/** Trains a network: {@code mvn exec:java -Dexec.mainClass=Train -Dexec.args="--help"}. */
public final class Train {
    private Train() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new TrainCommand(), args);
    }
}
