package alexnet.kernels;

import java.nio.IntBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** Rounds fp32 values to those that bf16 holds, to nearest, ties to even: the numbers of bf16 where no unit has it. */
final class Bf16 {
    private static final int CHUNK = 1 << 14;
    private static final int INFINITE = 0x7f80_0000;

    private Bf16() {}

    /** @param values fp32 in native memory, replaced */
    static void round(Pointer values, long count) {
        IntBuffer bits = new IntPointer(values).capacity(count).asBuffer();
        int length = Math.toIntExact(count);
        IntStream.range(0, (length + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            int[] held = new int[Math.min(CHUNK, length - from)];
            bits.get(from, held);
            for (int i = 0; i < held.length; i++) {
                held[i] = round(held[i]);
            }
            bits.put(from, held);
        });
    }

    /** The bits of an fp32 value, rounded; NaN and infinity stay what they are. */
    static int round(int bits) {
        int rounded = bits + 0x7fff + (bits >>> 16 & 1) & 0xffff_0000;
        return (bits & INFINITE) == INFINITE ? bits : rounded;
    }
}
