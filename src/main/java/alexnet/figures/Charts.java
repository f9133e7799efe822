package alexnet.figures;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts with a transparent background. */
public final class Charts {
    private static final int WIDTH = 820;
    private static final int HEIGHT = 380;
    private static final float STROKE = 2;
    private static final int MARKER = 5;

    /** What a chart says beside its numbers. */
    public record Labels(String title, String x, String y) {}

    private Charts() {}

    /**
     * @param labels title and axes
     * @param lines by name, in order: {@code {x…}, {y…}}
     * @return lines through the points
     */
    public static BufferedImage lines(Labels labels, Map<String, double[][]> lines) {
        return image(xy(labels, lines, XYSeriesRenderStyle.Line));
    }

    /**
     * @param labels title and axes
     * @param lines by name, in order: {@code {x…}, {y…}}
     * @param bottom where the upright axis begins
     * @param top where it ends; what lies outside is cut off
     * @return lines through the points
     */
    public static BufferedImage linesWithin(Labels labels, Map<String, double[][]> lines, double bottom, double top) {
        XYChart chart = xy(labels, lines, XYSeriesRenderStyle.Line);
        chart.getStyler().setYAxisMin(bottom).setYAxisMax(top);
        return image(chart);
    }

    /**
     * @param labels title and axes
     * @param points by name, in order: {@code {x…}, {y…}}
     * @return the points alone
     */
    public static BufferedImage points(Labels labels, Map<String, double[][]> points) {
        return image(xy(labels, points, XYSeriesRenderStyle.Scatter));
    }

    private static XYChart xy(Labels labels, Map<String, double[][]> series, XYSeriesRenderStyle kind) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        label(chart, labels);
        style(chart.getStyler(), series.size());
        chart.getStyler().setDefaultSeriesRenderStyle(kind).setMarkerSize(MARKER);
        int i = 0;
        for (Map.Entry<String, double[][]> entry : series.entrySet()) {
            XYSeries line = chart.addSeries(entry.getKey(), entry.getValue()[0], entry.getValue()[1]);
            line.setLineColor(Ink.series(i)).setLineStyle(new BasicStroke(STROKE));
            line.setMarkerColor(Ink.series(i));
            line.setMarker(kind == XYSeriesRenderStyle.Line ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            i++;
        }
        return chart;
    }

    /**
     * @param labels title and axes
     * @param names what stands below the bars
     * @param bars by name, in order: a height for each of the names
     * @return upright bars, those of one name side by side
     */
    public static BufferedImage bars(Labels labels, List<String> names, Map<String, double[]> bars) {
        CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
        label(chart, labels);
        style(chart.getStyler(), bars.size());
        chart.getStyler().setXAxisTickMarkSpacingHint(1); // else every other name is left out
        int i = 0;
        for (Map.Entry<String, double[]> entry : bars.entrySet()) {
            chart.addSeries(
                            entry.getKey(),
                            names,
                            java.util.Arrays.stream(entry.getValue()).boxed().toList())
                    .setFillColor(Ink.series(i++));
        }
        return image(chart);
    }

    private static void label(AxesChart<?, ?> chart, Labels labels) {
        chart.setTitle(labels.title());
        chart.setXAxisTitle(labels.x());
        chart.setYAxisTitle(labels.y());
    }

    private static void style(AxesChartStyler styler, int series) {
        styler.setChartBackgroundColor(Ink.CLEAR)
                .setChartFontColor(Ink.TEXT)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(Ink.font(15))
                .setPlotBackgroundColor(Ink.CLEAR)
                .setPlotBorderVisible(false)
                .setLegendVisible(series > 1)
                .setLegendBackgroundColor(Ink.CLEAR)
                .setLegendBorderColor(Ink.CLEAR)
                .setLegendFont(Ink.font(13))
                .setLegendPosition(LegendPosition.OutsideE);
        styler.setAxisTickLabelsColor(Ink.TEXT)
                .setAxisTickMarksColor(Ink.RULE)
                .setAxisTitleFont(Ink.font(13))
                .setAxisTickLabelsFont(Ink.font(12))
                .setPlotGridLinesColor(Ink.RULE)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesStroke(new BasicStroke(1));
    }

    private static BufferedImage image(Chart<?, ?> chart) {
        BufferedImage sheet = Ink.sheet(chart.getWidth(), chart.getHeight());
        Graphics2D pen = Ink.pen(sheet);
        chart.paint(pen, sheet.getWidth(), sheet.getHeight());
        pen.dispose();
        return sheet;
    }
}
