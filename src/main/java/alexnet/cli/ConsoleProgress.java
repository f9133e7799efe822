package alexnet.cli;

import alexnet.run.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left in a terminal; plain lines where the output is no terminal. */
final class ConsoleProgress implements Progress {
    private static final int BAR_MILLIS = 250;

    private final ProgressBar bar;

    private ConsoleProgress(ProgressBar bar) {
        this.bar = bar;
    }

    /** @return shows tasks on the given stream */
    static Progress.Factory on(PrintStream out) {
        return isTerminal()
                ? (task, total, unit) -> new ConsoleProgress(bar(task, total, unit))
                : (task, total, unit) -> new LineProgress(out, task, total, unit, System::nanoTime);
    }

    private static ProgressBar bar(String task, long total, String unit) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(BAR_MILLIS)
                .setEtaFunction(state -> timeLeft(state.getMax(), state.getCurrent(), state.getElapsedAfterStart()))
                .showSpeed()
                .build();
    }

    /** Whether a person watches. From Java 22 on there is a console always, and it has to be asked. */
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static Optional<Duration> timeLeft(long total, long done, Duration elapsed) {
        return done <= 0
                ? Optional.empty()
                : Optional.of(elapsed.multipliedBy(total - done).dividedBy(done));
    }

    @Override
    public void advance(long units) {
        bar.stepBy(units);
    }

    @Override
    public void message(String text) {
        bar.setExtraMessage(text);
    }

    @Override
    public void close() {
        bar.close();
    }
}
