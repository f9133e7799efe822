package alexnet.figures;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.text.StringEscapeUtils;

/** A table as HTML without colours of its own: it takes the page's. */
public final class HtmlTable {
    private static final String NUMBER = "[-+]?[\\d,.]+( ?%| ?×)?";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param head the columns' titles */
    public HtmlTable(String... head) {
        this.head = List.of(head);
    }

    /**
     * Adds a row.
     *
     * @param cells texts, or anything else by its {@code toString}; numbers are set flush right
     * @return this
     * @throws IllegalArgumentException if there are more or fewer than columns
     */
    public HtmlTable row(Object... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException("The row has " + cells.length + " cells, expected " + head.size()
                    + ", one for each column. Add or remove some.");
        }
        rows.add(java.util.Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /** @return {@code <table>…</table>}, with line breaks between rows */
    @Override
    public String toString() {
        StringBuilder html = new StringBuilder("<table>\n<tr>");
        head.forEach(title -> html.append(cell("th", title)));
        html.append("</tr>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(text -> html.append(cell("td", text)));
            html.append("</tr>\n");
        }
        return html.append("</table>").toString();
    }

    private static String cell(String tag, String text) {
        String align = text.matches(NUMBER) ? "right" : "left";
        return "<" + tag + " style=\"text-align:" + align + "\">" + StringEscapeUtils.escapeHtml4(text) + "</" + tag
                + ">";
    }
}
