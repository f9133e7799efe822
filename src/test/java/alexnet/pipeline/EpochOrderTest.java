package alexnet.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Augmentation;
import alexnet.config.Recipes;
import alexnet.config.Shuffle;
import alexnet.data.ImageSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOrderTest {
    private static final int[] ENDS = {20, 45, 45, 60, 90, 100};

    /** A hundred pictures in six shards, one of them empty. */
    private record Sharded(ImageSplit split, List<Integer> fetched) implements ImageSplit {
        static Sharded make() {
            return new Sharded(new MemoryData(32, 100).split("train"), Collections.synchronizedList(new ArrayList<>()));
        }

        @Override
        public String name() {
            return split.name();
        }

        @Override
        public int size() {
            return split.size();
        }

        @Override
        public int side() {
            return split.side();
        }

        @Override
        public int label(int i) {
            return split.label(i);
        }

        @Override
        public String key(int i) {
            return split.key(i);
        }

        @Override
        public void read(int i, byte[] rgb) {
            split.read(i, rgb);
        }

        @Override
        public int[] shardEnds() {
            return ENDS;
        }

        @Override
        public void fetch(int shard) {
            fetched.add(shard);
        }
    }

    private static ImageBatches.Settings settings(Shuffle by) {
        return new ImageBatches.Settings(10, 42, 2, true, 2, by);
    }

    private static int shardOf(int image) {
        int shard = 0;
        while (ENDS[shard] <= image) {
            shard++;
        }
        return shard;
    }

    @ParameterizedTest
    @EnumSource(Shuffle.class)
    void eachEpochHasEachPictureOnceInAnOrderOfItsOwn(Shuffle by) {
        int[] first = EpochOrder.of(Sharded.make(), settings(by), 0).images();
        int[] second = EpochOrder.of(Sharded.make(), settings(by), 1).images();
        assertFalse(Arrays.equals(first, second));
        assertArrayEquals(first, EpochOrder.of(Sharded.make(), settings(by), 0).images(), "the same each time");
        for (int[] order : List.of(first, second)) {
            assertArrayEquals(
                    IntStream.range(0, 100).toArray(),
                    Arrays.stream(order).sorted().toArray());
        }
    }

    @Test
    void byShardTwoShardsAtATimeAreMixed() {
        EpochOrder order = EpochOrder.of(Sharded.make(), settings(Shuffle.SHARD), 3);
        assertEquals(3, order.groups().size());
        int changes = 0;
        for (int g = 0; g < 3; g++) {
            EpochOrder.Group group = order.groups().get(g);
            int end = g == 2 ? 100 : order.groups().get(g + 1).from();
            for (int at = group.from(); at < end; at++) {
                int shard = shardOf(order.images()[at]);
                assertTrue(Arrays.stream(group.shards()).anyMatch(s -> s == shard));
                changes += at > group.from() && shard != shardOf(order.images()[at - 1]) ? 1 : 0;
            }
        }
        assertTrue(changes > 10, "mixed, not one after the other: " + changes);
    }

    @Test
    void shardsAreReadAheadInTheOrderInWhichTheyAreNeeded() throws InterruptedException {
        Sharded split = Sharded.make();
        Augmentation augmentation = Recipes.load("cifar10-towers", Map.of()).augmentation();
        AugmentationPipeline pipeline = AugmentationPipeline.training(augmentation, new MemoryData(32, 100));
        List<String> classes = IntStream.range(0, 10).mapToObj(i -> "class" + i).toList();
        try (ImageBatches batches = new ImageBatches(split, pipeline, classes, settings(Shuffle.SHARD))) {
            batches.startEpoch(0, 0);
            for (int seen = 0; batches.hasNext(); seen++) {
                batches.next();
                assertEquals(seen + 1, batches.nextBatch());
            }
        }
        List<Integer> needed = new ArrayList<>();
        for (EpochOrder.Group group :
                EpochOrder.of(split, settings(Shuffle.SHARD), 0).groups()) {
            Arrays.stream(group.shards()).forEach(needed::add);
        }
        for (int i = 0; i < 1000 && split.fetched().size() < needed.size(); i++) {
            Thread.sleep(5);
        }
        assertEquals(needed, split.fetched());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void thePartsOfAllReplicasTogetherAreTheWhole(int parts) {
        Sharded whole = Sharded.make();
        List<String> keys = new ArrayList<>();
        int[] ends = new int[ENDS.length];
        for (int part = 0; part < parts; part++) {
            ImageSplit share = whole.part(part, parts);
            assertEquals(100.0 / parts, share.size(), 1);
            byte[] rgb = new byte[3 * 32 * 32];
            for (int i = 0; i < share.size(); i++) {
                keys.add(share.key(i));
                share.read(i, rgb);
                assertEquals(share.key(i), "class" + share.label(i) + "/" + (rgb[2] & 0xff));
            }
            for (int s = 0; s < ends.length; s++) {
                ends[s] += share.shardEnds()[s];
            }
        }
        assertArrayEquals(ENDS, ends);
        assertEquals(100, keys.stream().distinct().count());
        assertEquals(100, keys.size());
        assertThrows(IllegalArgumentException.class, () -> whole.part(parts, parts));
    }
}
