package alexnet.experiments;

import alexnet.experiments.Measure.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Spares a grid the epochs that cannot change its winner: rates begin in the middle, and where the epochs to a target are
 * measured, a rate is trained no longer than the best one so far took.
 */
final class Race {
    private Race() {}

    /** Rates in the order of their training: the middle one, then its neighbours, and so on outwards. */
    static List<Double> order(List<Double> ascending) {
        int middle = (ascending.size() - 1) / 2;
        List<Double> order = new ArrayList<>(List.of(ascending.get(middle)));
        for (int distance = 1; distance <= ascending.size() / 2; distance++) {
            if (middle + distance < ascending.size()) {
                order.add(ascending.get(middle + distance));
            }
            if (middle - distance >= 0) {
                order.add(ascending.get(middle - distance));
            }
        }
        return order;
    }

    /**
     * @param net that is to be trained
     * @param runs the folder of experiments' folders
     * @return the epochs after which it can no longer be the best of its grid; nothing if that is not known
     */
    static OptionalInt epochs(Net net, Path runs) {
        if (net.rate() == null || net.home().grid().measure().kind() != Kind.EPOCHS_TO_TRAINING_ERROR) {
            return OptionalInt.empty();
        }
        Measure measure = net.home().grid().measure();
        OptionalDouble best = net.home().grid().values().stream()
                .map(rate -> new Net(net.row(), net.home(), net.variant(), net.seed(), rate))
                .flatMap(other -> Evidence.read(other, runs).stream())
                .filter(other -> other.stage().isOver() && other.stage().state() != Stage.State.DIVERGED)
                .flatMapToDouble(other -> new Readings(measure, List.of(other)).of(other).stream())
                .min();
        return best.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) Math.ceil(best.getAsDouble()));
    }
}
