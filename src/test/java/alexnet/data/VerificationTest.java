package alexnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.image.ImageLimits;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationTest {
    /** A picture with its header, its pixels of 3,085 bytes in blocks, and its label in two blocks. */
    private static final int RECORD = 512 + 3584 + 1024;

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void prepare() {
        out = folder.resolve("out");
        byte[] png = Pictures.encode(Pictures.photo(40, 40, 1), "png");
        List<String> keys =
                IntStream.range(0, 6).mapToObj(i -> "a/" + i + ".png").toList();
        Preparation.run(
                new MemorySource(List.of("a"), keys, most -> png),
                out,
                new Preparation.Options(32, Store.RAW, 1, ImageLimits.COLLECTION, 3, 10, false),
                Progress.SILENT);
    }

    private List<String> problems() {
        return Verification.check(out, 2, Progress.SILENT);
    }

    private String keyAt(String shard, int record) throws IOException {
        String index = shard.replace(".tar", ".idx");
        return Files.readAllLines(out.resolve(index)).get(record).split("\t")[0];
    }

    @Test
    void wholeDataHaveNoProblems() {
        assertEquals(List.of(), problems());
    }

    @ParameterizedTest
    @CsvSource({
        "3, its tar header or its label differs",
        "600, its pixels' checksum differs from the index",
        "514, its tar header or its label differs",
        "4000, its tar header or its label differs",
        "4100, its tar header or its label differs",
        "5100, its tar header or its label differs"
    })
    void anyFlippedBitNamesItsPicture(int at, String wrong) throws IOException {
        Path file = out.resolve("train-000001.tar");
        byte[] bytes = Files.readAllBytes(file);
        bytes[RECORD + at] ^= 4;
        Files.write(file, bytes);
        List<String> problems = problems();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("The file train-000001.tar has the SHA-256 "), problems::toString);
        assertEquals(
                "  The picture " + keyAt("train-000001.tar", 1) + " in train-000001.tar is damaged: " + wrong + ".",
                problems.get(1));
    }

    @Test
    void aShardThatWasCutNamesWhatIsLost() throws IOException {
        Path file = out.resolve("train-000000.tar");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2 * RECORD));
        List<String> problems = problems();
        assertTrue(problems.contains("  The picture " + keyAt("train-000000.tar", 2)
                + " in train-000000.tar is damaged: the file ends before it does."));
        assertTrue(problems.contains("  The end of train-000000.tar is not that of a whole tar."));
    }

    @Test
    void aLostShardAndAChangedListAreNamed() throws IOException {
        Files.delete(out.resolve("train-000000.tar"));
        Files.writeString(out.resolve("classes.txt"), "b\n");
        List<String> problems = problems();
        assertTrue(problems.contains("The file train-000000.tar is missing."), problems::toString);
        assertTrue(problems.get(0).startsWith("The file classes.txt has the SHA-256 "), problems::toString);
    }

    @Test
    void countsThatDifferAreNamed() throws IOException {
        Path manifest = out.resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceFirst("\"images\" : 6", "\"images\" : 7"));
        assertTrue(problems().contains("The manifest counts 7 pictures in train, its shards 6."), problems()::toString);
    }
}
