package alexnet.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.Augmentation;
import alexnet.config.Lighting;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NativeMemoryTest {
    @Test
    @Timeout(60)
    void nativeMemoryStaysFlat() {
        assertFlat(4_000, 200);
    }

    @Test
    @Tag("soak")
    @Timeout(600)
    void nativeMemoryStaysFlatOver100000Pictures() {
        assertFlat(100_000, 200);
    }

    /** One float matrix for each picture left to the garbage collector would be 600 KB each. */
    private static void assertFlat(int pictures, int mostMegabytes) {
        Augmentation paper =
                new Augmentation(224, true, true, 1, true, new Lighting(Lighting.Reading.DEVIATIONS_BYTE, 0.1, 1.1));
        MemoryData data = new MemoryData(256, 1000, new byte[3 * 256 * 256], i -> {});
        ImageBatches.Settings settings = new ImageBatches.Settings(16, 1, 2, true, 2);
        try (ImageBatches batches = new ImageBatches(
                data.split("train"), AugmentationPipeline.training(paper, data), data.classes(), settings)) {
            long before = 0;
            for (int epoch = 0; epoch <= pictures / 1000; epoch++) {
                batches.startEpoch(epoch, 0);
                while (batches.hasNext()) {
                    batches.next();
                }
                before = epoch == 0 ? Pointer.physicalBytes() : before; // warm
            }
            long grown = Pointer.physicalBytes() - before >> 20;
            assertTrue(grown < mostMegabytes, grown + " MB more after " + pictures + " pictures");
        }
    }
}
