package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.SmallModels;
import alexnet.image.Pictures;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door as a user types it, on a network of random weights. */
class FeaturesTest {
    @TempDir
    private static Path folder;

    private static Path model;
    private static Path pictures;
    private static Path features;

    @BeforeAll
    static void extract() throws IOException {
        model = folder.resolve("model.zip");
        SmallModels.bundle(SmallModels.recipe("paper"), 3, 1).write(model);
        pictures = Small.pictures(folder.resolve("pictures"), 14);
        Files.writeString(pictures.resolve("birch/damaged.jpg"), "no picture");
        Files.writeString(pictures.resolve("birch/notes.txt"), "no picture either");
        features = folder.resolve("features.safetensors");
        Typed said = Typed.features("extract", "--model", model, "--data", pictures, "--out", features, "--batch", 8)
                .well();
        assertTrue(said.out().contains("42 pictures, 204 numbers each, layer fc7"), said::out);
        assertTrue(said.err().contains("Picture birch/damaged.jpg was left out: "), said::err);
        assertFalse(said.err().contains("notes"), said::err);
    }

    private static Typed similar(Object... more) {
        Object[] args =
                Arrays.copyOf(new Object[] {"similar", "--features", features, "--model", model}, 5 + more.length);
        System.arraycopy(more, 0, args, 5, more.length);
        return Typed.features(args);
    }

    @Test
    void aPictureOfTheFolderIsItsOwnNearest() {
        String out = similar(pictures.resolve("birch/p03.jpg")).well().out();
        List<String> lines = out.lines().toList();
        assertEquals(7, lines.size(), out);
        assertTrue(lines.get(1).matches(" +0\\.00 +birch +birch/p03\\.jpg"), out);
        assertFalse(lines.get(2).contains(" 0.00 "), out);
    }

    @Test
    void jsonHasALineForEachQuery() throws IOException {
        String out = similar("--json", "--k", 2, pictures.resolve("birch/p03.jpg"), pictures.resolve("amber/p00.jpg"))
                .well()
                .out();
        List<String> lines = out.lines().toList();
        assertEquals(2, lines.size(), out);
        JsonNode second = new JsonMapper().readTree(lines.get(1));
        assertTrue(second.path("file").asText().endsWith("p00.jpg"), out);
        assertEquals(2, second.path("neighbours").size());
        assertEquals("amber", second.path("neighbours").path(0).path("class").asText());
        assertEquals(
                "amber/p00.jpg", second.path("neighbours").path(0).path("key").asText());
        assertEquals(0, second.path("neighbours").path(0).path("distance").asDouble());
    }

    @Test
    void aSheetShowsTheQueryThenItsNeighbours() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        similar("--sheet", sheet, "--k", 3, pictures.resolve("birch/p03.jpg"), pictures.resolve("amber/p00.jpg"))
                .well();
        BufferedImage image = ImageIO.read(sheet.toFile());
        assertEquals(4 * 136 + 8 + 24, image.getWidth());
        assertEquals(2 * (128 + 32 + 8) + 8, image.getHeight());
        int different = 0;
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) { // the first neighbour of each is the query itself
                assertEquals(image.getRGB(8 + x, 8 + y), image.getRGB(8 + 136 + 24 + x, 8 + y));
                different += image.getRGB(8 + x, 8 + y) == image.getRGB(8 + 2 * 136 + 24 + x, 8 + y) ? 0 : 1;
            }
        }
        assertTrue(different > 1000, "the second neighbour is the query again");
    }

    @Test
    void pixelsFindThePictureItselfToo() {
        Typed found = similar("--pixels", pictures.resolve("birch/p03.jpg")).well();
        assertTrue(found.out().lines().toList().get(1).contains(" 0.00 "), found::out);
        assertTrue(found.out().lines().toList().get(1).contains("birch/p03.jpg"), found::out);
        similar("--pixels", "--codes", pictures.resolve("birch/p03.jpg")).failed(2, "expected one of them");
    }

    @Test
    void codesCompareAndAreSearched() throws IOException {
        similar("--codes", pictures.resolve("birch/p03.jpg")).failed(2, "codes of [] bits", "train-codes");
        Path copy = Files.createDirectories(folder.resolve("codes")).resolve("f.safetensors");
        Files.copy(features, copy);
        Typed.features("train-codes", "--features", copy, "--bits", 64, "--epochs", 2)
                .well();
        Typed found = Typed.features(
                        "similar", "--features", copy, "--model", model, "--codes", pictures.resolve("birch/p03.jpg"))
                .well();
        assertTrue(found.out().lines().toList().get(1).contains(" 0 bits "), found::out);
        Path report = folder.resolve("codes/report.json");
        Typed compared = Typed.features("compare", "--features", copy, "--queries", copy, "--out", report)
                .well();
        for (String method : List.of("features", "codes, 64 bits", "random planes, 64 bits", "pixels, 32×32")) {
            assertTrue(compared.out().contains("| " + method + " |"), compared::out);
        }
        JsonNode rows = new JsonMapper().readTree(report.toFile()).path("rows");
        assertEquals(4, rows.size());
        assertEquals(204 * 4, rows.path(0).path("bytes").asInt());
        assertEquals(8, rows.path(1).path("bytes").asInt());
        Typed.features("train-codes", "--features", copy, "--bits", 65).failed(2, "64, 128 or 256");
    }

    @Test
    void preparedDataGiveASplitEach() throws IOException {
        Path data = folder.resolve("prepared");
        Typed.prepare("--source", "folder:" + Small.pictures(folder.resolve("more"), 12), "--out", data, "--size", 72)
                .well();
        Path val = folder.resolve("val.safetensors");
        Typed said = Typed.features("extract", "--model", model, "--data", data, "--split", "val", "--out", val)
                .well();
        assertTrue(said.out().contains(" 3 pictures"), said::out);
        Typed.features("extract", "--model", model, "--data", data, "--split", "test", "--out", val)
                .failed(2, "test");
        Path small = folder.resolve("small");
        Typed.prepare("--source", "folder:" + folder.resolve("more"), "--out", small, "--size", 32)
                .well();
        Typed.features("extract", "--model", model, "--data", small, "--out", val)
                .failed(2, "squares of 32 pixels", "the model expects 72", "--size 72");
    }

    @Test
    void filtersAreDrawnTowerByTower() throws IOException {
        Path png = folder.resolve("filters.png");
        Typed said = Typed.features("filters", "--model", model, "--out", png).well();
        assertTrue(said.out().contains("kernels"), said::out);
        assertTrue(ImageIO.read(png.toFile()).getWidth() > 500);
    }

    @Test
    void theMapIsOnePageThatLoadsNothing() throws IOException {
        Path page = folder.resolve("map.html");
        Typed.features("map", "--features", features, "--out", page).well();
        String html = Files.readString(page);
        assertTrue(html.contains("\"key\":\"birch/p03.jpg\""), "no key");
        assertTrue(html.contains("\"views\":[\"UMAP\",\"PCA\"]"), "no views");
        assertFalse(html.contains("/*DATA*/") || html.contains("/*SCRIPT*/"), "not filled in");
        assertFalse(html.matches("(?s).*(https?:)?//[a-z]+\\.[a-z].*"), "it names another host");
        assertFalse(html.matches("(?s).*(src|href)=[\"'](?!data:).*"), "it loads a file");
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        Path other = folder.resolve("other.zip");
        SmallModels.bundle(SmallModels.recipe("paper"), 3, 2).write(other);
        Typed.features("similar", "--features", features, "--model", other, pictures.resolve("birch/p03.jpg"))
                .failed(2, "were made by the model", "other.zip", "expected the same");
    }

    @Test
    void aFileCutShortOrOfAnotherKindIsRefused() throws IOException {
        Path cut = folder.resolve("cut.safetensors");
        byte[] whole = Files.readAllBytes(features);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 100));
        Typed.features("similar", "--features", cut, "--model", model, pictures.resolve("birch/p03.jpg"))
                .failed(2, "no whole features", "cut short", "make it again");
        Typed.features("map", "--features", model).failed(2, "no whole features");
        Typed.features("train-codes", "--features", folder.resolve("none")).failed(2, "No features at");
    }

    @Test
    void anEmptyFolderOrOneWithoutWholePicturesIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path out = folder.resolve("none.safetensors");
        Typed.features("extract", "--model", model, "--data", empty, "--out", out)
                .failed(2, "has no pictures", "jpg", "Name another folder");
        Files.writeString(empty.resolve("a.jpg"), "text");
        Typed.features("extract", "--model", model, "--data", empty, "--out", out)
                .failed(1, "None of the 1 pictures", "expected whole pictures");
        assertFalse(Files.exists(out));
        Typed.features("extract", "--model", model, "--data", folder.resolve("nowhere"), "--out", out)
                .failed(2, "No folder at");
    }

    @Test
    void picturesThatChangedAreNotShown() throws IOException {
        Path moved = folder.resolve("moved");
        Small.pictures(moved, 2);
        similar("--sheet", folder.resolve("x.png"), "--data", moved, pictures.resolve("birch/p03.jpg"))
                .failed(2, "are others", "--data");
    }

    @Test
    void aQueryThatIsNoPictureIsNamedAndTheOthersAreAnswered() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "text");
        Typed said = similar(text, folder.resolve("absent.jpg"), pictures.resolve("birch/p03.jpg"))
                .failed(1, "text.jpg cannot be compared", "there is no such file");
        assertEquals(7, said.out().lines().count());
    }

    @Test
    void picturesInAFlatFolderHaveNoClass() throws IOException {
        Path flat = Files.createDirectories(folder.resolve("flat"));
        for (int i = 0; i < 3; i++) {
            Files.write(flat.resolve(i + ".jpg"), Pictures.jpeg(Pictures.photo(90, 80, i)));
        }
        Path out = folder.resolve("flat.safetensors");
        Typed.features("extract", "--model", model, "--data", flat, "--out", out)
                .well();
        Typed.features("compare", "--features", out, "--queries", out).failed(2, "have the classes []");
        Typed said = Typed.features("similar", "--features", out, "--model", model, flat.resolve("1.jpg"))
                .well();
        assertTrue(said.out().contains("1.jpg"), said::out);
    }

    @Test
    void theBenchmarkTellsRatioAndCostOfAVector() {
        String out = Typed.features("benchmark", "--dim", 64, "--megabytes", 2, "--rounds", 1, "--folder", folder)
                .well()
                .out();
        assertTrue(out.contains("| 7812 | 64 | "), out);
        assertTrue(out.contains("codes, 256 bits"), out);
        assertTrue(out.contains("scaled from 7812 vectors"), out);
    }
}
