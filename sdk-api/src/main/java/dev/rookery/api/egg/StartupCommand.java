package dev.rookery.api.egg;

import java.util.Map;

/**
 * The startup command of a server, which is a shell program with placeholders. Source: eggs §9.1.
 *
 * <p>Rendering is one pass from left to right: what a value contains is never looked at again, so the outcome does not depend on
 * any order.
 *
 * @param text as the panel sends it, placeholders unresolved
 */
public record StartupCommand(String text) {

    /**
     * Returns the command with {@code {{NAME}}} and {@code ${NAME}} replaced by the value of that exact name.
     *
     * <p>Inside of {@code [[ ... ]]} only SERVER_MEMORY, SERVER_IP and SERVER_PORT are replaced, so that a test of the shell sees a
     * variable and not its words. A placeholder whose name is unknown is left to the shell: {@code {{NAME}}} becomes {@code ${NAME}}.
     * Everything else, such as {@code $NAME} and {@code ${NAME:-x}}, stays as it is.
     *
     * @param values by name, the three values of the node among them
     */
    public String render(Map<String, String> values) {
        return Placeholders.renderStartup(text, values);
    }
}
