package alexnet.experiments;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Findings as one page with the dashboard's own style and charts. Tables and texts are plain HTML; the curves are drawn as
 * SVG by a script in the page, and shown as pictures where scripts are off.
 */
final class HtmlPage {
    private static final Logger LOG = LoggerFactory.getLogger(HtmlPage.class);
    private static final String ASSETS = "/deeplearning4jUiAssets/alexnet/";
    private static final List<String> STYLES = List.of("errors.css", "experiments.css");
    private static final List<String> SCRIPTS =
            List.of("axis.js", "chart.js", "series.js", "pictures.js", "experiments.js");
    /** Nothing is asked of any server. */
    private static final String POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<link rel=\"icon\" href=\"data:,\">\n";

    private final ObjectNode data = new JsonMapper().createObjectNode();
    private final ArrayNode plots = data.putArray("plots");
    private final ArrayNode pictures = data.putArray("pictures");
    private final StringBuilder body = new StringBuilder();

    private HtmlPage() {}

    static String of(List<Findings> findings) {
        HtmlPage page = new HtmlPage();
        page.overview(findings);
        for (Findings each : findings) {
            page.body
                    .append("<section class=\"card wide\" id=\"")
                    .append(each.experiment().name())
                    .append("\">\n");
            ExperimentReport.of(each).forEach(page::add);
            page.body.append("</section>\n");
        }
        return page.whole();
    }

    private void overview(List<Findings> findings) {
        body.append("<section class=\"card wide\"><h2>Overview</h2>\n<ul class=\"overview\">\n");
        for (Findings each : findings) {
            body.append("<li><a href=\"#")
                    .append(each.experiment().name())
                    .append("\">")
                    .append(text(each.experiment().name()))
                    .append("</a> <small>")
                    .append(text(each.experiment().section() + ", " + ExperimentReport.state(each)))
                    .append("</small><br>")
                    .append(text(each.experiment().claim()))
                    .append("</li>\n");
        }
        body.append("</ul>\n");
        add(new Block.Part(Report.CLAIMS));
        body.append("<div class=\"claims\">");
        table(Claims.table(findings));
        body.append("</div></section>\n");
    }

    private void add(Block block) {
        if (block instanceof Block.Heading heading) {
            body.append("<h2>")
                    .append(text(heading.text()))
                    .append(" <span class=\"state\">")
                    .append(text(heading.state()))
                    .append("</span></h2>\n");
        } else if (block instanceof Block.Part part) {
            body.append("<h3>").append(text(part.text())).append("</h3>\n");
        } else if (block instanceof Block.Text paragraph) {
            body.append("<p>").append(text(paragraph.text())).append("</p>\n");
        } else if (block instanceof Block.Failure failure) {
            body.append("<p class=\"failure\"><strong>Not shown yet.</strong> ")
                    .append(text(failure.text()))
                    .append("</p>\n");
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Block.Details details) {
            body.append("<details><summary>")
                    .append(text(details.summary()))
                    .append("</summary><pre>")
                    .append(text(details.text()))
                    .append("</pre></details>\n");
        } else if (block instanceof Block.Plot plot) {
            plot(plot);
        } else if (block instanceof Block.Pictures found) {
            pictures(found);
        }
    }

    private void table(Block.Table table) {
        body.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n<thead><tr>");
        table.head()
                .forEach(cell ->
                        body.append("<th scope=\"col\">").append(text(cell)).append("</th>"));
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            body.append("<tr>")
                    .append(row.stream()
                            .map(cell -> "<td>" + text(cell) + "</td>")
                            .collect(Collectors.joining()))
                    .append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
    }

    private void plot(Block.Plot plot) {
        ObjectNode node = plots.addObject();
        node.put("id", plot.id()).put("title", plot.title()).put("share", plot.share());
        if (plot.target() != null) {
            node.put("target", plot.target());
        }
        ArrayNode lines = node.putArray("lines");
        for (Block.Line line : plot.lines()) {
            ObjectNode each = lines.addObject();
            each.put("key", line.row()).put("style", "v" + line.style() % 8);
            if (line.title() != null) {
                each.put("label", line.title());
            }
            ArrayNode points = each.putArray("points");
            line.points().forEach(point -> points.addArray().add(point[0]).add(point[1]));
        }
        body.append("<h3>")
                .append(text(plot.title()))
                .append("</h3>\n<div id=\"plot-")
                .append(plot.id())
                .append("\"></div>\n<noscript>")
                .append(image(plot))
                .append("</noscript>\n");
    }

    /** Nothing where Java cannot draw, as without any font. */
    private static String image(Block.Plot plot) {
        try {
            return "<img alt=\"" + text(plot.title()) + "\" src=\"data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(PlotImage.png(plot)) + "\">";
        } catch (IOException | RuntimeException | LinkageError | InternalError e) {
            LOG.warn("Plot {} cannot be drawn as PNG ({}), expected fontconfig and a font", plot.id(), e.toString());
            return "";
        }
    }

    private void pictures(Block.Pictures found) {
        pictures.add(found.pictures());
        body.append("<h3>Kernels of ")
                .append(text(found.net()))
                .append(", and guesses on validation pictures <small class=\"pictures-epoch\"></small></h3>\n")
                .append("<div class=\"pictures\"></div>\n");
    }

    private String whole() {
        String style = STYLES.stream().map(HtmlPage::asset).collect(Collectors.joining("\n"));
        String scripts = SCRIPTS.stream()
                .map(name -> "<script>\n" + asset(name) + "</script>\n")
                .collect(Collectors.joining());
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + text(Report.TITLE) + "</title>\n"
                + POLICY + "<style>\n" + style + "</style>\n</head>\n<body>\n<header><h1>" + text(Report.TITLE)
                + "</h1><p>" + text(Report.ABOUT) + "</p></header>\n<main id=\"main\">\n" + body
                + "</main>\n<script type=\"application/json\" id=\"report-data\">"
                + data.toString().replace("<", "\\u003c") // nothing in it can end the script
                + "</script>\n" + scripts + "</body>\n</html>\n";
    }

    private static String text(String plain) {
        return StringEscapeUtils.escapeHtml4(plain);
    }

    private static String asset(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(ASSETS + name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks " + name + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " of this program cannot be read", e);
        }
    }
}
