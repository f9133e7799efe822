import alexnet.cli.DashboardCommand;
import alexnet.cli.Door;

/** Shows runs in the browser: {@code mvn exec:java -Dexec.mainClass=Dashboard -Dexec.args="--help"}. */
public final class Dashboard {
    private Dashboard() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        Door.enter(new DashboardCommand(), args);
    }
}
