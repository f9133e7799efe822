package alexnet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.image.ImageLimits;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedDataTest {
    /** A tar header and the 13 bytes of a PPM's. */
    private static final int HEAD = 512 + 13;

    /** 3,072 bytes of pixels with their header, in whole blocks, and the label in two. */
    private static final int RECORD = 512 + 3584 + 1024;

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void prepare() {
        out = folder.resolve("out");
        byte[] png = Pictures.encode(Pictures.photo(40, 40, 1), "png");
        Preparation.run(
                new MemorySource(List.of("a"), List.of("a/1.png", "a/2.png", "a/3.png"), most -> png),
                out,
                new Preparation.Options(32, Store.RAW, 1, ImageLimits.COLLECTION),
                Progress.SILENT);
    }

    private String refusal() {
        return assertThrows(UsageException.class, () -> PreparedData.open(out)).getMessage();
    }

    private void replace(String file, String from, String to) throws IOException {
        Files.writeString(out.resolve(file), Files.readString(out.resolve(file)).replace(from, to));
    }

    @Test
    void aFolderWithoutManifestIsRefused() {
        out = folder;
        assertEquals(
                "No prepared data at " + folder + ": it has no manifest.json. Prepare the pictures first, or correct"
                        + " the path.",
                refusal());
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        replace("manifest.json", "alexnet-prepared-2", "alexnet-prepared-9");
        assertEquals(
                "The prepared data at " + out + " have the format alexnet-prepared-9, expected alexnet-prepared-2."
                        + " Prepare the pictures again with this version.",
                refusal());
    }

    @Test
    void aManifestThatIsNoJsonIsRefused() throws IOException {
        Files.writeString(out.resolve("manifest.json"), "{");
        assertTrue(refusal().startsWith("The prepared data at " + out + " are damaged or incomplete: "), refusal());
    }

    @Test
    void aTruncatedFileOfRecordsIsRefused() throws IOException {
        Path file = out.resolve("train-000000.tar");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 9000));
        assertEquals(
                "The prepared data at " + out + " are damaged or incomplete: the file train-000000.tar has 9000"
                        + " bytes, expected 16384. Prepare the pictures again.",
                refusal());
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        Files.delete(out.resolve("mean.npy"));
        assertEquals(
                "The prepared data at " + out + " are damaged or incomplete: the file mean.npy is missing. Prepare"
                        + " the pictures again.",
                refusal());
    }

    @Test
    void aChangedIndexIsRefused() throws IOException {
        replace("train-000000.idx", "a/2.png", "a/9.png");
        assertTrue(refusal().contains(": the file train-000000.idx has the SHA-256 "), refusal());
    }

    @Test
    void aSplitThatIsNotThereIsNamed() {
        try (PreparedData data = PreparedData.open(out)) {
            assertEquals(
                    "The prepared data have no split test, expected one of [train]. Name one of these or prepare the"
                            + " pictures again.",
                    assertThrows(UsageException.class, () -> data.split("test")).getMessage());
        }
    }

    @Test
    void aFlippedByteIsFoundByTheRecordsChecksum() throws IOException {
        Path file = out.resolve("train-000000.tar");
        byte[] bytes = Files.readAllBytes(file);
        bytes[RECORD + HEAD + 5] ^= 1;
        Files.write(file, bytes);
        try (PreparedData data = PreparedData.open(out)) {
            byte[] rgb = new byte[3072];
            data.split("train").read(0, rgb);
            data.split("train").read(2, rgb);
            RunException thrown =
                    assertThrows(RunException.class, () -> data.split("train").read(1, rgb));
            assertEquals(
                    "The picture a/2.png (" + file + " at byte " + (RECORD + HEAD) + ") cannot be read: its checksum"
                            + " differs from the index. The file has changed since it was made or the disk fails: prepare the pictures"
                            + " again.",
                    thrown.getMessage());
        }
    }

    @Test
    void aFileThatShrinksWhileItIsOpenIsAnErrorAndNoHang() throws IOException {
        try (PreparedData data = PreparedData.open(out)) {
            Files.write(out.resolve("train-000000.tar"), new byte[100]);
            RunException thrown =
                    assertThrows(RunException.class, () -> data.split("train").read(1, new byte[3072]));
            assertTrue(thrown.getMessage().contains("cannot be read: the file ends early"), thrown.getMessage());
        }
    }
}
