package alexnet.pipeline;

import java.util.Random;

/**
 * A generator that can be set to a place, such as (seed, epoch, image), so that its draws depend on nothing else.
 * SplitMix64 underneath, whose mixing makes neighbouring places independent; {@link Random}'s own does not. Not safe
 * for several threads.
 */
public final class SeededRandom extends Random {
    private static final long serialVersionUID = 1L;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    /** Starts at the place (0, 0, 0, 0). */
    public SeededRandom() {
        super(0);
        at(0, 0, 0, 0);
    }

    /**
     * Sets the generator to a place.
     *
     * @param a first coordinate
     * @param b second coordinate
     * @param c third coordinate
     * @param d fourth coordinate
     * @return this
     */
    public SeededRandom at(long a, long b, long c, long d) {
        super.setSeed(0); // forgets the second half of a Gaussian pair
        state = mix(mix(mix(mix(a + GOLDEN) ^ b + 1) ^ c + 2) ^ d + 3);
        return this;
    }

    @Override
    protected int next(int bits) {
        state += GOLDEN;
        return (int) (mix(state) >>> 64 - bits);
    }

    /** Stafford's variant 13 of MurmurHash3's finaliser. */
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
