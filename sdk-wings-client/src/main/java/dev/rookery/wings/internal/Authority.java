package dev.rookery.wings.internal;

import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.ConsoleToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** On whose authority a console is open, and the tokens that say so. Immutable. */
final class Authority {

    private static final Duration WORTHWHILE = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final ServerId server;
    private final Caller caller;
    private final String panelUrl;

    /**
     * A signed token.
     *
     * @param text what the node gets
     * @param expiresAt when it ends
     */
    record Signed(String text, Instant expiresAt) {

        /** The token is not shown. */
        @Override
        public String toString() {
            return "Signed[expiresAt=" + expiresAt + "]";
        }
    }

    Authority(NodeSettings settings, ServerId server, Caller caller) {
        this.settings = settings;
        this.server = server;
        this.caller = caller;
        this.panelUrl = settings.panelUrl()
                .orElseThrow(() -> new InvalidInputException("console of server " + server
                        + ": the node was built without panelUrl (expected: the panel's URL)"));
    }

    /** Returns the origin that the node expects. */
    String origin() {
        return panelUrl;
    }

    Clock clock() {
        return settings.clock();
    }

    boolean may(Permission permission) {
        return caller.may(permission, clock().instant());
    }

    /** Returns when this authority ends for good; empty for the panel itself. */
    Optional<Instant> endsAt() {
        return caller instanceof Caller.User user ? Optional.of(user.expiresAt()) : Optional.empty();
    }

    boolean ended() {
        return endsAt().filter(end -> !clock().instant().isBefore(end)).isPresent();
    }

    /** Returns whether a new token would last noticeably longer than one that ends at {@code expiresAt}. */
    boolean outlasts(Instant expiresAt) {
        return endsAt().filter(end -> end.isBefore(expiresAt.plus(WORTHWHILE))).isEmpty();
    }

    /** Returns a fresh token. */
    Signed sign() {
        var now = clock().instant();
        var user = caller instanceof Caller.User given
                ? given
                : new Caller.User(
                        settings.consoleUser(), Permissions.administrator(), "", now.plus(ConsoleToken.LIFETIME));
        var token = ConsoleToken.of(server, user, now);
        return new Signed(
                token.sign(settings.credentials(), panelUrl, BaseUrl.show(settings.base())), token.expiresAt());
    }

    @Override
    public String toString() {
        return caller instanceof Caller.User user ? "user " + user.user() : "the panel";
    }
}
