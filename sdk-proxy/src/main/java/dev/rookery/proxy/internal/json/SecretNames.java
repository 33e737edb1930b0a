package dev.rookery.proxy.internal.json;

import dev.rookery.api.Json;
import java.util.regex.Pattern;

/** Tells by the name of a member whether it holds a secret. */
public final class SecretNames {

    /** Hashes of passwords, headers that are likely to hold something of the kind, and what engines and plugins call theirs. */
    public static final String PATTERN = "hash|.*passw(?:or)?d|(?:proxy-)?authorization|(?:set-)?cookie"
            + "|x-.*(?:token|secret|key|auth).*|.*(?:secret|token|[_-]key|(?:api|private|secret|shared)key)";

    private static final Pattern NAME = Pattern.compile("(?i:" + PATTERN + ")");

    /** Where a secret is: in a document of ours, and in a Caddy's. */
    private static final Pattern REFERENCE = Pattern.compile("(?:env|file|vault):.+|\\{(?:env|file)\\.[^{}]+}");

    private SecretNames() {}

    /** Returns whether a member is a secret. */
    public static boolean secret(String name, Json value) {
        boolean reference = value instanceof Json.Text text
                && REFERENCE.matcher(text.value()).matches();
        boolean plain = value instanceof Json.Text || value instanceof Json.Num;
        return plain && !reference && NAME.matcher(name).matches();
    }
}
