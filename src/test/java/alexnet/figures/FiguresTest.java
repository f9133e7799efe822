package alexnet.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FiguresTest {
    private static final Charts.Labels LABELS = new Charts.Labels("title", "x", "y");

    @Test
    void lettersHaveAContrastOf4AndAHalfAndLinesOf3WithWhiteAndBlack() {
        assertEquals(21, contrast(Color.WHITE, Color.BLACK), 1e-9);
        for (Color page : List.of(Color.WHITE, Color.BLACK)) {
            assertTrue(contrast(Ink.TEXT, page) >= 4.5, "text on " + page + ": " + contrast(Ink.TEXT, page));
            Ink.SERIES.forEach(colour ->
                    assertTrue(contrast(colour, page) >= 3, colour + " on " + page + ": " + contrast(colour, page)));
        }
    }

    /** WCAG 2.2, contrast ratio and relative luminance. */
    private static double contrast(Color a, Color b) {
        double one = luminance(a) + 0.05;
        double other = luminance(b) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int level) {
        double c = level / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    @Test
    void bytesAreRedGreenBlueRowByRow() {
        byte[] rgb = {1, 2, 3, (byte) 200, 5, 6, 7, 8, 9, 10, 11, (byte) 255};
        BufferedImage picture = Pictures.of(rgb, 2, 2);
        assertEquals(0xff010203, picture.getRGB(0, 0));
        assertEquals(0xffc80506, picture.getRGB(1, 0));
        assertEquals(0xff070809, picture.getRGB(0, 1));
        assertEquals(0xff0a0bff, picture.getRGB(1, 1));
    }

    @Test
    void levelsOutside0To255AreCutOff() {
        INDArray levels = Nd4j.createFromArray(-5f, 10.4f, 300f, 0f, 1f, 2f).reshape(3, 1, 2);
        BufferedImage picture = Pictures.ofLevels(levels);
        assertEquals(0xff00ff01, picture.getRGB(0, 0));
        assertEquals(0xff0a0002, picture.getRGB(1, 0));
        assertEquals(0xff0a00ff, Pictures.swatch(10.4, -3, 260).getRGB(0, 0));
    }

    @Test
    void differencesAreGreyAt0AndFullAtTheLargest() {
        INDArray values = Nd4j.createFromArray(0f, 10f, -10f).reshape(3, 1, 1);
        assertEquals(0xff80ff00, Pictures.ofDifferences(values, 10).getRGB(0, 0));
    }

    @Test
    void aMapIsClearAt0AndOpaqueAtTheLargest() {
        INDArray values = Nd4j.createFromArray(0f, 4f, -4f, 2f).reshape(2, 2);
        BufferedImage map = Pictures.map(values);
        assertEquals(0, map.getRGB(0, 0) >>> 24);
        assertEquals(Ink.series(0).getRGB(), map.getRGB(1, 0));
        assertEquals(Ink.series(1).getRGB(), map.getRGB(0, 1));
        assertEquals(0x80, map.getRGB(1, 1) >>> 24);
        assertEquals(0, Pictures.map(Nd4j.zeros(1, 1)).getRGB(0, 0) >>> 24);
    }

    @Test
    void aFrameLeavesWhatIsInsideAsItIsAndDimsTheRest() {
        BufferedImage red = plain(64, 0xffff0000);
        BufferedImage framed = Pictures.outlined(red, new Rectangle(16, 16, 32, 32));
        assertEquals(0xffff0000, framed.getRGB(32, 32));
        int outside = framed.getRGB(4, 4);
        assertTrue((outside >> 16 & 0xff) < 220 && (outside & 0xff) > 60, Integer.toHexString(outside));
        assertEquals(Ink.series(0).getRGB(), framed.getRGB(32, 16));
    }

    @Test
    void oneOverAnotherIsStretchedToItsSize() {
        BufferedImage both = Pictures.over(plain(8, 0xff0000ff), plain(2, 0xff00ff00));
        assertEquals(8, both.getWidth());
        assertEquals(0xff00ff00, both.getRGB(7, 7));
    }

    private static BufferedImage plain(int side, int argb) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < side * side; i++) {
            picture.setRGB(i % side, i / side, argb);
        }
        return picture;
    }

    @Test
    void rowsKeepPixelsAsSquaresAndTheRestIsClear() {
        BufferedImage two = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        two.setRGB(0, 0, 0xff0000);
        two.setRGB(1, 0, 0x0000ff);
        BufferedImage sheet =
                new PictureRows(20).row("").add(two, "").add(two, "").image();
        assertEquals(50, sheet.getWidth());
        assertEquals(20, sheet.getHeight());
        assertEquals(0xffff0000, sheet.getRGB(9, 10));
        assertEquals(0xff0000ff, sheet.getRGB(10, 10));
        assertEquals(0, sheet.getRGB(10, 2) >>> 24, "proportions are kept");
        assertEquals(0, sheet.getRGB(25, 10) >>> 24, "the gap");
        assertEquals(0xffff0000, sheet.getRGB(30, 10));
    }

    @Test
    void largePicturesAreAveraged() {
        BufferedImage checks = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256 * 256; i++) {
            checks.setRGB(i % 256, i / 256, (i + i / 256) % 2 == 0 ? 0xffffff : 0);
        }
        BufferedImage sheet = new PictureRows(50).add(checks, "").image();
        for (int i = 0; i < 50 * 50; i++) {
            assertEquals(127, sheet.getRGB(i % 50, i / 50) & 0xff, 6);
        }
    }

    @Test
    void captionsAreCutToTheirPicture() {
        BufferedImage sheet = new PictureRows(30)
                .add(plain(30, 0), "a caption that is much too long")
                .add(plain(30, 0), "")
                .image();
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 42; x < sheet.getWidth(); x++) {
                assertEquals(0, sheet.getRGB(x, y) >>> 24, x + ", " + y);
            }
        }
    }

    @Test
    void chartsAreClearButForTheirInk() {
        double[][] line = {{0, 1, 2}, {0, 1, 4}};
        for (BufferedImage chart : List.of(
                Charts.lines(LABELS, Map.of("a", line)),
                Charts.points(LABELS, Map.of("a", line)),
                Charts.bars(LABELS, List.of("p", "q"), Map.of("a", new double[] {1, 2})))) {
            assertEquals(0, chart.getRGB(2, 2) >>> 24);
            int inked = 0;
            for (int i = 0; i < chart.getWidth() * chart.getHeight(); i++) {
                int argb = chart.getRGB(i % chart.getWidth(), i / chart.getWidth());
                inked += argb == Ink.series(0).getRGB() ? 1 : 0;
                assertTrue(
                        argb >>> 24 < 255 || (argb & 0xffffff) != 0xffffff && (argb & 0xffffff) != 0, "no page colour");
            }
            assertTrue(inked > 20, inked + " pixels of the first colour");
        }
    }

    /** A level line lies where its value is between the ends of the axis, and is not drawn outside of them. */
    @Test
    void anAxisWithGivenEndsCutsOffWhatIsOutside() {
        double[][] level = {{0, 1, 2}, {2, 2, 2}};
        double middle = row(Charts.linesWithin(LABELS, Map.of("a", level), 1, 3));
        double quarter = row(Charts.linesWithin(LABELS, Map.of("a", level), 1, 5));
        double third = row(Charts.linesWithin(LABELS, Map.of("a", level), 1.5, 3));
        assertTrue(middle < third && third < quarter, middle + " " + third + " " + quarter);
        // rows above the foot of the axis: a half, a third and a quarter of its height
        double height = 4 * (quarter - middle);
        assertEquals(height / 6, third - middle, 2);
        double[][] above = {{0, 1, 2}, {9, 9, 9}};
        BufferedImage empty = Charts.linesWithin(LABELS, Map.of("a", above), 1, 3);
        assertTrue(longestRun(empty, Ink.series(0)) < empty.getWidth() / 10, "only the legend has the colour");
    }

    /** Where the longest run of the first colour lies. */
    private static int row(BufferedImage chart) {
        int best = 0;
        int longest = 0;
        for (int y = 0; y < chart.getHeight(); y++) {
            int run = longestRun(chart.getSubimage(0, y, chart.getWidth(), 1), Ink.series(0));
            best = run > longest ? y : best;
            longest = Math.max(longest, run);
        }
        assertTrue(longest > chart.getWidth() / 2, "the line is " + longest + " pixels long");
        return best;
    }

    @Test
    void aGuessHasABarAsLongAsItsShareAndTheRightOneAnotherColour() {
        double[] shares = {0.5, 0.25, 0};
        BufferedImage bars = GuessBars.of(120, List.of("cat", "dog", "fox"), shares, "dog");
        assertEquals(120, bars.getWidth());
        assertEquals(120, bars.getHeight());
        for (int i = 0; i < 3; i++) {
            Color colour = Ink.series(i == 1 ? 0 : 1);
            assertEquals(
                    Math.round(120 * shares[i]), longestRun(bars.getSubimage(0, 40 * i, 120, 40), colour), "bar " + i);
        }
        assertEquals(0, count(bars.getSubimage(0, 0, 120, 40), Ink.series(0)));
    }

    private static int longestRun(BufferedImage image, Color colour) {
        int longest = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            int run = 0;
            for (int x = 0; x < image.getWidth(); x++) {
                run = image.getRGB(x, y) == colour.getRGB() ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        return longest;
    }

    @Test
    void tablesEscapeTextAndSetNumbersRight() {
        String html =
                new HtmlTable("a <b>", "n").row("x & \"y\" <script>", "1,234.5").toString();
        assertTrue(html.contains("a &lt;b&gt;"), html);
        assertTrue(html.contains("x &amp; &quot;y&quot; &lt;script&gt;"), html);
        assertTrue(html.contains("<td style=\"text-align:right\">1,234.5</td>"), html);
        assertTrue(!html.contains("<script>") && html.startsWith("<table>") && html.endsWith("</table>"), html);
        assertTrue(new HtmlTable("p").row("12 %").toString().contains("right"));
        assertTrue(!new HtmlTable("p").row("12 places").toString().contains("right"));
        String message = assertThrows(IllegalArgumentException.class, () -> new HtmlTable("a", "b").row("1"))
                .getMessage();
        assertTrue(message.contains("1 cells, expected 2"), message);
    }

    @Test
    void linesThatCrossBetweenTowersHaveAColourOfTheirOwn() {
        BufferedImage input = plain(8, 0xff00ff00);
        Towers.Block own = new Towers.Block(2, 13, 48, false, List.of("own"));
        Towers.Block crossing = new Towers.Block(2, 13, 48, true, List.of("both"));
        assertEquals(0, count(new Towers(input).add(own).add(own).image(), Ink.series(0)));
        assertTrue(count(new Towers(input).add(own).add(crossing).image(), Ink.series(0)) > 50);
    }

    private static int count(BufferedImage image, Color colour) {
        int count = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            count += image.getRGB(i % image.getWidth(), i / image.getWidth()) == colour.getRGB() ? 1 : 0;
        }
        return count;
    }
}
