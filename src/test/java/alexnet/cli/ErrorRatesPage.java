package alexnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.run.MetricsLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The page of error rates as a browser shows it. */
record ErrorRatesPage(Browser browser) {
    static final int WIDE = 1280;
    private static final int NARROW = 390;

    /** What the page shows is the log, or while the training goes on, its beginning. */
    void checkCurves(Path run, boolean whole) throws IOException {
        // read after the page, so that it has every line that is shown
        Object shown = browser.run("return Object.fromEntries(Object.entries(errorRates.charts).map(([name, chart]) =>"
                + " [name, Object.fromEntries(chart.shown.series.map(s => [s.key, s.points]))]))");
        List<JsonNode> log = MetricsLog.read(run.resolve("metrics.jsonl"));
        checkCurve(shown, "error", "top1-raw", log, "step", "trainTop1Error", whole);
        checkCurve(shown, "error", "top5-raw", log, "step", "trainTop5Error", whole);
        checkCurve(shown, "error", "top1-validation", log, "epoch", "validationTop1Error", whole);
        checkCurve(shown, "error", "top5-validation", log, "epoch", "validationTop5Error", whole);
        checkCurve(shown, "loss", "loss-raw", log, "step", "trainLoss", whole);
        checkCurve(shown, "loss", "loss-validation", log, "epoch", "validationLoss", whole);
        checkCurve(shown, "rate", "rate", log, "step", "rate", whole);
        checkCurve(shown, "speed", "speed-raw", log, "step", "imagesPerSecond", whole);
    }

    private static void checkCurve(
            Object shown, String chart, String key, List<JsonNode> log, String event, String field, boolean whole) {
        ToDoubleFunction<JsonNode> x = line -> event.equals("epoch")
                ? line.get("epoch").asDouble()
                : line.get("epoch").asDouble()
                        - 1
                        + line.get("step").asDouble() / line.get("steps").asDouble();
        List<JsonNode> lines = log.stream()
                .filter(line -> line.get("event").asText().equals(event))
                .toList();
        List<?> points = (List<?>) ((Map<?, ?>) ((Map<?, ?>) shown).get(chart)).get(key);
        assertFalse(points.isEmpty(), key);
        assertTrue(whole ? points.size() == lines.size() : points.size() <= lines.size(), key);
        for (int i = 0; i < points.size(); i++) {
            List<?> point = (List<?>) points.get(i);
            assertEquals(x.applyAsDouble(lines.get(i)), ((Number) point.get(0)).doubleValue(), 1e-12, key);
            assertEquals(lines.get(i).get(field).asDouble(), ((Number) point.get(1)).doubleValue(), 1e-12, key);
        }
    }

    void shoot(String name) throws IOException {
        for (int width : new int[] {WIDE, NARROW}) {
            for (String scheme : List.of("light", "dark")) {
                browser.look(width, scheme);
                browser.until("Math.abs(document.querySelector('#chart-error svg[tabindex]').clientWidth"
                        + " - document.querySelector('#chart-error .plot').clientWidth) < 2");
                assertEquals(
                        browser.text("document.documentElement.clientWidth"),
                        browser.text("document.documentElement.scrollWidth"),
                        "It has to be scrolled sideways at " + width);
                browser.screenshot(name + "-" + width + "-" + scheme);
            }
        }
        browser.look(WIDE, "light");
    }
}
