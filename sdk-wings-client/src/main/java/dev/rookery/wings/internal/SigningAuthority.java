package dev.rookery.wings.internal;

import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.TokenPurpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** The authority of someone who has the node's credentials, and so signs the tokens. Immutable. */
final class SigningAuthority implements Authority {

    private static final Duration WORTHWHILE = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final ServerId server;
    private final Caller caller;
    private final Dialect dialect;
    private final String panelUrl;
    private final HttpUrl socket;

    /**
     * Creates the authority.
     *
     * @param dialect what the node speaks, for as long as it does not show another one
     */
    SigningAuthority(NodeSettings settings, ServerId server, Caller caller, Dialect dialect) {
        this.settings = settings;
        this.server = server;
        this.caller = caller;
        this.dialect = dialect;
        this.panelUrl = settings.panelUrl()
                .orElseThrow(() -> new InvalidInputException("console of server " + server
                        + ": the node was built without panelUrl (expected: the panel's URL)"));
        this.socket = Parting.SOCKET.url(settings.base(), server.toString()).build();
    }

    @Override
    public String origin() {
        return panelUrl;
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
        return endsAt().filter(end -> end.isBefore(expiresAt.plus(WORTHWHILE))).isEmpty();
    }

    @Override
    public void pass(Consumer<Pass> then, Consumer<RookeryException> otherwise) {
        Pass pass;
        try {
            pass = sign();
        } catch (RookeryException e) {
            otherwise.accept(e);
            return;
        }
        then.accept(pass);
    }

    private Pass sign() {
        var user = caller instanceof Caller.User given
                ? given
                : new Caller.User(
                        settings.consoleUser(),
                        Permissions.administrator(),
                        "",
                        clock().instant().plus(TokenPurpose.CONSOLE.lifetime()));
        // Never asks: this runs under the console's lock.
        var spoken = settings.flavour().dialect().orElse(dialect);
        var signed = Signing.of(settings, spoken).console(server, user);
        return new Pass(
                socket, signed.text(), Optional.of(signed.token().stamp().expiresAt()));
    }

    @Override
    public String toString() {
        return caller instanceof Caller.User user ? "user " + user.user() : "the panel";
    }
}
