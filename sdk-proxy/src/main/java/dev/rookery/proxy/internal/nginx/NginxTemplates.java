package dev.rookery.proxy.internal.nginx;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Placeholders of templates as variables: those that both engines have. */
public final class NginxTemplates {

    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\\\)\\{([^{}]*)}");
    private static final Pattern HEADER = Pattern.compile("http\\.request\\.header\\.([A-Za-z0-9-]{1,64})");

    private static final Map<String, String> VARIABLES = Map.of(
            "http.request.host", "$host",
            "http.request.hostport", "$rookery_host",
            "http.request.uri", "$request_uri",
            "http.request.uri.path", "$uri",
            "http.request.uri.query", "$args",
            "http.request.method", "$request_method",
            "http.request.scheme", "$scheme",
            "http.request.remote.host", "$realip_remote_addr",
            "http.vars.client_ip", "$remote_addr");

    private NginxTemplates() {}

    /** Returns the first placeholder that nginx has no variable for. */
    public static Optional<String> unknown(String template) {
        return PLACEHOLDER
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .filter(name -> variable(name).isEmpty())
                .findFirst();
    }

    static Word word(NginxTexts texts, String template) {
        var word = new StringBuilder("\"");
        var found = PLACEHOLDER.matcher(template);
        int last = 0;
        while (found.find()) {
            word.append(texts.inside(literal(template.substring(last, found.start()))));
            word.append(variable(found.group(1)).orElse(""));
            last = found.end();
        }
        return new Word(word.append(texts.inside(literal(template.substring(last))))
                .append('"')
                .toString());
    }

    private static String literal(String text) {
        return text.replace("\\{", "{").replace("\\}", "}");
    }

    private static Optional<String> variable(String name) {
        var header = HEADER.matcher(name);
        return header.matches()
                ? Optional.of(
                        "${http_" + header.group(1).toLowerCase(Locale.ROOT).replace('-', '_') + "}")
                : Optional.ofNullable(VARIABLES.get(name)).map(variable -> "${" + variable.substring(1) + "}");
    }
}
