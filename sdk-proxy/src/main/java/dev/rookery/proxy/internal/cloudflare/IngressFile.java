package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.IngressRule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes cloudflared's {@code config.yml}. Every text is quoted, so that none can become something else. */
public final class IngressFile {

    private static final Set<String> TIMES = Set.of("connectTimeout", "tlsTimeout", "tcpKeepAlive", "keepAliveTimeout");

    private IngressFile() {}

    /** Returns the file. */
    public static String of(List<IngressRule> rules, String tunnelId, String credentialsFile, String metrics) {
        var problems = IngressCheck.problems(rules);
        if (!problems.isEmpty()) {
            throw new InvalidInputException("ingress: " + String.join("; ", problems));
        }
        var file = new StringBuilder();
        line(file, "tunnel: ", tunnelId);
        line(file, "credentials-file: ", credentialsFile);
        line(file, "metrics: ", metrics);
        file.append("no-autoupdate: true\ningress:\n");
        for (var rule : rules) {
            rule.hostname().ifPresent(name -> line(file, "  - hostname: ", name));
            rule.path().ifPresent(path -> line(file, rule.hostname().isPresent() ? "    path: " : "  - path: ", path));
            line(file, rule.catchesAll() ? "  - service: " : "    service: ", rule.service());
            if (!rule.origin().members().isEmpty()) {
                file.append("    originRequest: ").append(origin(rule.origin())).append('\n');
            }
        }
        return file.toString();
    }

    private static void line(StringBuilder file, String key, String text) {
        file.append(key).append(quoted(text)).append('\n');
    }

    /** The API takes times as seconds, the file as texts with a unit. */
    private static String origin(Json.Obj origin) {
        var file = new StringBuilder("{");
        for (Map.Entry<String, Json> member : origin.members().entrySet()) {
            boolean time = TIMES.contains(member.getKey()) && member.getValue() instanceof Json.Num;
            var value = time ? quoted(value(member.getValue()) + "s") : value(member.getValue());
            file.append(file.length() > 1 ? ", " : "")
                    .append(quoted(member.getKey()))
                    .append(": ")
                    .append(value);
        }
        return file.append('}').toString();
    }

    private static String value(Json value) {
        if (value instanceof Json.Text text) {
            return quoted(text.value());
        }
        if (value instanceof Json.Num number) {
            return number.value().toPlainString();
        }
        if (value instanceof Json.Bool bool) {
            return String.valueOf(bool.value());
        }
        if (value instanceof Json.Obj object) {
            return origin(object);
        }
        return value instanceof Json.Array array
                ? "["
                        + String.join(
                                ", ",
                                array.items().stream().map(IngressFile::value).toList()) + "]"
                : "null";
    }

    /** Whatever is not plain ASCII is written by its number: line breaks and marks of direction cannot end a text or change how it is seen. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int letter : text.codePoints().toArray()) {
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').appendCodePoint(letter);
            } else if (letter >= ' ' && letter <= '~') {
                quoted.appendCodePoint(letter);
            } else if (Character.isBmpCodePoint(letter) && Character.isSurrogate((char) letter)) {
                throw new InvalidInputException("a text with half a letter (expected: whole ones)");
            } else {
                quoted.append(String.format("\\U%08X", letter));
            }
        }
        return quoted.append('"').toString();
    }
}
