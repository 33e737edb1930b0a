package dev.rookery.wings.internal;

import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Which redirects are followed: those that stay on the same scheme, host and port, as the daemons send them for a path with a slash too
 * many, and that cannot change what is asked for. Everything else would carry credentials elsewhere. Source: node API §1.5.
 */
final class Redirects {

    /** How many in a row. */
    static final int MAX = 3;

    // Others turn a POST into a GET.
    private static final Set<Integer> KEEP_METHOD = Set.of(307, 308);
    private static final Set<Integer> MAY_CHANGE_METHOD = Set.of(301, 302);

    private Redirects() {}

    /** Returns the call to make instead; empty if the answer is none that is followed. */
    static Optional<RemoteCall> follow(RemoteCall call, Response response) {
        boolean reading = call.endpoint().harmlessToRepeat();
        boolean keeps =
                KEEP_METHOD.contains(response.code()) || (reading && MAY_CHANGE_METHOD.contains(response.code()));
        if (!keeps || !call.body().map(Bodies::repeatable).orElse(true)) {
            return Optional.empty();
        }
        return Optional.ofNullable(response.header("Location"))
                .flatMap(location -> Optional.ofNullable(call.url().resolve(location)))
                .filter(target -> sameOrigin(target, call.url()))
                .map(call::to);
    }

    private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }
}
