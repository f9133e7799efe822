package alexnet.cli;

import alexnet.config.UsageException;
import alexnet.kernels.Devices;
import alexnet.run.RunException;
import java.io.PrintWriter;
import javax.imageio.ImageIO;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command and ends the program with its exit code: 0 done, 1 failed, 2 bad usage, 130 interrupted. */
public final class Door {
    private Door() {}

    /**
     * Does not return if the command fails.
     *
     * @param command a picocli command
     * @param args what the user typed
     */
    public static void enter(Object command, String[] args) {
        int code = run(command, args);
        System.out.flush();
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    /**
     * @param command a picocli command
     * @param args what the user typed
     * @return the exit code
     */
    public static int run(Object command, String[] args) {
        // The loader of natives then keeps to the log level of simplelogger.properties; it warns of versions that work.
        System.setProperty("org.bytedeco.javacpp.logger", "slf4j");
        ImageIO.setUseCache(false); // a cache file cannot be opened any more while Ctrl-C ends the JVM
        CommandLine line = new CommandLine(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((misuse, typed) -> misused(misuse));
        line.setExecutionExceptionHandler((failure, which, parsed) -> report(failure, which.getErr()));
        try {
            return line.execute(args);
        } catch (Error e) { // picocli hands on exceptions only
            return report(e, line.getErr());
        }
    }

    private static int misused(ParameterException misuse) {
        CommandLine line = misuse.getCommandLine();
        line.getErr().println(misuse.getMessage());
        UnmatchedArgumentException.printSuggestions(misuse, line.getErr());
        line.getErr().println("See " + line.getCommandName() + " --help.");
        return ExitCode.USAGE;
    }

    private static int report(Throwable failure, PrintWriter err) {
        if (failure instanceof UsageException) {
            err.println(failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof RunException) {
            err.println(failure.getMessage());
            return ExitCode.SOFTWARE;
        }
        if (Devices.areMissing(failure)) {
            err.println(Devices.noGpu(failure.toString()));
            return ExitCode.SOFTWARE;
        }
        if (failure instanceof OutOfMemoryError) {
            err.println("Memory ran out (" + failure.getMessage() + "), expected enough for batch and network. Use a"
                    + " smaller batch, or raise -Xmx and org.bytedeco.javacpp.maxbytes in .mvn/jvm.config.");
            return ExitCode.SOFTWARE;
        }
        err.println("Unexpected " + failure + ". This is a fault of the program: please report it with these lines.");
        failure.printStackTrace(err);
        return ExitCode.SOFTWARE;
    }
}
