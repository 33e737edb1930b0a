package dev.rookery.examples.egglab;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.egg.EggRule.Severity;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How reports are printed. */
enum ReportFormat {
    /** For people. */
    TEXT {
        @Override
        void print(List<FileReport> reports, PrintWriter out) {
            for (var report : reports) {
                report.output().ifPresent(output -> out.println(Printable.line(report.file() + " -> " + output)));
                report.remarks().forEach(remark -> print(report.file(), remark, out));
            }
            out.println(summary(reports));
        }

        private void print(String file, Remark remark, PrintWriter out) {
            var place = remark.place().map(at -> ":" + at).orElse("");
            var path = remark.path().isEmpty() ? "" : remark.path() + ": ";
            out.println(Printable.line(file + place + ": " + word(remark.severity()) + ": " + path + remark.message()
                    + " [" + remark.code() + "]"));
            if (!remark.advice().isEmpty()) {
                out.println("    " + Printable.line(remark.advice()));
            }
        }

        private String summary(List<FileReport> reports) {
            var counts = new StringBuilder();
            for (var severity : Severity.values()) {
                long count = reports.stream()
                        .flatMap(report -> report.remarks().stream())
                        .filter(remark -> remark.severity() == severity)
                        .count();
                counts.append(counts.isEmpty() ? "" : ", ").append(plural(count, word(severity)));
            }
            return plural(reports.size(), "egg") + ": " + counts;
        }

        private String plural(long count, String word) {
            return count + " " + word + (count == 1 ? "" : "s");
        }
    },

    /** For programs. */
    JSON {
        @Override
        void print(List<FileReport> reports, PrintWriter out) {
            out.println(WireJson.writeText(
                    new Json.Array(reports.stream().map(ReportFormat::json).toList())));
        }
    },

    /** For code hosts and editors: SARIF 2.1.0. */
    SARIF {
        @Override
        void print(List<FileReport> reports, PrintWriter out) {
            out.println(WireJson.writeText(Sarif.log(reports)));
        }
    };

    /** Prints reports. */
    abstract void print(List<FileReport> reports, PrintWriter out);

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static Json json(FileReport report) {
        var members = new LinkedHashMap<String, Json>();
        members.put("file", new Json.Text(report.file()));
        members.put("format", report.format().<Json>map(Json.Text::new).orElse(Json.Null.INSTANCE));
        report.output().ifPresent(output -> members.put("output", new Json.Text(output)));
        members.put(
                "findings",
                new Json.Array(report.remarks().stream().map(ReportFormat::json).toList()));
        return new Json.Obj(members);
    }

    private static Json json(Remark remark) {
        var members = new LinkedHashMap<String, Json>();
        members.put("severity", new Json.Text(word(remark.severity())));
        members.put("code", new Json.Text(remark.code()));
        members.put("path", new Json.Text(remark.path()));
        remark.place().ifPresent(place -> {
            members.put("line", number(place.line()));
            members.put("column", number(place.column()));
        });
        members.put("message", new Json.Text(remark.message()));
        members.put("advice", new Json.Text(remark.advice()));
        return new Json.Obj(members);
    }

    static Json number(int value) {
        return new Json.Num(BigDecimal.valueOf(value));
    }

    static Json object(Object... namesAndValues) {
        Map<String, Json> members = new LinkedHashMap<>();
        var pairs = Arrays.asList(namesAndValues).iterator();
        while (pairs.hasNext()) {
            var name = (String) pairs.next();
            var value = pairs.next();
            members.put(name, value instanceof Json json ? json : new Json.Text((String) value));
        }
        return new Json.Obj(members);
    }
}
