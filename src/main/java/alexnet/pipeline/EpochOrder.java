package alexnet.pipeline;

import alexnet.config.Shuffle;
import alexnet.data.ImageSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which an epoch takes a split's pictures; it follows from seed and epoch alone.
 *
 * @param images their numbers
 * @param groups shards whose pictures are mixed with each other, in the order in which they are needed; none where all
 *     pictures are mixed
 */
record EpochOrder(int[] images, List<Group> groups) {
    private static final int SHARDS_AT_ONCE = 2;

    /** Keeps the draws of shards and of pictures apart. */
    private static final long SHARDS = 1;

    /**
     * Shards that are read together.
     *
     * @param from the position in the epoch of their first picture
     * @param shards their numbers
     */
    record Group(int from, int[] shards) {}

    static EpochOrder of(ImageSplit split, ImageBatches.Settings settings, int epoch) {
        int[] images = counting(split.size());
        if (!settings.shuffle()) {
            return new EpochOrder(images, List.of());
        }
        SeededRandom random = new SeededRandom().at(settings.seed(), epoch, 0, 0);
        if (settings.by() == Shuffle.EPOCH) {
            shuffle(images, 0, images.length, random);
            return new EpochOrder(images, List.of());
        }
        int[] ends = split.shardEnds();
        int[] shards = counting(ends.length);
        shuffle(shards, 0, shards.length, new SeededRandom().at(settings.seed(), epoch, SHARDS, 0));
        List<Group> groups = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < shards.length; i += SHARDS_AT_ONCE) {
            int[] together = Arrays.copyOfRange(shards, i, Math.min(shards.length, i + SHARDS_AT_ONCE));
            groups.add(new Group(at, together));
            int from = at;
            for (int shard : together) {
                for (int image = shard == 0 ? 0 : ends[shard - 1]; image < ends[shard]; image++) {
                    images[at++] = image;
                }
            }
            shuffle(images, from, at, random);
        }
        return new EpochOrder(images, groups);
    }

    private static int[] counting(int size) {
        int[] numbers = new int[size];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] numbers, int from, int to, SeededRandom random) {
        for (int i = to - 1; i > from; i--) {
            int j = from + random.nextInt(i - from + 1);
            int swapped = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = swapped;
        }
    }
}
