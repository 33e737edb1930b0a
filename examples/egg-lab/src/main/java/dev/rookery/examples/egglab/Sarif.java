package dev.rookery.examples.egglab;

import static dev.rookery.examples.egglab.ReportFormat.number;
import static dev.rookery.examples.egglab.ReportFormat.object;

import dev.rookery.api.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports in the form of SARIF 2.1.0, which code hosts show beside the lines of a file. */
final class Sarif {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private final List<String> ruleIds = new ArrayList<>();
    private final List<Json> rules = new ArrayList<>();
    private final List<Json> results = new ArrayList<>();

    private Sarif() {}

    static Json log(List<FileReport> reports) {
        var sarif = new Sarif();
        for (var report : reports) {
            report.remarks().forEach(remark -> sarif.add(report.file(), remark));
        }
        var driver = object("name", "Rookery egg lab", "rules", new Json.Array(sarif.rules));
        var run = object(
                "tool",
                object("driver", driver),
                "columnKind",
                "utf16CodeUnits",
                "results",
                new Json.Array(sarif.results));
        return object("$schema", SCHEMA, "version", "2.1.0", "runs", new Json.Array(List.of(run)));
    }

    private void add(String file, Remark remark) {
        var level = ReportFormat.word(remark.severity());
        int rule = ruleIds.indexOf(remark.code());
        if (rule < 0) {
            rule = ruleIds.size();
            ruleIds.add(remark.code());
            rules.add(rule(remark, level));
        }
        var text = remark.path().isEmpty() ? remark.message() : remark.path() + ": " + remark.message();
        results.add(object(
                "ruleId", remark.code(),
                "ruleIndex", number(rule),
                "level", level,
                "message", object("text", text),
                "locations", new Json.Array(List.of(location(file, remark)))));
    }

    private static Json rule(Remark remark, String level) {
        var advice = remark.advice().isEmpty() ? remark.title() : remark.advice();
        return object(
                "id", remark.code(),
                "shortDescription", object("text", remark.title()),
                "help", object("text", advice),
                "defaultConfiguration", object("level", level));
    }

    private static Json location(String file, Remark remark) {
        Map<String, Json> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", object("uri", uri(file)));
        remark.place()
                .ifPresent(place -> physical.put(
                        "region", object("startLine", number(place.line()), "startColumn", number(place.column()))));
        var location = new LinkedHashMap<String, Json>();
        location.put("physicalLocation", new Json.Obj(physical));
        if (!remark.path().isEmpty()) {
            location.put(
                    "logicalLocations",
                    new Json.Array(List.of(object("fullyQualifiedName", remark.path(), "kind", "member"))));
        }
        return new Json.Obj(location);
    }

    private static String uri(String file) {
        if (file.equals(EggFiles.STANDARD_INPUT)) {
            return "stdin";
        }
        try {
            // A relative path whose first step has a colon would be taken for a scheme.
            var path = file.replace('\\', '/');
            return new URI(null, null, path.indexOf(':') < 0 || path.startsWith("/") ? path : "./" + path, null)
                    .toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("file: " + file, e);
        }
    }
}
