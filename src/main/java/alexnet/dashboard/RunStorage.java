package alexnet.dashboard;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;

/** The records of all runs shown, and which runs somebody has asked for: others are not read before. */
final class RunStorage extends InMemoryStatsStorage {
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();

    private final boolean training;

    /** @param training whether a run of this program is among them, for the library's own pages to show */
    RunStorage(boolean training) {
        this.training = training;
    }

    boolean isTraining() {
        return training;
    }

    /** One more to choose from. */
    void add(String run) {
        order.add(run);
    }

    /** One more that is shown from the start, as the user said. */
    void show(String run) {
        add(run);
        shown.add(run);
        wanted.add(run);
    }

    /** In the order in which they were added. */
    @Override
    public List<String> listSessionIDs() {
        return order.stream().filter(this::sessionExists).toList();
    }

    boolean isShown(String run) {
        return shown.contains(run);
    }

    void want(String run) {
        wanted.add(run);
    }

    boolean isWanted(String run) {
        return wanted.contains(run);
    }
}
