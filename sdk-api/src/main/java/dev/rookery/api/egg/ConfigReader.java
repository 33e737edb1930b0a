package dev.rookery.api.egg;

import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code config}, whose members are structures or texts that hold them. Source: eggs §4. */
final class ConfigReader {

    private static final Set<String> PARSERS =
            Set.of("file", "properties", "ini", "json", "yaml", "yml", "xml", "toml");

    private final EggDocument documents;
    private final Warnings warnings;
    private final Map<String, Json> extras = new LinkedHashMap<>();

    ConfigReader(EggDocument documents, Warnings warnings) {
        this.documents = documents;
        this.warnings = warnings;
    }

    /**
     * What was read.
     *
     * @param config the configuration
     * @param extras members that the configuration has no place for
     */
    record Result(EggConfig config, Map<String, Json> extras) {}

    Result read(EggNode config) {
        var node = decoded(config);
        extras.putAll(node.others(Set.of("files", "startup", "logs", "stop")));
        var files = files(node.member("files"));
        var startup = startup(node.member("startup"));
        var logs = decoded(node.member("logs")).json();
        var stop = node.member("stop");
        warnOfStop(stop);
        return new Result(new EggConfig(files, startup, logs, stop.text()), extras);
    }

    /** Returns what a text holds; a text that holds no JSON is set aside. */
    private EggNode decoded(EggNode node) {
        if (!(node.json() instanceof Json.Text text) || text.value().isBlank()) {
            return node;
        }
        try {
            return new EggNode(documents.parse(text.value(), node), node.path(), warnings);
        } catch (EggException e) {
            if (e.reason() != Reason.MALFORMED) {
                throw e;
            }
            node.warn(EggRule.NOT_JSON_TEXT, "is a text that is not JSON; left aside");
            extras.put(node.path().substring(node.path().lastIndexOf('.') + 1), text);
            return new EggNode(Placed.nothing(node.place()), node.path(), warnings);
        }
    }

    private Map<String, EggConfig.File> files(EggNode node) {
        var files = new LinkedHashMap<String, EggConfig.File>();
        var leftAside = new LinkedHashMap<String, Json>();
        decoded(node).map().forEach((name, file) -> {
            if (file.json() instanceof Json.Obj && !file.member("find").absent()) {
                files.put(name, file(file));
            } else {
                file.warn(EggRule.LEFT_ASIDE, "has no 'find'; left aside");
                leftAside.put(name, file.json());
            }
        });
        if (!leftAside.isEmpty()) {
            extras.put("files", new Json.Obj(leftAside));
        }
        return files;
    }

    private static EggConfig.File file(EggNode node) {
        var parser = node.member("parser");
        if (!PARSERS.contains(parser.text())) {
            parser.warn(
                    EggRule.UNKNOWN_PARSER,
                    Warnings.quote(parser.text()) + " (expected: one of file, properties, ini, json, yaml, xml, toml);"
                            + " a node will leave the file as it is");
        }
        var find = new LinkedHashMap<String, Json>();
        node.member("find").map().forEach((match, value) -> {
            if (value.json() instanceof Json.Array) {
                value.warn(
                        EggRule.FIND_LIST,
                        "is a list (expected: a value, or an object of present and new values); it has no effect");
            }
            find.put(match, value.json());
        });
        return new EggConfig.File(parser.text(), find, node.others(Set.of("parser", "find")));
    }

    private EggConfig.Startup startup(EggNode node) {
        var startup = decoded(node);
        var done = startup.member("done");
        List<String> texts = new ArrayList<>();
        if (done.json() instanceof Json.Array || done.json() instanceof Json.Obj) {
            done.list().stream().filter(entry -> !entry.absent()).forEach(entry -> texts.add(entry.text()));
        } else if (!done.absent()) {
            texts.add(done.text());
        }
        if (texts.isEmpty()) {
            done.warn(EggRule.NO_DONE, "is missing; a server will never be seen as started");
        } else if (texts.contains("")) {
            done.warn(EggRule.EMPTY_DONE, "holds an empty text; a server counts as started with its first line");
        }
        return new EggConfig.Startup(
                texts, startup.member("strip_ansi").truth(), startup.others(Set.of("done", "strip_ansi")));
    }

    private static void warnOfStop(EggNode stop) {
        var text = stop.text();
        if (text.isBlank()) {
            stop.warn(EggRule.NO_STOP, "is missing; the container engine will stop the process");
        } else if (text.startsWith("^") && !StopAction.Signal.known(text.substring(1))) {
            stop.warn(EggRule.UNKNOWN_SIGNAL, Warnings.quote(text) + " is no known signal; SIGKILL will be sent");
        }
    }
}
