package alexnet.experiments;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Findings as Markdown. */
final class MarkdownText {
    private MarkdownText() {}

    /**
     * @param findings of each experiment
     * @param picture the address of a plot's picture; null: it is left out
     */
    static String of(List<Findings> findings, Function<Block.Plot, String> picture) {
        StringBuilder text = new StringBuilder("# " + Report.TITLE + "\n\n" + Report.ABOUT + "\n");
        text.append("\n## " + Report.CLAIMS + "\n").append(of(Claims.table(findings)));
        findings.forEach(each -> ExperimentReport.of(each).forEach(block -> text.append(of(block, picture))));
        return text.toString();
    }

    private static String of(Block block, Function<Block.Plot, String> picture) {
        if (block instanceof Block.Heading heading) {
            return "\n## " + heading.text() + "\n\n*" + heading.state() + "*\n";
        }
        if (block instanceof Block.Part part) {
            return "\n### " + part.text() + "\n";
        }
        if (block instanceof Block.Text text) {
            return "\n" + text.text() + "\n";
        }
        if (block instanceof Block.Failure failure) {
            return "\n**Not shown yet.** " + failure.text() + "\n";
        }
        if (block instanceof Block.Table table) {
            return of(table);
        }
        if (block instanceof Block.Plot plot) {
            String address = picture.apply(plot);
            return address == null ? "" : "\n![" + plot.title() + "](" + address + ")\n";
        }
        if (block instanceof Block.Details details) {
            return "\n<details><summary>" + details.summary() + "</summary>\n\n```yaml\n" + details.text()
                    + "```\n\n</details>\n";
        }
        return ""; // kernels and guesses are shown by the HTML alone
    }

    static String of(Block.Table table) {
        String rule = table.head().stream().map(cell -> "---").collect(Collectors.joining("|", "|", "|\n"));
        return "\n" + row(table.head()) + rule
                + table.rows().stream().map(MarkdownText::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
