package alexnet.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The shards of one split under construction. Each run of as many pictures as there are shards is dealt out in a drawn
 * order, one to each: whatever the source's order, every shard holds a fair sample of it, and which shard a picture
 * goes to follows from its number alone.
 */
final class SplitShards implements Closeable {
    /** All are open at once. */
    private static final long MOST = 500;

    private final List<ShardWriter> writers = new ArrayList<>();
    private final ShardFormat format;
    private final long seed;
    private final int[] order;
    private long orderOf = -1;

    SplitShards(Path folder, PackingState start, ShardFormat format, long seed) throws IOException {
        this.format = format;
        this.seed = seed * 31 + start.split().hashCode();
        this.order = new int[start.shards().size()];
        try {
            for (int i = 0; i < order.length; i++) {
                writers.add(new ShardWriter(
                        folder, Names.shard(start.split(), i), start.shards().get(i)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** How many shards so many pictures get. */
    static int count(long images, int perShard) {
        return (int) Math.max(1, Math.min(MOST, (images + perShard - 1) / perShard));
    }

    void append(long number, PictureWorkers.Packed packed) throws IOException {
        ImageSource.Entry entry = packed.entry();
        writers.get(shard(number))
                .append(format, entry.key(), entry.label(), packed.length(), packed.checksum(), packed.record());
    }

    private int shard(long number) {
        long run = number / order.length;
        if (run != orderOf) {
            orderOf = run;
            SplittableRandom random = new SplittableRandom(seed ^ run * 0x9e3779b97f4a7c15L);
            Arrays.setAll(order, i -> i);
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
        }
        return order[(int) (number % order.length)];
    }

    List<ShardWriter.Extent> sync() throws IOException {
        List<ShardWriter.Extent> extents = new ArrayList<>();
        for (ShardWriter writer : writers) {
            extents.add(writer.sync());
        }
        return extents;
    }

    List<Manifest.Shard> finish() throws IOException {
        List<Manifest.Shard> shards = new ArrayList<>();
        for (ShardWriter writer : writers) {
            shards.add(writer.finish());
        }
        return shards;
    }

    @Override
    public void close() throws IOException {
        for (ShardWriter writer : writers) {
            writer.close();
        }
    }
}
