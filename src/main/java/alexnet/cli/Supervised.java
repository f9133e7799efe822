package alexnet.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A door in a JVM that another program of ours started: when that one is gone, however it ended, this one ends as by
 * Ctrl-C, with a checkpoint, so that two never train in one folder.
 */
final class Supervised {
    private static final Map<String, Supplier<Object>> DOORS =
            Map.of("Train", TrainCommand::new, "Evaluate", EvaluateCommand::new);

    private Supervised() {}

    /** @param args number of the process that started this one, name of the door, its arguments */
    public static void main(String[] args) {
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(args[0]));
        if (parent.isEmpty()) {
            System.exit(Interruption.EXIT_CODE);
        }
        parent.orElseThrow().onExit().thenRun(() -> System.exit(Interruption.EXIT_CODE));
        Door.enter(DOORS.get(args[1]).get(), Arrays.copyOfRange(args, 2, args.length));
    }
}
