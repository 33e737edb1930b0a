package dev.rookery.api.egg;

import java.util.Set;

/** Names that an egg's variables should not have. Source: panel remote API §5.3. */
final class ReservedNames {

    private static final Set<String> NAMES = Set.of(
            "P_SERVER_UUID",
            "P_SERVER_ALLOCATION_LIMIT",
            "SERVER_MEMORY",
            "SERVER_IP",
            "SERVER_PORT",
            "ENV",
            "HOME",
            "USER",
            "STARTUP",
            "MODIFIED_STARTUP",
            "SERVER_UUID",
            "UUID",
            "INTERNAL_IP",
            "HOSTNAME",
            "TERM",
            "LANG",
            "PWD",
            "TZ",
            "TIMEZONE");

    private ReservedNames() {}

    static boolean contains(String upperCaseName) {
        return NAMES.contains(upperCaseName);
    }
}
