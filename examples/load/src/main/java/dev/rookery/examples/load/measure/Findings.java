package dev.rookery.examples.load.measure;

import dev.rookery.api.dialect.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was found.
 *
 * @param title what was measured
 * @param conditions under which, a line each
 * @param rows the figures
 * @param wrong what must not have been, a sentence each
 */
record Findings(String title, List<String> conditions, List<Row> rows, List<String> wrong) {

    Findings {
        conditions = List.copyOf(conditions);
        rows = List.copyOf(rows);
        wrong = List.copyOf(wrong);
    }

    /**
     * A figure.
     *
     * @param what what was measured
     * @param figure what came out, with its unit
     * @param yardstick what it is compared with, empty for nothing
     * @param ratio the figure by the yardstick
     * @param aim what was wanted, empty for nothing
     * @param kept whether that was reached
     */
    record Row(
            String what, String figure, String yardstick, Optional<Double> ratio, String aim, Optional<Boolean> kept) {

        static Row figure(String what, String figure) {
            return new Row(what, figure, "", Optional.empty(), "", Optional.empty());
        }

        static Row aimed(String what, String figure, String aim, boolean kept) {
            return new Row(what, figure, "", Optional.empty(), aim, Optional.of(kept));
        }

        static Row compared(String what, String figure, String yardstick, double ratio) {
            return new Row(what, figure, yardstick, Optional.of(ratio), "", Optional.empty());
        }

        /** A ratio that should be at least so much. */
        static Row atLeast(String what, String figure, String yardstick, double ratio, double least) {
            return new Row(
                    what,
                    figure,
                    yardstick,
                    Optional.of(ratio),
                    ">= " + String.format(Locale.ROOT, "%.2f", least),
                    Optional.of(ratio >= least));
        }
    }

    boolean right() {
        return wrong.isEmpty();
    }

    boolean aimsKept() {
        return rows.stream().allMatch(row -> row.kept().orElse(true));
    }

    /** Returns the findings for people, as Markdown. */
    String text() {
        var text = new StringBuilder("# ").append(title).append("\n\n");
        conditions.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n| | measured | yardstick | ratio | wanted | |\n|---|---|---|---|---|---|\n");
        for (var row : rows) {
            text.append("| ")
                    .append(String.join(
                            " | ",
                            row.what(),
                            row.figure(),
                            row.yardstick(),
                            row.ratio()
                                    .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                    .orElse(""),
                            row.aim(),
                            row.kept().map(kept -> kept ? "kept" : "missed").orElse("")))
                    .append(" |\n");
        }
        if (!right()) {
            text.append("\n## Wrong\n\n");
            wrong.forEach(line -> text.append("- ").append(line).append('\n'));
        }
        return text.append('\n').toString();
    }

    /** Returns the findings for programs. */
    String json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("title", title);
        json.put("conditions", conditions);
        json.put("rows", rows.stream().map(Findings::json).toList());
        json.put("wrong", wrong);
        return WireJson.writeText(json) + "\n";
    }

    private static Object json(Row row) {
        var json = new LinkedHashMap<String, Object>();
        json.put("what", row.what());
        json.put("measured", row.figure());
        if (!row.yardstick().isEmpty()) {
            json.put("yardstick", row.yardstick());
        }
        row.ratio().ifPresent(ratio -> json.put("ratio", ratio));
        if (!row.aim().isEmpty()) {
            json.put("wanted", row.aim());
        }
        row.kept().ifPresent(kept -> json.put("kept", kept));
        return json;
    }
}
