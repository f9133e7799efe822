package alexnet.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>";

    @TempDir
    private static Path folder;

    private static String html;

    @BeforeAll
    static void write() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int epoch = 1; epoch <= 3; epoch++) {
            for (int step = 10; step <= 20; step += 10) {
                log.append(
                        ("{\"event\":\"step\",\"epoch\":%d,\"step\":%d,\"steps\":20,\"iteration\":%d,\"trainLoss\":1,"
                                        + "\"trainTop1Error\":0.5,\"trainTop5Error\":\"NaN\",\"rate\":0.%d1}\n")
                                .formatted(epoch, step, 20 * (epoch - 1) + step, epoch < 3 ? 0 : 9));
            }
            log.append(("{\"event\":\"epoch\",\"epoch\":%d,\"iteration\":%d,\"validationTop1Error\":0.%d,"
                            + "\"validationTop5Error\":0.1,\"validationLoss\":1,\"rates\":{}}\n")
                    .formatted(epoch, 20 * epoch, 9 - epoch));
        }
        Files.writeString(folder.resolve("metrics.jsonl"), log + "{\"event\":\"st");
        RunFiles files = RunFiles.of(folder);
        files.writePictures(2, RunFiles.JSON.createObjectNode().put("epoch", 2).put("layer", HOSTILE));
        files.writePictures(3, RunFiles.JSON.createObjectNode().put("epoch", 3).put("layer", HOSTILE));
        RunReport.write(files);
        html = Files.readString(folder.resolve("report.html"));
    }

    private static JsonNode data() throws IOException {
        Matcher data = Pattern.compile("id=\"report-data\">(.*?)</script>").matcher(html);
        assertTrue(data.find());
        return RunFiles.JSON.readTree(data.group(1));
    }

    @Test
    void itHoldsEveryWholeLineOfTheLog() throws IOException {
        assertEquals(9, data().at("/run/lines").size());
        assertEquals(0.6, data().at("/run/lines/8/validationTop1Error").asDouble());
    }

    @Test
    void itHoldsThePicturesOfTheLastEpoch() throws IOException {
        assertEquals("[3]", data().at("/run/pictures").toString());
        assertEquals(HOSTILE, data().at("/pictures/3/layer").asText());
    }

    @Test
    void nothingInTheDataEndsTheScript() {
        assertFalse(html.contains("alert(1)</script>"));
    }

    @Test
    void itNeedsNothingElse() {
        Matcher address = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(html);
        while (address.find()) {
            String to = address.group(1);
            assertTrue(to.startsWith("data:") || to.startsWith("#"), to);
        }
        String rest = html.replace("http://www.w3.org/2000/svg", ""); // a name, not an address
        assertFalse(rest.contains("http:") || rest.contains("https:") || rest.contains("@import"));
        assertTrue(html.contains("default-src 'none'"));
    }

    @Test
    void theCurvesArePictures() throws IOException {
        for (String name : List.of("error", "loss", "rate")) {
            BufferedImage picture =
                    ImageIO.read(folder.resolve("curves-" + name + ".png").toFile());
            assertEquals(1200, picture.getWidth());
            int red = 0;
            for (int x = 0; x < picture.getWidth(); x++) {
                for (int y = 0; y < picture.getHeight(); y++) {
                    red += (picture.getRGB(x, y) & 0xffffff) == 0xffffff ? 0 : 1;
                }
            }
            assertTrue(red > 2000, name + " is empty");
        }
    }

    @Test
    void aBrowserWithoutScriptsShowsTheErrorCurve() {
        assertTrue(html.contains("<noscript><img alt=\"Error rates over epochs\" src=\"data:image/png;base64,"));
    }
}
