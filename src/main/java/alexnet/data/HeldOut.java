package alexnet.data;

import alexnet.config.UsageException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Which pictures of a class are kept back for validation where a collection has no pictures for that. */
public final class HeldOut {
    private HeldOut() {}

    /**
     * @param fraction of each class
     * @throws UsageException if it is not a fraction
     */
    public static void check(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new UsageException("The held-out fraction is " + fraction
                    + ", expected 0 or more and less than 1. Correct it; 0.1 is usual.");
        }
    }

    /**
     * @param count pictures of the class
     * @param fraction how many of them; rounded, but at least one of two or more, and never all
     * @param seed determines which
     * @param name the class's; not its index, so that adding a class leaves the others' choice as it was
     * @return whether each is held out
     */
    public static boolean[] choose(int count, double fraction, long seed, String name) {
        int wanted =
                count < 2 || fraction == 0 ? 0 : (int) Math.min(count - 1L, Math.max(1, Math.round(count * fraction)));
        SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
        boolean[] chosen = new boolean[count];
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        for (int i = 0; i < wanted; i++) {
            int j = random.nextInt(i, count);
            chosen[order[j]] = true;
            order[j] = order[i];
        }
        return chosen;
    }
}
