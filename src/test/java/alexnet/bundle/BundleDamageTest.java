package alexnet.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whatever bytes a zip has: a sentence that names it, or a model that works. */
class BundleDamageTest {
    private static final int CLASSES = 4;

    private EditedZip zip;

    @BeforeEach
    void export(@TempDir Path folder) throws IOException {
        SmallModels.bundle(SmallModels.recipe("paper", "network.width", "0.02"), CLASSES, 1)
                .write(folder.resolve("whole.zip"));
        zip = new EditedZip(folder.resolve("whole.zip"), folder.resolve("model.zip"));
    }

    @Test
    void randomDamageWithRightChecksumsGivesASentenceOrAWorkingModel() {
        Random random = new Random(20121203);
        List<String> names = new ArrayList<>();
        zip.names().forEach(names::add);
        INDArray inputs = SmallModels.inputs(1, 1);
        int read = 0;
        for (int round = 0; round < 200; round++) {
            zip.reset();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                String name = names.get(random.nextInt(names.size()));
                byte[] bytes = zip.bytes(name);
                int header = Math.min(bytes.length, random.nextBoolean() ? 128 : bytes.length);
                bytes[random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
                zip.put(name, bytes);
            }
            if (round % 8 != 0) {
                zip.write();
            } else {
                zip.writeAsIs();
            }
            if (assertTimeoutPreemptively(Duration.ofSeconds(20), () -> works(inputs))) {
                read++;
            }
        }
        assertTrue(read > 10 && read < 190, read + " of 200 were read");
    }

    @Test
    void randomDamageOfTheZipItselfGivesASentenceOrAWorkingModel() throws IOException {
        zip.write();
        byte[] bytes = Files.readAllBytes(zip.file());
        Random random = new Random(1);
        INDArray inputs = SmallModels.inputs(1, 1);
        for (int round = 0; round < 100; round++) {
            byte[] damaged = bytes.clone();
            int directory = 700; // the last bytes tell where everything is
            int at = random.nextInt(4) == 0
                    ? random.nextInt(bytes.length)
                    : bytes.length - 1 - random.nextInt(directory);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(zip.file(), damaged);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> works(inputs));
        }
    }

    private boolean works(INDArray inputs) {
        ModelBundle model;
        try {
            model = BundleReader.read(zip.file());
        } catch (UsageException e) {
            assertTrue(e.getMessage().contains(zip.file().toString()), e.getMessage());
            return false;
        }
        assertEquals(CLASSES, model.labels().size());
        assertEquals(CLASSES, model.graph().outputSingle(inputs).size(1));
        return true;
    }
}
