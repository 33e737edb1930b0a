package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.SecretNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secrets of a configuration, which are kept out of what a Caddy says of it: it fills in its placeholders before it looks at a value, and says the
 * value that it does not like. Used by one thread.
 */
final class Withheld {

    private static final String HIDDEN = "[hidden]";
    private static final int LENGTH_MIN = 4;
    private static final int FILE_MAX = 64 << 10;
    private static final Pattern REFERENCE = Pattern.compile("(?<!\\\\)\\{(env|file)\\.([^{}]+)}");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");

    private final Set<String> secrets = new HashSet<>();
    private boolean unknown;

    private Withheld(Json config) {
        add("", config);
    }

    /** Returns what is said of a configuration, without its secrets. */
    static String from(String said, Json config) {
        return new Withheld(config).hide(said);
    }

    private String hide(String said) {
        var shown = said;
        var longest = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (var secret : longest) {
            shown = shown.replace(secret, HIDDEN);
        }
        // Of a secret that only the engine's own process can read, nobody here knows which of the words it is.
        return unknown ? QUOTED.matcher(shown).replaceAll(HIDDEN) : shown;
    }

    private void add(String name, Json value) {
        if (value instanceof Json.Array array) {
            array.items().forEach(item -> add(name, item));
        } else if (value instanceof Json.Obj object) {
            object.members().forEach(this::add);
        } else if (value instanceof Json.Text text) {
            var found = REFERENCE.matcher(text.value());
            while (found.find()) {
                var secret = found.group(1).equals("env")
                        ? Optional.ofNullable(System.getenv(found.group(2)))
                        : file(found.group(2));
                unknown |= secret.isEmpty();
                secret.ifPresent(this::add);
            }
            if (SecretNames.secret(name, value)) {
                add(text.value());
            }
        }
    }

    private void add(String secret) {
        if (secret.strip().length() >= LENGTH_MIN) {
            secrets.add(secret.strip());
        }
    }

    private static Optional<String> file(String path) {
        try (var in = Files.newInputStream(Path.of(path))) {
            return Optional.of(new String(in.readNBytes(FILE_MAX), StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException ignored) {
            return Optional.empty();
        }
    }
}
