package alexnet.dashboard;

import alexnet.run.AtomicFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a run as pictures, for where no browser is: over epochs, rate drops marked. */
final class CurveImages {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 675;
    private static final Color TOP1 = new Color(0xc2334b);
    private static final Color TOP5 = new Color(0x1f6fc9);
    private static final Color PLAIN = new Color(0x2c7a5b);
    private static final Color RULE = new Color(0xe2e6ec);
    private static final Color QUIET = new Color(0x5b6675);
    private static final BasicStroke THIN = new BasicStroke(1.2f);
    private static final BasicStroke STRONG = new BasicStroke(2.4f);
    private static final BasicStroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 5}, 0);

    private final JsonNode about;
    private final List<JsonNode> steps = new ArrayList<>();
    private final List<JsonNode> epochs = new ArrayList<>();

    /**
     * @param about the run, as {@link RunFiles#about} gives it
     * @param lines of its log
     */
    CurveImages(JsonNode about, Iterable<JsonNode> lines) {
        this.about = about;
        for (JsonNode line : lines) {
            switch (line.path("event").asText()) {
                case "step" -> steps.add(line);
                case "epoch" -> epochs.add(line);
                default -> {} // a change of the recipe has no point on a curve
            }
        }
    }

    /**
     * Writes {@code curves-error.png}, {@code curves-loss.png} and {@code curves-rate.png}.
     *
     * @param folder the run's
     * @return the picture of the error rates
     * @throws IOException if one cannot be written
     */
    byte[] write(Path folder) throws IOException {
        byte[] error = png(error());
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        pictures.put("error", error);
        pictures.put("loss", png(loss()));
        pictures.put("rate", png(rate()));
        for (var picture : pictures.entrySet()) {
            AtomicFiles.write(
                    folder.resolve("curves-" + picture.getKey() + ".png"), out -> out.write(picture.getValue()));
        }
        return error;
    }

    private static byte[] png(XYChart chart) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out);
        return out.toByteArray();
    }

    private XYChart error() {
        XYChart chart = chart("error rate, %");
        line(
                chart,
                "top-1 training",
                steps,
                line -> 100 * line.path("trainTop1Error").asDouble(),
                TOP1);
        dots(
                chart,
                "top-1 validation",
                line -> 100 * line.path("validationTop1Error").asDouble(),
                TOP1);
        line(
                chart,
                "top-5 training",
                steps,
                line -> 100 * line.path("trainTop5Error").asDouble(),
                TOP5);
        dots(
                chart,
                "top-5 validation",
                line -> 100 * line.path("validationTop5Error").asDouble(),
                TOP5);
        JsonNode reference = about.path("reference");
        reference(chart, "top-1 to beat", reference.path("top1"), TOP1);
        reference(chart, "top-5 to beat", reference.path("top5"), TOP5);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private XYChart loss() {
        XYChart chart = chart("loss, nats");
        line(chart, "training", steps, line -> line.path("trainLoss").asDouble(), TOP5);
        dots(chart, "validation", line -> line.path("validationLoss").asDouble(), TOP1);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private XYChart rate() {
        XYChart chart = chart("learning rate, the largest of all layers");
        List<JsonNode> positive =
                steps.stream().filter(line -> line.path("rate").asDouble() > 0).toList();
        line(chart, "rate", positive, line -> line.path("rate").asDouble(), PLAIN);
        chart.getStyler().setYAxisLogarithmic(true).setYAxisDecimalPattern("0E0");
        return chart;
    }

    private XYChart chart(String axis) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(about.path("name").asText() + ", recipe "
                        + about.path("recipe").asText("unknown"))
                .xAxisTitle("epochs")
                .yAxisTitle(axis)
                .build();
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setAnnotationLineColor(QUIET)
                .setAnnotationLineStroke(DASHED);
        chart.getStyler().setPlotGridLinesColor(RULE).setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setXAxisMin(0.0).setXAxisDecimalPattern("0.#").setXAxisTickMarkSpacingHint(110);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).path("rate").asDouble()
                    != steps.get(i - 1).path("rate").asDouble()) {
                chart.addAnnotation(new AnnotationLine(Math.floor(x(steps.get(i)) - 1e-9), true, false));
            }
        }
        return chart;
    }

    private static double x(JsonNode line) {
        double epoch = line.path("epoch").asDouble();
        return line.has("step")
                ? epoch - 1 + line.path("step").asDouble() / line.path("steps").asDouble()
                : epoch;
    }

    private static void line(
            XYChart chart, String name, List<JsonNode> lines, ToDoubleFunction<JsonNode> value, Color colour) {
        if (!lines.isEmpty()) {
            style(add(chart, name, lines, value), colour, THIN).setMarker(SeriesMarkers.NONE);
        }
    }

    private void dots(XYChart chart, String name, ToDoubleFunction<JsonNode> value, Color colour) {
        if (!epochs.isEmpty()) {
            style(add(chart, name, epochs, value), colour, STRONG).setMarker(SeriesMarkers.CIRCLE);
        }
    }

    private void reference(XYChart chart, String name, JsonNode share, Color colour) {
        if (share.isNumber() && !steps.isEmpty()) {
            double last = Math.max(1, x(steps.get(steps.size() - 1)));
            double percent = 100 * share.asDouble();
            XYSeries series = chart.addSeries(name, new double[] {0, last}, new double[] {percent, percent});
            style(series, colour, DASHED).setMarker(SeriesMarkers.NONE);
        }
    }

    private static XYSeries add(XYChart chart, String name, List<JsonNode> lines, ToDoubleFunction<JsonNode> value) {
        return chart.addSeries(
                name,
                lines.stream().mapToDouble(CurveImages::x).toArray(),
                lines.stream().mapToDouble(value).toArray());
    }

    private static XYSeries style(XYSeries series, Color colour, BasicStroke stroke) {
        series.setLineColor(colour).setLineStyle(stroke);
        series.setMarkerColor(colour);
        return series;
    }
}
