import alexnet.cli.BenchmarkCommand;
import alexnet.cli.Door;

/** Measures speed and memory: {@code mvn exec:java -Dexec.mainClass=Benchmark -Dexec.args="--help"}. */
public final class Benchmark {
    private Benchmark() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new BenchmarkCommand(), args);
    }
}
