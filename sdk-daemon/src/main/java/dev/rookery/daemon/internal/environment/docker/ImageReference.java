package dev.rookery.daemon.internal.environment.docker;

import dev.rookery.api.InvalidInputException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An image's name in full: who writes {@code redis} means {@code docker.io/library/redis:latest}. Source: the distribution project's
 * reference grammar. Immutable.
 *
 * @param domain the registry, with its port if there is one
 * @param path the repository below it
 * @param tag the tag; empty with a digest
 * @param digest the digest; empty without one
 */
record ImageReference(String domain, String path, String tag, String digest) {

    static final String DOCKER_HUB = "docker.io";

    private static final int MAX_LENGTH = 512;
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,252}[a-zA-Z0-9])?|\\[[0-9a-fA-F:]{2,45}])(?::[0-9]{1,5})?");
    private static final Pattern PATH =
            Pattern.compile("[a-z0-9]+(?:[._-]+[a-z0-9]+)*+(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*+)*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9+._-]{1,32}:[0-9a-fA-F]{32,128}");

    /** Reads a name as people write it. */
    static ImageReference parse(String image) {
        if (image.length() > MAX_LENGTH) {
            throw refused(image.substring(0, 64) + "...");
        }
        var name = image;
        var digest = "";
        int at = name.indexOf('@');
        if (at >= 0) {
            digest = name.substring(at + 1);
            name = name.substring(0, at);
        }
        var tag = "";
        // A colon before the last slash belongs to the registry's port.
        int colon = name.lastIndexOf(':');
        if (colon > name.lastIndexOf('/')) {
            tag = name.substring(colon + 1);
            name = name.substring(0, colon);
            if (!TAG.matcher(tag).matches()) {
                throw refused(image);
            }
        }
        if (at >= 0 && !DIGEST.matcher(digest).matches()) {
            throw refused(image);
        }
        var repository = repository(name);
        if (!DOMAIN.matcher(repository.domain).matches()
                || !PATH.matcher(repository.path).matches()) {
            throw refused(image);
        }
        if (!digest.isEmpty()) {
            return new ImageReference(repository.domain, repository.path, "", digest);
        }
        return new ImageReference(repository.domain, repository.path, tag.isEmpty() ? "latest" : tag, "");
    }

    /** Returns the registry that a name begins with, and the rest. */
    static Repository repository(String name) {
        int slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        boolean registry = first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        if (!registry) {
            return new Repository(DOCKER_HUB, slash < 0 ? "library/" + name : name);
        }
        // As it is written otherwise: the engine compares letter by letter, and knows no other name of Docker's own.
        var domain = first.equals("index.docker.io") ? DOCKER_HUB : first;
        var path = name.substring(slash + 1);
        return new Repository(domain, domain.equals(DOCKER_HUB) && path.indexOf('/') < 0 ? "library/" + path : path);
    }

    /** Returns a registry's name as log-ins compare it: letters do not count by case, and Docker's own has several. */
    static String domain(String text) {
        var domain = text.toLowerCase(Locale.ROOT);
        return switch (domain) {
            case "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com" -> DOCKER_HUB;
            default -> domain;
        };
    }

    /** Returns registry and repository, with the digest if there is one, as the engine wants them. */
    String name() {
        return domain + "/" + path + (digest.isEmpty() ? "" : "@" + digest);
    }

    @Override
    public String toString() {
        return name() + (tag.isEmpty() ? "" : ":" + tag);
    }

    private static InvalidInputException refused(String image) {
        var shown = new StringBuilder();
        image.codePoints().forEach(point -> shown.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return new InvalidInputException("image: '" + shown
                + "' (expected: a name such as ghcr.io/games/java:21, letters of the path in lower case)");
    }

    /**
     * A registry and a repository in it.
     *
     * @param domain the registry
     * @param path the repository
     */
    record Repository(String domain, String path) {}
}
