package dev.rookery.daemon.config;

import dev.rookery.api.Json;
import dev.rookery.api.config.NodeConfigurationDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the node's id and secret: environment, then the file, where a value may name a variable or a file. Source: node API §6.1. */
final class Secrets {

    private static final String FILE = "file://";
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    private final NodeConfigurationDocument document;
    private final String file;
    private final Map<String, String> environment;

    Secrets(NodeConfigurationDocument document, String file, Map<String, String> environment) {
        this.document = document;
        this.file = file;
        this.environment = environment;
    }

    /**
     * Returns a secret.
     *
     * @param key the key in the file
     * @param variable the environment variable that wins over it
     * @param minLength what is shorter cannot be right
     */
    String resolve(String key, String variable, int minLength) {
        var given = environment.get(variable);
        var value = given != null && !given.isEmpty() ? given : fromFile(key);
        if (value.length() < minLength || value.chars().anyMatch(c -> c == '.' || c <= ' ')) {
            throw document.wrong(
                    key,
                    value.length() + " characters",
                    "at least " + minLength + " characters without dots or blanks, as the panel gave it");
        }
        return value;
    }

    private String fromFile(String key) {
        var text = document.find(key)
                .map(value -> ((Json.Text) value).value())
                .orElseThrow(() -> document.wrong(key, "missing", "what the panel gave; run 'configure'"));
        var expanded = VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(variable(key, match.group(1), match.group(2))));
        return expanded.startsWith(FILE) ? contentOf(key, expanded.substring(FILE.length())) : expanded;
    }

    private String variable(String key, @Nullable String braced, @Nullable String plain) {
        var name = braced == null ? plain : braced;
        var value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw document.wrong(key, "the environment variable " + name + " is not set", "one that holds the value");
        }
        return value;
    }

    private String contentOf(String key, String path) {
        try {
            // A relative path is meant from the configuration's place, not from wherever the process was started.
            var base = Path.of(file).toAbsolutePath().getParent();
            var target = base == null ? Path.of(path) : base.resolve(path);
            return Files.readString(target).stripTrailing();
        } catch (IOException e) {
            throw document.wrong(
                    key,
                    "the file " + path + " cannot be read: " + e.getClass().getSimpleName(),
                    "a file that holds the value");
        }
    }
}
