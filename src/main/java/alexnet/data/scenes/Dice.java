package alexnet.data.scenes;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** The chance behind one picture: the same seed and name give the same sequence on every machine. */
final class Dice {
    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /**
     * @param seed the data set's seed
     * @param name what is drawn, such as {@code "train/fish/00012"}
     * @return a sequence of its own for each pair
     */
    static Dice of(long seed, String name) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (letter & 0xff)) * 0x100000001b3L;
        }
        return new Dice(new SplittableRandom(hash ^ new SplittableRandom(seed).nextLong()));
    }

    /** @return a sequence that goes on by itself, so that a part's draws do not shift another part's */
    Dice fork() {
        return new Dice(random.split());
    }

    /** @return uniform in [low, high), or low where the two are equal */
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** @return uniform in [-reach, reach) */
    double around(double reach) {
        return between(-reach, reach);
    }

    /** @return uniform among low, low + 1, ..., high */
    int count(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** @return -1 or 1 */
    int sign() {
        return random.nextBoolean() ? 1 : -1;
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** @return 32 even bits, the seed of a cheap per-pixel sequence */
    int bits() {
        return random.nextInt();
    }
}
