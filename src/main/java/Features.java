import alexnet.cli.Door;
import alexnet.cli.FeaturesCommand;

/** What a model has learned, and similar pictures: {@code mvn exec:java -Dexec.mainClass=Features -Dexec.args="--help"}. */
public final class Features {
    private Features() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new FeaturesCommand(), args);
    }
}
