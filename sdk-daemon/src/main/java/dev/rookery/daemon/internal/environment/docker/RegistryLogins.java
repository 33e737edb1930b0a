package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rookery.daemon.DockerOptions.RegistryLogin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whose password goes to which registry: the registry's name has to be the same, a path has to match by whole components, and the longest
 * match counts. Source: daemon behaviour §3.8. Immutable.
 */
final class RegistryLogins {

    private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";

    private final List<Entry> entries;

    RegistryLogins(Map<String, RegistryLogin> logins) {
        var read = new ArrayList<Entry>();
        logins.forEach((key, login) -> read.add(entry(key, login)));
        read.sort(Comparator.comparingInt((Entry entry) -> entry.path.length()).reversed());
        this.entries = List.copyOf(read);
    }

    /** Returns the value of {@code X-Registry-Auth} for an image; empty if nobody logs in there. */
    Optional<String> header(ImageReference image) {
        return entries.stream().filter(entry -> entry.covers(image)).findFirst().map(Entry::header);
    }

    /** Keys are written as people know them: with a scheme, with the API's version behind, or as Docker's own file has them. */
    private static Entry entry(String key, RegistryLogin login) {
        var text = key.strip();
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            text = text.substring(scheme + 3);
        }
        text = withoutEnd(text, "/");
        int slash = text.indexOf('/');
        var first = slash < 0 ? text : text.substring(0, slash);
        var path = slash < 0 ? "" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (path.equals("v1") || path.equals("v2")) {
            // The version of the registry's API. Behind anything else it is a repository.
            path = "";
        }
        return new Entry(ImageReference.domain(first), path, login);
    }

    private static String withoutEnd(String text, String end) {
        var left = text;
        while (left.endsWith(end)) {
            left = left.substring(0, left.length() - end.length());
        }
        return left;
    }

    private record Entry(String domain, String path, RegistryLogin login) {

        boolean covers(ImageReference image) {
            return domain.equals(ImageReference.domain(image.domain()))
                    && (path.isEmpty()
                            || image.path().equals(path)
                            || image.path().startsWith(path + "/"));
        }

        String header() {
            var document = JsonNodeFactory.instance
                    .objectNode()
                    .put("username", login.username())
                    .put("password", login.password())
                    .put("serveraddress", domain.equals(ImageReference.DOCKER_HUB) ? DOCKER_HUB_SERVER : domain);
            return Base64.getUrlEncoder().encodeToString(document.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
