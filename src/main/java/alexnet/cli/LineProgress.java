package alexnet.cli;

import alexnet.run.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress where there is no terminal: a plain line every five seconds, and one at the end. */
final class LineProgress implements Progress {
    private static final double INTERVAL_SECONDS = 5;

    private final PrintStream out;
    private final String task;
    private final long total;
    private final String unit;
    private final LongSupplier nanos;
    private final long start;
    private double printed;
    private long done;
    private String message = "";

    /**
     * @param out where the lines go
     * @param task a word or two
     * @param total units in all
     * @param unit the unit counted
     * @param nanos a clock
     */
    LineProgress(PrintStream out, String task, long total, String unit, LongSupplier nanos) {
        this.out = out;
        this.task = task;
        this.total = total;
        this.unit = unit;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public synchronized void advance(long units) {
        done += units;
        double seconds = seconds();
        if (seconds - printed >= INTERVAL_SECONDS) {
            printed = seconds;
            print(seconds);
        }
    }

    @Override
    public synchronized void message(String text) {
        message = text;
    }

    @Override
    public synchronized void close() {
        if (done > 0) {
            print(seconds());
        }
    }

    private double seconds() {
        return (nanos.getAsLong() - start) / 1e9;
    }

    private void print(double seconds) {
        double rate = done / Math.max(seconds, 1e-9);
        String time = done < total
                ? TrainingDisplay.time((total - done) / rate) + " left"
                : "done in " + TrainingDisplay.time(seconds);
        out.printf(
                Locale.ROOT,
                "%s %d/%d %s, %s %s/s, %s%s%n",
                task,
                done,
                total,
                unit,
                rate < 10 ? String.format(Locale.ROOT, "%.1f", rate) : String.valueOf(Math.round(rate)),
                unit,
                time,
                message.isEmpty() ? "" : "; " + message);
    }
}
