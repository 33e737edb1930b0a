package dev.rookery.examples.panel.proxy;

import dev.rookery.api.InvalidInputException;
import java.util.regex.Pattern;

/** The id of a binding as the name of a file or a folder, so that it leads nowhere else. Without state. */
final class BindingId {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private BindingId() {}

    /** Returns whether it can be one. */
    static boolean matches(String id) {
        return ID.matcher(id).matches();
    }

    /** Returns it as it is, if it can be one. */
    static String require(String id) {
        if (!matches(id)) {
            throw new InvalidInputException(
                    "binding: '" + id + "' (expected: letters, digits, underscores and hyphens)");
        }
        return id;
    }
}
