package dev.rookery.daemon.internal.job;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.kit.Redactor;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what an install script prints: the values of variables that are named like one, and the node's own token. Values
 * shorter than {@link Redactor#SECRET_MIN_LENGTH} characters stay.
 */
public final class InstallSecrets {

    private static final Pattern NAMES =
            Pattern.compile("TOKEN|PASS|SECRET|KEY|AUTH|CREDENTIAL|PWD|LICENSE|GSLT", Pattern.CASE_INSENSITIVE);

    private InstallSecrets() {}

    /** Returns what knows the secrets among the variables of a container. */
    public static Redactor of(Map<String, String> variables, Optional<NodeCredentials> node) {
        var redactor = Redactor.of();
        variables.forEach((name, value) -> {
            if (NAMES.matcher(name).find()) {
                redactor.add(value);
            }
        });
        node.ifPresent(credentials -> redactor.add(credentials.token()));
        return redactor;
    }
}
