package dev.rookery.api.config;

import dev.rookery.api.Json;
import dev.rookery.api.config.ConfigurationKey.ValueType;
import dev.rookery.api.dialect.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads the table of keys that lies beside this class. */
final class KeyTable {

    private static final Map<String, ValueType> TYPES = Map.ofEntries(
            Map.entry("bool", ValueType.BOOLEAN),
            Map.entry("int", ValueType.INTEGER),
            Map.entry("decimal", ValueType.DECIMAL),
            Map.entry("text", ValueType.TEXT),
            Map.entry("path", ValueType.PATH),
            Map.entry("url", ValueType.URL),
            Map.entry("choice", ValueType.CHOICE),
            Map.entry("seconds", ValueType.SECONDS),
            Map.entry("millis", ValueType.MILLISECONDS),
            Map.entry("mib", ValueType.MEBIBYTES),
            Map.entry("mibs", ValueType.MEBIBYTES_PER_SECOND),
            Map.entry("percent", ValueType.PERCENT),
            Map.entry("bytes", ValueType.BYTES),
            Map.entry("texts", ValueType.TEXTS),
            Map.entry("map", ValueType.TEXT_MAP),
            Map.entry("factors", ValueType.FACTORS),
            Map.entry("registries", ValueType.REGISTRIES));
    private static final Map<Character, Dialect> DIALECTS =
            Map.of('P', Dialect.PELICAN, 'T', Dialect.PTERODACTYL, 'C', Dialect.CALAGOPUS);

    private KeyTable() {}

    static Map<String, ConfigurationKey> load() {
        var keys = new LinkedHashMap<String, ConfigurationKey>();
        text().lines()
                .filter(line -> !line.startsWith("#"))
                .map(KeyTable::key)
                .forEach(key -> keys.put(key.name(), key));
        return keys;
    }

    private static String text() {
        try (var in = KeyTable.class.getResourceAsStream("keys.txt")) {
            return new String(Objects.requireNonNull(in, "keys.txt").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigurationKey key(String line) {
        var cells = line.split("\\|", -1);
        var type = cells[1].split(":", 2);
        var argument = type.length > 1 ? type[1] : "";
        boolean choice = type[0].equals("choice");
        var range = choice ? new String[0] : argument.split("\\.\\.", -1);
        var bare = new ConfigurationKey(
                cells[0],
                Objects.requireNonNull(TYPES.get(type[0]), type[0]),
                range.length > 0 && !range[0].isEmpty() ? Long.parseLong(range[0]) : 0,
                range.length > 1 && !range[1].isEmpty() ? Long.parseLong(range[1]) : Integer.MAX_VALUE,
                choice ? List.of(argument.split("/", -1)) : List.of(),
                knownTo(cells[2]),
                Map.of(),
                cells[4].isEmpty() ? cells[0] : cells[4],
                cells[5].isEmpty(),
                cells[6]);
        return new ConfigurationKey(
                bare.name(),
                bare.type(),
                bare.min(),
                bare.max(),
                bare.choices(),
                bare.knownTo(),
                defaults(bare, cells[3]),
                bare.jsonPath(),
                bare.fromPanel(),
                bare.meaning());
    }

    private static Set<Dialect> knownTo(String letters) {
        var known = EnumSet.noneOf(Dialect.class);
        letters.chars().mapToObj(letter -> DIALECTS.get((char) letter)).forEach(dialect -> {
            if (dialect != null) {
                known.add(dialect);
            }
        });
        return known;
    }

    private static Map<Dialect, Json> defaults(ConfigurationKey key, String cell) {
        var defaults = new EnumMap<Dialect, Json>(Dialect.class);
        for (var part : cell.split("; ", -1)) {
            boolean other = part.length() > 1 && part.charAt(1) == '=';
            var dialect = other ? Objects.requireNonNull(DIALECTS.get(part.charAt(0)), part) : Dialect.PELICAN;
            value(key, other ? part.substring(2) : part).ifPresent(value -> defaults.put(dialect, value));
        }
        return defaults;
    }

    private static Optional<Json> value(ConfigurationKey key, String cell) {
        if (cell.equals("-")) {
            return Optional.empty();
        }
        boolean none = cell.equals("[]") || cell.equals("{}") || cell.equals("\"\"");
        var items = none ? List.<String>of() : Arrays.asList(cell.split(", ", -1));
        var raw = switch (key.type()) {
            case TEXTS ->
                new Json.Array(
                        items.stream().map(item -> (Json) new Json.Text(item)).toList());
            case TEXT_MAP, FACTORS, REGISTRIES -> new Json.Obj(members(items));
            default -> new Json.Text(none ? "" : cell);
        };
        try {
            return Optional.of(KeyValue.normal(key, raw).orElse(new Json.Text("")));
        } catch (KeyValue.Mismatch e) {
            throw new IllegalStateException(key.name(), e);
        }
    }

    private static Map<String, Json> members(List<String> items) {
        var members = new LinkedHashMap<String, Json>();
        items.forEach(item -> {
            var parts = item.split(": ", 2);
            members.put(parts[0], new Json.Text(parts[1]));
        });
        return members;
    }
}
