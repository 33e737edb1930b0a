package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for placeholders that name nothing, or stand where nobody replaces them. Source: eggs §9.1, §9.2, §9.4. */
final class PlaceholderLint {

    private static final Pattern WHOLE = Pattern.compile("\\{\\{([^{}\\n]{0,200})}}");
    private static final Pattern BROKEN = Pattern.compile(
            "(?<!\\{)\\{\\{[A-Za-z0-9_.]{2,80}}(?!})|(?<![{$])\\{[A-Za-z0-9_]+\\.[A-Za-z0-9_.]{2,80}}}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");
    private static final String[] OF_ENVIRONMENT = {
        "server.build.environment.", "server.build.env.", "server.environment.", "env."
    };
    private static final Set<String> OF_NODE = Set.of(
            "SERVER_MEMORY",
            "SERVER_IP",
            "SERVER_PORT",
            "TZ",
            "STARTUP",
            "P_SERVER_UUID",
            "P_SERVER_LOCATION",
            "P_SERVER_ALLOCATION_LIMIT",
            "INTERNAL_IP",
            "HOME",
            "USER",
            "HOSTNAME");
    private static final Set<String> OF_SERVER = Set.of(
            "server.build.default.ip",
            "server.build.default.port",
            "server.allocations.default.ip",
            "server.allocations.default.port",
            "server.build.memory",
            "server.build.memory_limit",
            "server.build.swap",
            "server.build.disk",
            "server.build.disk_space",
            "server.build.cpu",
            "server.build.cpu_limit",
            "server.build.io",
            "server.build.io_weight",
            "server.build.threads",
            "server.uuid",
            "server.id");

    private PlaceholderLint() {}

    static void check(Egg egg, EggFindings found) {
        var names = egg.variables().stream().map(EggVariable::envVariable).collect(Collectors.toSet());
        names.addAll(OF_NODE);
        var inAnyCase = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        inAnyCase.addAll(names);
        ProcessLint.commands(egg).forEach((path, command) -> startup(path, command, names, inAnyCase, found));
        boolean pterodactyl = egg.format().pterodactyl();
        egg.config().files().forEach((name, file) -> file(name, file, names, pterodactyl, found));
        script(egg.installation().script(), found);
    }

    private static void startup(
            String path, String command, Set<String> names, NavigableSet<String> inAnyCase, EggFindings found) {
        keys(command, key -> {
            var name = key.strip();
            if (!name.equals(key)) {
                found.add(EggRule.BROKEN_PLACEHOLDER, path, shown(key) + " has blanks; no panel replaces it");
            } else if (PLAIN.matcher(name).matches() && !names.contains(name)) {
                var other = Optional.ofNullable(inAnyCase.floor(name)).filter(name::equalsIgnoreCase);
                found.add(
                        EggRule.UNKNOWN_PLACEHOLDER,
                        path,
                        shown(key) + " names no variable of the egg"
                                + other.map(known -> " (expected: {{" + known + "}})")
                                        .orElse(""));
            } else if (!PLAIN.matcher(name).matches()) {
                found.add(EggRule.DEAD_PLACEHOLDER, path, shown(key) + " (expected: {{NAME}} in a startup command)");
            }
        });
        broken(path, command, found);
    }

    private static void file(
            String name, EggConfig.File file, Set<String> names, boolean pterodactyl, EggFindings found) {
        var path = DocumentPath.member("config.files", name);
        keys(
                name,
                key -> found.add(
                        EggRule.DEAD_PLACEHOLDER,
                        path,
                        shown(key) + " in the name of a file; only Pelican's node replaces it"));
        for (Map.Entry<String, Json> entry : file.find().entrySet()) {
            var at = DocumentPath.member(path + ".find", entry.getKey());
            MemberLint.texts(entry.getValue(), text -> {
                keys(text, key -> value(at, key.strip(), names, pterodactyl, found));
                broken(at, text, found);
            });
        }
    }

    private static void value(String path, String key, Set<String> names, boolean pterodactyl, EggFindings found) {
        for (var prefix : OF_ENVIRONMENT) {
            if (key.startsWith(prefix)) {
                var name = key.substring(prefix.length());
                if (!names.contains(name)) {
                    found.add(EggRule.UNKNOWN_PLACEHOLDER, path, shown(key) + " names no variable of the egg");
                }
                return;
            }
        }
        if (key.startsWith("server.") && !OF_SERVER.contains(key)) {
            found.add(EggRule.UNKNOWN_PLACEHOLDER, path, shown(key) + " names nothing that every panel knows");
        } else if (PLAIN.matcher(key).matches()) {
            var older = "server.build.env." + key;
            var word = pterodactyl ? older : PlaceholderWords.PELICAN.word(older);
            found.add(
                    EggRule.DEAD_PLACEHOLDER,
                    path,
                    shown(key) + " (expected: " + shown(word) + " in a configuration file)");
        }
    }

    private static void script(String script, EggFindings found) {
        var seen = new LinkedHashSet<String>();
        keys(script, key -> {
            // Other templates have braces, too: only what looks like a variable counts.
            if (key.matches("[A-Z][A-Z0-9_]+") && seen.add(key)) {
                found.add(
                        EggRule.DEAD_PLACEHOLDER,
                        "scripts.installation.script",
                        shown(key) + " (expected: ${" + Warnings.plain(key) + "} in a script)");
            }
        });
    }

    private static void broken(String path, String text, EggFindings found) {
        var matcher = BROKEN.matcher(text);
        var seen = new LinkedHashMap<String, Boolean>();
        while (matcher.find()) {
            if (seen.put(matcher.group(), true) == null) {
                found.add(EggRule.BROKEN_PLACEHOLDER, path, Warnings.quote(matcher.group()) + " (expected: {{NAME}})");
            }
        }
    }

    private static void keys(String text, Consumer<String> each) {
        if (text.contains("{{")) {
            WHOLE.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .forEach(each);
        }
    }

    private static String shown(String key) {
        return "{{" + Warnings.plain(key) + "}}";
    }
}
