package alexnet.dashboard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;

/** The records of all runs shown, and which runs somebody has asked for: others are not read before. */
final class RunStorage extends InMemoryStatsStorage {
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

    /** From the start, as the user said. */
    void show(String run) {
        shown.add(run);
        wanted.add(run);
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
