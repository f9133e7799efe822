package alexnet.experiments;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot as PNG, for where no browser draws it. */
final class PlotImage {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 520;
    private static final Color QUIET = new Color(0x5b6675);
    private static final Color RULE = new Color(0xe2e6ec);
    /** As in the style sheet, in the light. */
    private static final int[] COLOURS = {0xc2334b, 0x1f6fc9, 0x2c7a5b, 0xa85f00, 0x7a4bb5, 0x00808a, 0x9a3f8f, 0x5f6b2f
    };

    private static final BasicStroke LINE = new BasicStroke(1.6f);
    private static final BasicStroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 5}, 0);

    private PlotImage() {}

    static byte[] png(Block.Plot plot) throws IOException {
        XYChart chart = empty(plot);
        double factor = plot.share() ? 100 : 1;
        double last = 1;
        for (int i = 0; i < plot.lines().size(); i++) {
            Block.Line line = plot.lines().get(i);
            double[] x = line.points().stream().mapToDouble(point -> point[0]).toArray();
            double[] y = line.points().stream()
                    .mapToDouble(point -> factor * point[1])
                    .toArray();
            if (x.length > 0) {
                last = Math.max(last, x[x.length - 1]);
                XYSeries series = chart.addSeries(line.title() == null ? "line " + i : line.title(), x, y);
                series.setShowInLegend(line.title() != null);
                style(series, new Color(COLOURS[line.style() % COLOURS.length]), LINE);
            }
        }
        if (plot.target() != null) {
            double y = factor * plot.target();
            style(chart.addSeries("target", new double[] {0, last}, new double[] {y, y}), QUIET, DASHED);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out);
        return out.toByteArray();
    }

    private static XYChart empty(Block.Plot plot) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(plot.title())
                .xAxisTitle("epochs")
                .yAxisTitle(plot.share() ? "%" : "nats")
                .build();
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE);
        chart.getStyler().setPlotGridLinesColor(RULE).setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setXAxisMin(0.0).setXAxisDecimalPattern("0.#").setYAxisMin(0.0);
        return chart;
    }

    private static void style(XYSeries series, Color colour, BasicStroke stroke) {
        series.setLineColor(colour).setLineStyle(stroke);
        series.setMarker(SeriesMarkers.NONE);
    }
}
