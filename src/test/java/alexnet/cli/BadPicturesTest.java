package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.data.PreparedData;
import alexnet.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd pictures: the damaged ones are left out and named, the others are used. */
class BadPicturesTest {
    /** File names, and for those that cannot be used a part of the reason. */
    private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

    @TempDir
    private static Path folder;

    private static Path odd;

    @BeforeAll
    static void make() throws IOException {
        odd = Files.createDirectories(folder.resolve("pictures/odd"));
        Path plain = Files.createDirectories(folder.resolve("pictures/plain"));
        Files.write(plain.resolve("a.jpg"), Pictures.jpeg(Pictures.photo(40, 40, 1)));
        BufferedImage photo = Pictures.photo(48, 40, 2);
        byte[] jpeg = Pictures.jpeg(photo);
        put("text.jpg", "no picture at all".getBytes(StandardCharsets.UTF_8), "not a picture: neither JPEG");
        put("truncated.jpg", Arrays.copyOf(jpeg, jpeg.length / 2), "");
        put("zero.jpg", new byte[0], "empty");
        put("cmyk.jpg", Pictures.cmykJpeg(photo), null);
        put("rotated.jpg", Pictures.withRotation(jpeg), null);
        put("named.JPEG", Pictures.encode(photo, "png"), null);
        BufferedImage deep = new BufferedImage(48, 40, BufferedImage.TYPE_USHORT_GRAY);
        deep.createGraphics().drawImage(photo, 0, 0, null);
        put("sixteen.png", Pictures.encode(deep, "png"), null);
    }

    private static void put(String name, byte[] bytes, String reason) throws IOException {
        Files.write(odd.resolve(name), bytes);
        EXPECTED.put(name, reason);
    }

    @Test
    void prepareUsesWhatCanBeUsedAndListsTheRest() throws IOException {
        Path out = folder.resolve("prepared");
        Typed said = Typed.prepare(
                        "--source", "folder:" + folder.resolve("pictures"), "--out", out, "--size", 32, "--hold-out", 0)
                .well();
        assertTrue(
                said.out().contains("3 damaged pictures were left out: see " + out.resolve("quarantine.tsv")),
                said::out);
        List<String> quarantine = Files.readAllLines(out.resolve("quarantine.tsv"));
        EXPECTED.forEach((name, reason) -> {
            List<String> lines = quarantine.stream()
                    .filter(line -> line.startsWith("train\todd/" + name + "\t"))
                    .toList();
            assertEquals(reason == null ? 0 : 1, lines.size(), name);
            assertTrue(reason == null || lines.get(0).contains(reason), lines::toString);
        });
        try (PreparedData data = PreparedData.open(out)) {
            assertEquals(5, data.split("train").size());
            byte[] upright = new byte[3 * 32 * 32];
            byte[] other = new byte[3 * 32 * 32];
            data.split("train").read(index(data, "odd/rotated.jpg"), upright);
            data.split("train").read(index(data, "odd/named.JPEG"), other);
            assertTrue(distance(upright, other) < 3, "the orientation is ignored, the kind told by content");
            data.split("train").read(index(data, "odd/cmyk.jpg"), other);
            assertTrue(distance(upright, other) < 12, "CMYK is converted: " + distance(upright, other));
        }
    }

    private static int index(PreparedData data, String key) {
        int i = 0;
        while (!data.split("train").key(i).equals(key)) {
            i++;
        }
        return i;
    }

    private static double distance(byte[] one, byte[] two) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (two[i] & 0xff));
        }
        return sum / one.length;
    }

    @Test
    void classifyNamesWhatItCannotUseAndGoesOn() throws IOException {
        Path data = Small.prepared(folder.resolve("small"), 7);
        Typed.train("--data", data, "--recipe", Small.recipe(folder), "--runs", folder, "--run", "model", "--epochs", 0)
                .well();
        Object[] args = new Object[EXPECTED.size() + 2];
        args[0] = "--model";
        args[1] = folder.resolve("model/model.zip");
        int at = 2;
        for (String name : EXPECTED.keySet()) {
            args[at++] = odd.resolve(name);
        }
        Typed said = Typed.classify(args).failed(1, "Expected a whole JPEG, PNG");
        EXPECTED.forEach((name, reason) -> {
            assertEquals(
                    reason == null,
                    said.out().lines().anyMatch(odd.resolve(name).toString()::equals),
                    name);
            assertEquals(
                    reason != null,
                    said.err()
                            .lines()
                            .anyMatch(line -> line.startsWith("Picture " + odd.resolve(name)) && line.contains(reason)),
                    name);
        });
    }
}
