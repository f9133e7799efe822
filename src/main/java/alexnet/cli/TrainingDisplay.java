package alexnet.cli;

import alexnet.evaluation.ErrorCount;
import alexnet.run.Progress;
import alexnet.training.RunListener;
import java.io.PrintStream;
import java.util.Locale;

/** Shows a training: a bar over all its images, and a line for each epoch. */
final class TrainingDisplay implements RunListener, AutoCloseable {
    private static final double SMOOTHING = 0.05;

    private final PrintStream out;
    private final int epochs;
    private final Progress bar;
    private double loss = Double.NaN;
    private double top1 = Double.NaN;
    private double top5 = Double.NaN;
    private double waited = Double.NaN;

    /**
     * @param out where epochs are printed
     * @param epochs the last one
     * @param images still to be seen
     * @param progress makes the bar
     */
    TrainingDisplay(PrintStream out, int epochs, long images, Progress.Factory progress) {
        this.out = out;
        this.epochs = epochs;
        this.bar = progress.start("train", images, "img");
    }

    @Override
    public void step(Step step) {
        ErrorCount batch = step.batch();
        double seconds = step.waitSeconds() + step.computeSeconds();
        loss = smooth(loss, batch.loss());
        top1 = smooth(top1, batch.top1());
        top5 = smooth(top5, batch.top5());
        waited = smooth(waited, step.waitSeconds() / seconds);
        bar.message(String.format(
                Locale.ROOT,
                "epoch %d/%d step %d/%d, waiting for data %.0f %%, loss %.3f, top-1 %.1f %%, top-5 %.1f %%",
                step.state().epoch(),
                epochs,
                step.state().batch(),
                step.batches(),
                100 * waited,
                loss,
                100 * top1,
                100 * top5));
        bar.advance(batch.images());
    }

    @Override
    public void epoch(Epoch epoch) {
        out.printf(
                Locale.ROOT,
                "%sepoch %d/%d: loss %.3f, top-1 %.2f %%, top-5 %.2f %% in training; loss %.3f, top-1 %.2f %%, top-5 %.2f %%"
                        + " in validation; rate %.0e; %s%n",
                ConsoleProgress.isTerminal() ? System.lineSeparator() : "", // below the bar
                epoch.epoch(),
                epochs,
                epoch.training().loss(),
                100 * epoch.training().top1(),
                100 * epoch.training().top5(),
                epoch.validation().loss(),
                100 * epoch.validation().top1(),
                100 * epoch.validation().top5(),
                epoch.rates().largest(),
                time(epoch.state().seconds()));
    }

    @Override
    public void close() {
        bar.close();
    }

    static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }

    private static double smooth(double before, double now) {
        return Double.isNaN(before) ? now : before + SMOOTHING * (now - before);
    }
}
