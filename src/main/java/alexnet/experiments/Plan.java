package alexnet.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What running an experiment would take: nets × epochs × the seconds that epochs of finished runs took. */
public final class Plan {
    private static final String LINE = "%-28s %-14s %8s %14s %14s%n";

    private Plan() {}

    /**
     * @param nets in the order of their training
     * @param runs the folder of experiments' folders
     * @return a table, and the sum
     */
    public static String of(List<Net> nets, Path runs) {
        List<Stage> stages = nets.stream().map(net -> Stage.of(net, runs)).toList();
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, LINE, "net", "state", "epochs", "s per epoch", "s expected"));
        double sum = 0;
        int left = 0;
        for (int i = 0; i < nets.size(); i++) {
            Stage stage = stages.get(i);
            int epochs = stage.isOver() || stage.state() == Stage.State.TRAINED
                    ? 0
                    : Math.max(0, nets.get(i).recipe().training().epochs() - stage.epochs());
            OptionalDouble perEpoch = secondsPerEpoch(nets.get(i), nets, stages);
            double expected = epochs == 0 ? 0 : epochs * perEpoch.orElse(Double.NaN);
            sum += expected;
            left += epochs > 0 ? 1 : 0;
            text.append(String.format(
                    Locale.ROOT,
                    LINE,
                    nets.get(i).title(),
                    stage.state().words(),
                    epochs,
                    known(perEpoch.orElse(Double.NaN), "%.1f"),
                    known(expected, "%.0f")));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%d nets, %d to train, at most %s%n",
                        nets.size(),
                        left,
                        Double.isNaN(sum) ? "unknown: train one net of each variant to know" : time(sum)))
                .toString();
    }

    /** From all nets of the same variant, whatever their seeds or rates. */
    private static OptionalDouble secondsPerEpoch(Net net, List<Net> nets, List<Stage> stages) {
        List<Stage> same = new ArrayList<>();
        for (int i = 0; i < nets.size(); i++) {
            if (nets.get(i).variant().equals(net.variant()) && stages.get(i).epochs() > 0) {
                same.add(stages.get(i));
            }
        }
        return same.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(same.stream().mapToDouble(Stage::seconds).sum()
                        / same.stream().mapToInt(Stage::epochs).sum());
    }

    private static String known(double value, String format) {
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, format, value);
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.0f s (%.1f minutes)", seconds, seconds / 60);
    }
}
