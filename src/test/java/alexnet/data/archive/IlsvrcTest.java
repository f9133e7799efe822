package alexnet.data.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.config.UsageException;
import alexnet.data.Folders;
import alexnet.data.ImageSplit;
import alexnet.data.Manifest;
import alexnet.data.Preparation;
import alexnet.data.PreparedData;
import alexnet.data.Store;
import alexnet.data.Verification;
import alexnet.image.ImageLimits;
import alexnet.image.Pictures;
import alexnet.run.Progress;
import alexnet.run.RunException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole preparation on a challenge of our own, built like the real one. */
class IlsvrcTest {
    private static final int PER_CLASS = 5;

    @TempDir
    private static Path drawn;

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void place() {
        out = folder.resolve("out");
    }

    private static SmallIlsvrc draw(int year) throws IOException {
        return SmallIlsvrc.draw(year, drawn, PER_CLASS);
    }

    private static IlsvrcSource source(SmallIlsvrc ilsvrc, Path archives) {
        return new IlsvrcSource(archives, ilsvrc.edition(), false);
    }

    private static Preparation.Options options(boolean partial) {
        return new Preparation.Options(64, Store.RAW, 2, ImageLimits.COLLECTION, 30, 20, partial);
    }

    private Manifest prepare(IlsvrcSource source, boolean partial) {
        return Preparation.run(source, out, options(partial), Progress.SILENT);
    }

    /** Labels as they must be, told by the names of the scenes and not by the code under test. */
    private static int label(int scene) {
        List<String> sorted = IntStream.range(0, SmallIlsvrc.CLASSES)
                .mapToObj(SmallIlsvrc::wnid)
                .sorted()
                .toList();
        return sorted.indexOf(SmallIlsvrc.wnid(scene));
    }

    @ParameterizedTest
    @ValueSource(ints = {2012, 2010})
    void archivesBecomeShardsWithTheRightLabels(int year) throws IOException {
        SmallIlsvrc ilsvrc = draw(year);
        Manifest made = prepare(source(ilsvrc, ilsvrc.write(folder.resolve("archives"))), false);
        assertEquals(
                year == 2010 ? Set.of("train", "val", "test") : Set.of("train", "val"),
                made.splits().keySet());
        try (PreparedData data = PreparedData.open(out)) {
            for (int scene = 0; scene < SmallIlsvrc.CLASSES; scene++) {
                String name = SmallIlsvrc.wnid(scene) + " " + SmallIlsvrc.words(scene);
                assertEquals(name, data.classes().get(label(scene)));
            }
            ImageSplit train = data.split("train");
            assertEquals(50, train.size());
            for (int i = 0; i < train.size(); i++) {
                String wnid = train.key(i).substring(0, 8);
                assertTrue(data.classes().get(train.label(i)).startsWith(wnid + " "), train.key(i));
            }
            for (String split : year == 2010 ? List.of("val", "test") : List.of("val")) {
                assertNumberedLabels(data.split(split));
            }
        }
        assertEquals(List.of(), Verification.check(out, 2, Progress.SILENT));
    }

    private static void assertNumberedLabels(ImageSplit split) {
        assertEquals(10, split.size());
        for (int i = 0; i < split.size(); i++) {
            int number = Integer.parseInt(split.key(i).replaceAll(".*_(\\d{8})\\.JPEG", "$1"));
            assertEquals(label(SmallIlsvrc.sceneOf(number)), split.label(i), split.key(i));
        }
    }

    /** The kit's own order would give each of 1000 classes another label. */
    @Test
    void labelsOfThousandClassesGoByWordNetIdAndNotByTheKitsNumber() throws IOException {
        Map<String, byte[]> kit = Map.of(
                "kit/data/meta.mat",
                SmallIlsvrc.meta("ILSVRC2012_ID", 1000, 1),
                "kit/data/ILSVRC2012_validation_ground_truth.txt",
                SmallIlsvrc.lines(List.of(1, 500, 1000)));
        Path archive = Tars.writeZipped(folder.resolve("kit.tar.gz"), kit);
        Devkit read = Devkit.read(archive, Edition.ILSVRC_2012);
        assertEquals(1000, read.classes().size());
        for (int label = 0; label < 1000; label++) {
            assertEquals("n" + (1_000_000 + label), read.classes().get(label).wnid());
        }
        int[] expected = {17, (499 * 389 + 17) % 1000, (999 * 389 + 17) % 1000};
        assertArrayEquals(
                expected,
                read.labels("val").stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void theManifestNamesTheArchivesWithTheirDigests() throws IOException {
        SmallIlsvrc ilsvrc = draw(2010);
        Path archives = ilsvrc.write(folder.resolve("archives"));
        Manifest made = prepare(source(ilsvrc, archives), false);
        assertEquals(5, made.source().archives().size());
        for (Map.Entry<String, String> archive : made.source().archives().entrySet()) {
            byte[] digest = ArchiveStream.newSha256().digest(Files.readAllBytes(archives.resolve(archive.getKey())));
            assertEquals(HexFormat.of().formatHex(digest), archive.getValue(), archive.getKey());
        }
    }

    @Test
    void patchesReplaceThePicturesOfTheirName() throws IOException {
        SmallIlsvrc ilsvrc = draw(2010);
        byte[] white = Pictures.jpeg(Pictures.plain(70, 70, Color.WHITE));
        String name = SmallIlsvrc.wnid(2) + "_10.JPEG";
        ilsvrc.patches.put("patch/train/" + name, white);
        prepare(source(ilsvrc, ilsvrc.write(folder.resolve("archives"))), false);
        try (PreparedData data = PreparedData.open(out)) {
            ImageSplit train = data.split("train");
            int at = IntStream.range(0, train.size())
                    .filter(i -> train.key(i).endsWith("/" + name))
                    .findFirst()
                    .orElseThrow();
            byte[] rgb = new byte[3 * 64 * 64];
            train.read(at, rgb);
            for (byte value : rgb) {
                assertTrue((value & 0xff) >= 254);
            }
        }
    }

    @Test
    void missingPicturesAreListedAndLetPassWhenAllowed() throws IOException {
        SmallIlsvrc ilsvrc = draw(2012);
        ilsvrc.train.get(SmallIlsvrc.wnid(4)).remove(SmallIlsvrc.wnid(4) + "_17.JPEG");
        ilsvrc.validation.remove("ILSVRC2012_val_00000007.JPEG");
        Path archives = ilsvrc.write(folder.resolve("archives"));
        RunException thrown = assertThrows(RunException.class, () -> prepare(source(ilsvrc, archives), false));
        assertEquals(
                "The pictures of ILSVRC2012 are not complete, 2 in all: train " + SmallIlsvrc.wnid(4) + " has 4,"
                        + " expected 5; val ILSVRC2012_val_00000007.JPEG has 0, expected 1; The whole list is "
                        + folder.resolve(".out.part/missing.tsv") + ". Get the archives again and remove that folder,"
                        + " or start the same command with --allow-partial to finish with what there is.",
                thrown.getMessage());
        Manifest made = prepare(source(ilsvrc, archives), true);
        assertEquals(49, made.splits().get("train").images());
        assertEquals(
                "split\twhat\texpected\tfound\ntrain\t" + SmallIlsvrc.wnid(4)
                        + "\t5\t4\nval\tILSVRC2012_val_00000007.JPEG\t1\t0\n",
                Files.readString(out.resolve("missing.tsv")));
    }

    @Test
    void damagedPicturesGoToTheQuarantineAndOddOnesAreUsed() throws IOException {
        SmallIlsvrc ilsvrc = draw(2012);
        BufferedImage photo = Pictures.photo(80, 70, 5);
        byte[] jpeg = Pictures.jpeg(photo);
        byte[] middle = jpeg.clone();
        byte[] noise = new byte[400];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, middle, jpeg.length / 2, noise.length);
        BufferedImage deep = new BufferedImage(80, 70, BufferedImage.TYPE_USHORT_GRAY);
        deep.createGraphics().drawImage(photo, 0, 0, null);
        BufferedImage grey = new BufferedImage(80, 70, BufferedImage.TYPE_BYTE_GRAY);
        grey.createGraphics().drawImage(photo, 0, 0, null);
        Map<String, byte[]> ofClass = ilsvrc.train.get(SmallIlsvrc.wnid(0));
        List<byte[]> odd = List.of(
                Pictures.encode(photo, "png"),
                Pictures.cmykJpeg(photo),
                Pictures.withRotation(jpeg),
                Pictures.encode(deep, "png"),
                Pictures.jpeg(grey));
        int at = 0;
        for (String name : List.copyOf(ofClass.keySet())) {
            ofClass.put(name, odd.get(at++));
        }
        List<String> names = List.copyOf(ilsvrc.validation.keySet());
        ilsvrc.validation.put(names.get(1), middle);
        ilsvrc.validation.put(names.get(2), Arrays.copyOf(jpeg, jpeg.length / 3));
        ilsvrc.validation.put(names.get(3), new byte[0]);
        Manifest made = prepare(source(ilsvrc, ilsvrc.write(folder.resolve("archives"))), false);
        assertEquals(50, made.splits().get("train").images(), "all odd ones are used");
        assertEquals(7, made.splits().get("val").images());
        List<String> quarantine = Files.readAllLines(out.resolve("quarantine.tsv"));
        assertEquals(4, quarantine.size());
        for (int i = 1; i <= 3; i++) {
            assertTrue(quarantine.get(i).startsWith("val\t" + names.get(i) + "\t"), quarantine.get(i));
        }
    }

    @Test
    void anArchiveThatIsMissingIsNamed() throws IOException {
        SmallIlsvrc ilsvrc = draw(2012);
        Path archives = ilsvrc.write(folder.resolve("archives"));
        Files.delete(archives.resolve("ILSVRC2012_img_val.tar"));
        UsageException thrown = assertThrows(UsageException.class, () -> source(ilsvrc, archives));
        assertTrue(thrown.getMessage().contains("ILSVRC2012_img_val.tar is missing"), thrown.getMessage());
        assertEquals(
                List.of("train"),
                new IlsvrcSource(archives, ilsvrc.edition(), true).splits(),
                "it may be missing when that is allowed");
    }

    @Test
    void aSmallKitIsNotTakenForTheOfficialOne() throws IOException {
        Path archives = draw(2012).write(folder.resolve("archives"));
        UsageException thrown = assertThrows(UsageException.class, () -> IlsvrcSource.open(2012, archives, false));
        assertTrue(thrown.getMessage().contains("has 10 classes, expected 1000"), thrown.getMessage());
    }

    @Test
    void aTruncatedArchiveIsNamedWithTheEntry() throws IOException {
        SmallIlsvrc ilsvrc = draw(2012);
        Path archives = ilsvrc.write(folder.resolve("archives"));
        Path train = archives.resolve("ILSVRC2012_img_train.tar");
        byte[] whole = Files.readAllBytes(train);
        Files.write(train, Arrays.copyOf(whole, whole.length / 2));
        RunException thrown = assertThrows(RunException.class, () -> prepare(source(ilsvrc, archives), false));
        assertTrue(
                thrown.getMessage()
                        .matches("The archive .*img_train.tar.* holds 'n2.*', which declares .* bytes,"
                                + " but .* are left\\. .*"),
                thrown.getMessage());
        Files.write(train, whole);
        prepare(source(ilsvrc, archives), false);
    }

    @Test
    void theResultIsThatOfOnePassWithAnyNumberOfWorkers() throws IOException {
        SmallIlsvrc ilsvrc = draw(2010);
        Path archives = ilsvrc.write(folder.resolve("archives"));
        prepare(source(ilsvrc, archives), false);
        Preparation.Options one = new Preparation.Options(64, Store.RAW, 1, ImageLimits.COLLECTION, 30, 20, false);
        Preparation.run(source(ilsvrc, archives), folder.resolve("one"), one, Progress.SILENT);
        Folders.assertSame(folder.resolve("one"), out);
    }

    @Test
    void testPicturesWithoutLabelsAreASplitOfTheirOwn() throws IOException {
        SmallIlsvrc ilsvrc = draw(2012);
        Path archives = ilsvrc.write(folder.resolve("archives"));
        Tars.write(archives.resolve("ILSVRC2012_img_test.tar"), ilsvrc.test);
        prepare(source(ilsvrc, archives), false);
        try (PreparedData data = PreparedData.open(out)) {
            assertEquals(10, data.split("unlabelled").size());
            assertEquals(-1, data.split("unlabelled").label(3));
        }
    }

    @Test
    void realCountsAreKnown() {
        assertEquals(1_281_167, Edition.ILSVRC_2012.trainImages());
        assertEquals(1_261_406, Edition.ILSVRC_2010.trainImages());
        assertEquals(150_000, Edition.ILSVRC_2010.testImages());
    }
}
