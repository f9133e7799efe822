package alexnet.dashboard;

import alexnet.run.AtomicFiles;
import alexnet.run.MetricsLog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page of error rates as one file that needs nothing else, {@code report.html}. */
final class RunReport {
    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);
    private static final String FILE = "report.html";
    /** Nothing is asked of any server. */
    private static final String POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<link rel=\"icon\" href=\"data:,\">\n";

    private static final Pattern SCRIPT = Pattern.compile("<script src=\"/assets/([^\"]*)\" defer>");

    private RunReport() {}

    /**
     * @param files of a run with a log
     * @throws IOException if something cannot be read or written
     */
    static void write(RunFiles files) throws IOException {
        RunView view = new RunView();
        ObjectNode about = files.about(files.name());
        for (JsonNode line : MetricsLog.read(files.folder().metrics())) {
            view.add(RunFiles.compact((ObjectNode) line));
        }
        ObjectNode run = view.since(-1, 0);
        run.set("about", about);
        ObjectNode data = RunFiles.JSON.createObjectNode();
        data.set("run", run);
        List<Integer> epochs = files.pictureEpochs();
        ObjectNode pictures = data.putObject("pictures");
        if (!epochs.isEmpty()) {
            int last = epochs.get(epochs.size() - 1);
            run.putArray("pictures").add(last);
            pictures.set(String.valueOf(last), RunFiles.JSON.readTree(Files.readString(files.pictures(last))));
        }
        String html = page(data, curves(files, about, run.get("lines")));
        AtomicFiles.write(files.folder().path().resolve(FILE), html);
    }

    /** The picture for browsers without scripts; nothing where Java cannot draw, as without any font. */
    private static String curves(RunFiles files, JsonNode about, Iterable<JsonNode> lines) {
        try {
            byte[] png = new CurveImages(about, lines).write(files.folder().path());
            return "<noscript><img alt=\"Error rates over epochs\" src=\"data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(png) + "\"></noscript>\n";
        } catch (IOException | RuntimeException | LinkageError | InternalError e) {
            LOG.warn(
                    "The curves of {} cannot be drawn as PNG ({}), expected a writable folder, fontconfig and a font",
                    files.folder().path(),
                    e.toString());
            return "";
        }
    }

    private static String page(ObjectNode data, String curves) {
        String page = Assets.text("alexnet/errors.html");
        StringBuilder scripts = new StringBuilder(curves)
                .append("<script type=\"application/json\" id=\"report-data\">")
                .append(data.toString().replace("<", "\\u003c")) // nothing in it can end the script
                .append("</script>\n");
        Matcher script = SCRIPT.matcher(page);
        while (script.find()) {
            scripts.append("<script>\n").append(Assets.text(script.group(1))).append("</script>\n");
        }
        String style = "<style>\n" + Assets.text("alexnet/errors.css") + "</style>";
        page = replace(page, "<!-- files -->", "<!-- /files -->", POLICY + style);
        page = replace(page, "<!-- navigation -->", "<!-- /navigation -->", "");
        return replace(page, "<!-- data -->", "<!-- data -->", scripts.toString());
    }

    private static String replace(String page, String from, String to, String with) {
        int start = page.indexOf(from);
        int end = page.indexOf(to) + to.length();
        return page.substring(0, start) + with + page.substring(end);
    }
}
