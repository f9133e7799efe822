package alexnet.pipeline;

import alexnet.data.ImageSplit;
import alexnet.run.RunException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Reads the shards of an epoch in their order, one group ahead of the one in use, so that a disk need not seek. */
final class ShardsAhead implements AutoCloseable {
    private final ImageSplit split;
    private final ExecutorService thread;
    private List<EpochOrder.Group> groups = List.of();
    private int asked;

    ShardsAhead(ImageSplit split) {
        this.split = split;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "shards-" + split.name());
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** Begins an epoch at a position. */
    void start(EpochOrder order, int position) {
        groups = order.groups();
        asked = 0;
        while (asked + 1 < groups.size() && groups.get(asked + 1).from() <= position) {
            asked++;
        }
        reached(position);
    }

    /** Asks for the group at a position and for the one behind it, unless that was done. */
    void reached(int position) {
        while (asked < groups.size() && (asked == 0 || groups.get(asked - 1).from() <= position)) {
            EpochOrder.Group group = groups.get(asked++);
            thread.execute(() -> fetch(group));
        }
    }

    private void fetch(EpochOrder.Group group) {
        for (int shard : group.shards()) {
            try {
                split.fetch(shard);
            } catch (RunException e) {
                return; // whoever reads a picture there meets the same, and can say which
            }
        }
    }

    /** Ends after the shard that is being read: an interrupt would close its file for all readers. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
