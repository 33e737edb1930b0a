package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.probe.Program;
import dev.rookery.proxy.route.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Caddy's program, asked what it can do and whether it would take a configuration. What that leaves behind is in a folder of its own: looking at a
 * configuration makes authorities and log files.
 */
public final class CaddyBinary {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int SAID_MAX = 500;

    private final String program;
    private final Path folder;

    /** Creates what asks a program, which may write into a folder. */
    public CaddyBinary(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Returns version and modules. */
    public EngineFeatures features() {
        var version = ask("version").text().strip().split("[ \n]", -1)[0];
        var modules = ask("list-modules")
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("[a-z0-9_.]+"))
                .collect(Collectors.toSet());
        return new EngineFeatures(EngineKind.CADDY, version, modules);
    }

    private Program.Said ask(String question) {
        var said = Program.run(List.of(program, question), environment(), TIMEOUT);
        if (said.code() != 0) {
            throw new EngineException(
                    Problem.UNAVAILABLE, program + " " + question + ": " + Shown.of(said.text(), SAID_MAX));
        }
        return said;
    }

    /** Returns what the program says against a configuration; empty if it would take it. */
    public Optional<String> validate(Json config) {
        try {
            Files.createDirectories(folder);
            var file = Files.createTempFile(folder, "candidate", ".json");
            try {
                Files.write(file, ProxyJson.canonical(harmless(config)));
                var said =
                        Program.run(List.of(program, "validate", "--config", file.toString()), environment(), TIMEOUT);
                return said.code() == 0 ? Optional.empty() : Optional.of(last(Withheld.from(said.text(), config)));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EngineException(Problem.UNAVAILABLE, folder + " cannot be written", e);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME", folder.toString(),
                "XDG_DATA_HOME", folder.resolve("data").toString(),
                "XDG_CONFIG_HOME", folder.resolve("config").toString());
    }

    /** The reason is the last of what it says. */
    private static String last(String said) {
        var lines = new ArrayList<>(said.lines().filter(line -> !line.isBlank()).toList());
        return lines.isEmpty() ? "no reason given" : Shown.of(lines.get(lines.size() - 1), SAID_MAX);
    }

    /** Leaves out what would be done to the outside just by looking: health checks, log files, the real folder of certificates. */
    private static Json harmless(Json config) {
        if (!(config instanceof Json.Obj object)) {
            return config;
        }
        var members = new LinkedHashMap<String, Json>();
        object.members().forEach((name, member) -> {
            if (name.equals("logging")) {
                members.put(name, silent(member, 2));
            } else if (!name.equals("storage")) {
                members.put(name, still(member));
            }
        });
        return new Json.Obj(members);
    }

    private static Json silent(Json value, int depth) {
        if (!(value instanceof Json.Obj object)) {
            return value;
        }
        var members = new LinkedHashMap<String, Json>();
        object.members().forEach((name, member) -> {
            if (depth > 0) {
                members.put(name, silent(member, depth - 1));
            } else {
                members.put(
                        name,
                        name.equals("writer") ? Tree.of("output", "discard").json() : member);
            }
        });
        return new Json.Obj(members);
    }

    private static Json still(Json value) {
        if (value instanceof Json.Array array) {
            var items = array.items().stream().map(CaddyBinary::still).toList();
            return same(items, array.items()) ? array : new Json.Array(items);
        }
        if (!(value instanceof Json.Obj object)) {
            return value;
        }
        boolean proxy = object.members().get("handler") instanceof Json.Text text
                && text.value().equals("reverse_proxy");
        var members = new LinkedHashMap<String, Json>();
        object.members().forEach((name, member) -> {
            if (proxy && name.equals("health_checks") && member instanceof Json.Obj checks) {
                var passive = new LinkedHashMap<>(checks.members());
                passive.remove("active");
                members.put(name, new Json.Obj(passive));
            } else {
                members.put(name, still(member));
            }
        });
        return same(members.values(), object.members().values()) ? object : new Json.Obj(members);
    }

    /** What has nothing to leave out, which is nearly all of it, is not copied. */
    @SuppressWarnings("ReferenceEquality") // Comparing them would take as long as copying.
    private static boolean same(Collection<Json> some, Collection<Json> others) {
        var other = others.iterator();
        for (var one : some) {
            if (!other.hasNext() || one != other.next()) {
                return false;
            }
        }
        return !other.hasNext();
    }
}
