package alexnet.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.data.archive.SmallIlsvrc;
import alexnet.image.ImageLimits;
import alexnet.run.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a submission needs, from archives like those of the challenge. */
class ChallengeOrderTest {
    private static final int SIZE = 16;

    @TempDir
    Path folder;

    @Test
    void linesFollowTheNumbersOfThePicturesAndAPictureInQuarantineKeepsItsLine() throws Exception {
        SmallIlsvrc drawn = SmallIlsvrc.draw(2012, folder, 5);
        drawn.damageValidation(4);
        Path out = folder.resolve("prepared");
        Preparation.run(
                drawn.source(drawn.write(folder.resolve("archives"))),
                out,
                new Preparation.Options(SIZE, Store.RAW, 2, ImageLimits.COLLECTION),
                Progress.SILENT);
        assertTrue(Files.exists(out.resolve("class-numbers.txt")));
        try (PreparedData data = PreparedData.open(out)) {
            PreparedSet set = PreparedSet.of(data, "val", data.classes(), SIZE);
            List<Integer> order = set.order();
            assertEquals(10, order.size());
            for (int line = 0; line < order.size(); line++) {
                int picture = order.get(line);
                if (line == 3) {
                    assertEquals(-1, picture);
                } else {
                    assertTrue(set.key(picture).endsWith("_%08d.JPEG".formatted(line + 1)), set.key(picture));
                }
            }
            assertEquals(1, set.leftOut());
            assertTrue(set.notes().get(0).startsWith("1 pictures of val were damaged"), set.notes()::toString);
            for (int label = 0; label < data.classes().size(); label++) {
                String wnid = data.classes().get(label).split(" ")[0];
                assertEquals(SmallIlsvrc.idOf(wnid), set.classNumbers().get(label));
            }
            assertNotEquals(
                    IntStream.rangeClosed(1, 10).boxed().toList(), set.classNumbers(), "the kit has another order");
        }
    }
}
