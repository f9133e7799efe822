package alexnet.notebooks;

import alexnet.notebooks.Notebook.Cell;
import alexnet.notebooks.Notebook.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where an executed notebook differs from the committed one. Pictures are compared by their kind and place only. */
public final class Differences {
    /** With thousands separators; the sign is part of the number unless it follows a letter or digit, as a hyphen does. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])[-+−]?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|\\d+(?:\\.\\d+)?");

    private Differences() {}

    /**
     * @param committed what is expected
     * @param executed what was given
     * @return one sentence for each difference. Numbers may differ by one unit in the last place printed, or by the cell's
     *     tolerance or factor; all other text must be the same
     */
    public static List<String> of(Notebook committed, Notebook executed) {
        List<String> differences = new ArrayList<>();
        if (committed.cells().size() != executed.cells().size()) {
            return List.of("it has " + executed.cells().size() + " cells with code, committed were "
                    + committed.cells().size());
        }
        for (int i = 0; i < committed.cells().size(); i++) {
            Cell before = committed.cells().get(i);
            compare(before, joined(before), joined(executed.cells().get(i)), differences);
        }
        return differences;
    }

    /** How a kernel cuts its printed text into pieces depends on time. */
    private static List<Output> joined(Cell cell) {
        List<Output> joined = new ArrayList<>();
        for (Output output : cell.outputs()) {
            int last = joined.size() - 1;
            if (last >= 0
                    && output.kind().equals("stdout")
                    && joined.get(last).kind().equals("stdout")) {
                joined.set(last, new Output("stdout", joined.get(last).text() + output.text()));
            } else {
                joined.add(output);
            }
        }
        return joined;
    }

    private static void compare(Cell cell, List<Output> before, List<Output> now, List<String> differences) {
        List<String> kinds = before.stream().map(Output::kind).toList();
        List<String> found = now.stream().map(Output::kind).toList();
        if (!kinds.equals(found)) {
            differences.add("cell " + cell.id() + " gave " + found + ", committed were " + kinds);
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            compare(cell, before.get(i).text(), now.get(i).text(), differences);
        }
    }

    private static void compare(Cell cell, String before, String now, List<String> differences) {
        List<String> expected =
                NUMBER.matcher(before).results().map(MatchResult::group).toList();
        List<String> found =
                NUMBER.matcher(now).results().map(MatchResult::group).toList();
        if (expected.size() != found.size()
                || !NUMBER.matcher(before)
                        .replaceAll("#")
                        .equals(NUMBER.matcher(now).replaceAll("#"))) {
            differences.add(
                    "cell " + cell.id() + " says “" + shortened(now) + "”, committed was “" + shortened(before) + "”");
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!isSame(expected.get(i), found.get(i), cell)) {
                differences.add("cell " + cell.id() + ": number " + (i + 1) + " is " + found.get(i) + ", committed was "
                        + expected.get(i)
                        + (cell.tolerance() > 0 ? " (tolerance " + cell.tolerance() + ")" : "")
                        + (cell.factor() > 1 ? " (factor " + cell.factor() + ")" : ""));
            }
        }
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : line.substring(0, 120) + " …";
    }

    private static boolean isSame(String before, String now, Cell cell) {
        if (before.equals(now)) {
            return true;
        }
        double expected = value(before);
        double found = value(now);
        double difference = Math.abs(expected - found);
        boolean whole = !before.contains(".") && !before.contains("e") && !before.contains("E");
        double rounding = whole ? 0 : lastPlace(before) * 1.000001; // counts must be exact
        double permitted = cell.tolerance() * Math.max(1, Math.abs(expected));
        double times = found / expected; // NaN or infinite at 0, which is within no factor
        return difference <= Math.max(rounding, permitted) || times <= cell.factor() && times >= 1 / cell.factor();
    }

    private static double value(String number) {
        return Double.parseDouble(number.replace(",", "").replace("−", "-"));
    }

    /** One unit in the last place printed: 0.01 for 1.25. */
    private static double lastPlace(String number) {
        String[] parts = number.toLowerCase(java.util.Locale.ROOT).split("e");
        int point = parts[0].indexOf('.');
        int places = point < 0 ? 0 : parts[0].length() - point - 1;
        int exponent = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        return Math.pow(10, exponent - places);
    }
}
