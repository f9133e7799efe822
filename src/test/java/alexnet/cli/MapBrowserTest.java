package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.bundle.SmallModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person looks at the map of features. */
@Tag("browser")
class MapBrowserTest {
    private static final String DRAWN = "points.every(p => p.image.complete) && canvas.width > 0";

    @TempDir
    private static Path folder;

    private static String address;
    private static Browser browser;

    @BeforeAll
    static void draw() throws IOException {
        Path model = folder.resolve("model.zip");
        SmallModels.bundle(SmallModels.recipe("paper"), 3, 1).write(model);
        Path pictures = Small.pictures(folder.resolve("pictures"), 20);
        Path features = folder.resolve("features.safetensors");
        Path map = folder.resolve("map.html");
        Typed.features("extract", "--model", model, "--data", pictures, "--out", features)
                .well();
        Typed.features("map", "--features", features, "--out", map).well();
        address = map.toUri().toString();
        browser = Browser.start();
    }

    @AfterAll
    static void end() {
        browser.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
    void allPicturesAreInSightWhateverTheWidth(int width, String scheme) throws IOException {
        browser.look(width, scheme).open(address, DRAWN);
        browser.screenshot("map-" + width + "-" + scheme);
        assertEquals("60", browser.text("points.length"));
        assertEquals(
                "true",
                browser.text("points.every(p => x(p) >= 0 && x(p) <= canvas.clientWidth && y(p) >= 0"
                        + " && y(p) <= canvas.clientHeight)"));
        assertEquals("true", browser.text("document.documentElement.scrollWidth <= innerWidth"));
        String ink = browser.text("getComputedStyle(document.body).color");
        assertTrue(scheme.equals("light") == ink.startsWith("rgb(31"), ink);
    }

    @Test
    void theKeyboardGoesFromPictureToPicture() {
        browser.look(1280, "light").open(address, DRAWN);
        browser.run("canvas.focus()");
        browser.press("ArrowRight");
        browser.until("chosen >= 0 && !card.hidden");
        String first = browser.text("card.innerText");
        assertTrue(first.matches("(?s).*(amber|birch|cedar) · .*\\.jpg.*"), first);
        double before = Double.parseDouble(browser.text("points[chosen].at[view][0]"));
        browser.press("ArrowLeft");
        browser.until("points[chosen].at[view][0] < " + before);
        assertTrue(!browser.text("card.innerText").equals(first));
        browser.press("Escape");
        browser.until("card.hidden");
    }

    @Test
    void buttonsChooseArrangementAndClass() {
        browser.look(1280, "light").open(address, DRAWN);
        browser.run("[...document.querySelectorAll('button')].find(b => b.textContent === 'PCA').click()");
        browser.until("view === 1");
        browser.run("[...document.querySelectorAll('button')].find(b => b.textContent === 'birch').click()");
        assertEquals(
                List.of("PCA", "Pictures", "birch").toString(),
                browser.run(
                                "return [...document.querySelectorAll('button[aria-pressed=true]')].map(b => b.textContent)")
                        .toString());
        assertEquals("20", browser.text("points.filter(shown).length"));
        assertEquals(List.of(), browser.faults());
        assertTrue(
                browser.asked().stream().allMatch(url -> url.startsWith("file:") || url.startsWith("data:")),
                browser.asked()::toString);
    }
}
