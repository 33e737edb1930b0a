package dev.rookery.wings.internal;

import dev.rookery.api.Caller;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.permission.Permission;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/**
 * The authority of someone who has the node's token, at a node whose consoles are opened with it: one of Nexus. What a user may is checked
 * here. Immutable.
 */
final class NodeTokenAuthority implements Authority {

    private final NodeSettings settings;
    private final Caller caller;
    private final HttpUrl socket;

    NodeTokenAuthority(NodeSettings settings, ServerId server, Caller caller) {
        this.settings = settings;
        this.caller = caller;
        var route = NodeDialect.of(Dialect.NEXUS).route(NodeCall.CONSOLE).orElseThrow();
        this.socket = Endpoint.of(NodeCall.CONSOLE, route)
                .url(settings.base(), server.toString())
                .build();
    }

    @Override
    public String origin() {
        return settings.panelUrl().orElseGet(() -> BaseUrl.show(settings.base()));
    }

    @Override
    public Clock clock() {
        return settings.clock();
    }

    @Override
    public boolean may(Permission permission) {
        return caller.may(permission, clock().instant());
    }

    @Override
    public Optional<Instant> endsAt() {
        return caller instanceof Caller.User user ? Optional.of(user.expiresAt()) : Optional.empty();
    }

    @Override
    public boolean outlasts(Instant expiresAt) {
        return false;
    }

    @Override
    public boolean inRequest() {
        return true;
    }

    @Override
    public void pass(Consumer<Pass> then, Consumer<RookeryException> otherwise) {
        then.accept(new Pass(socket, settings.credentials().token(), Optional.empty()));
    }

    @Override
    public String toString() {
        return caller instanceof Caller.User user ? "user " + user.user() : "the panel";
    }
}
