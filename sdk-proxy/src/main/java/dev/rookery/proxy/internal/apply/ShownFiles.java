package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.internal.json.Hiding;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.SecretNames;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of an engine as they are shown to people. */
public final class ShownFiles {

    private static final String HIDDEN = "[hidden]";

    /** A file of users and hashes, line by line. */
    private static final String USERS = "users-";

    private static final Pattern HASH = Pattern.compile("(?m)^([^:\n]*:).*$");

    /** A header that nginx sets. */
    private static final Pattern HEADER = Pattern.compile(
            "(?mi)^(\\s*(?:proxy_set_header|add_header)\\s+\"?(?:" + SecretNames.PATTERN + ")\"?\\s+)(?!\\$)\\S.*$");

    private ShownFiles() {}

    /** Returns texts for people: JSON with line breaks, and no secrets. */
    public static SortedMap<String, String> of(Map<String, String> files) {
        var shown = new TreeMap<String, String>();
        files.forEach((name, text) -> shown.put(name, shown(name, text)));
        return shown;
    }

    private static String shown(String name, String text) {
        if (name.endsWith(".json")) {
            var hidden = Hiding.hide(ProxyJson.read(text.getBytes(StandardCharsets.UTF_8)));
            return new String(ProxyJson.write(hidden), StandardCharsets.UTF_8);
        }
        if (name.substring(name.lastIndexOf('/') + 1).startsWith(USERS)) {
            return HASH.matcher(text).replaceAll("$1" + HIDDEN);
        }
        return HEADER.matcher(text).replaceAll("$1" + HIDDEN + ";");
    }
}
