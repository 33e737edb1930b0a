package dev.rookery.wings.internal;

import dev.rookery.api.Caller;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import java.util.UUID;

/**
 * Signs the tokens that a node wants besides its own. They have every claim that any dialect asks for, so the nodes of all of them take
 * them. Source: node API §7.6.
 */
final class Signing {

    private Signing() {}

    static TokenSigner of(NodeSettings settings) {
        return of(settings, Dialect.PELICAN);
    }

    /** Returns what signs as the panel of one dialect does. */
    static TokenSigner of(NodeSettings settings, Dialect dialect) {
        var signer = TokenSigner.builder(settings.credentials())
                .dialect(dialect)
                .nodeUrl(settings.profile().name())
                .clock(settings.clock());
        settings.panelUrl().ifPresent(signer::panelUrl);
        return signer.build();
    }

    /** Returns whom a token stands for. */
    static TokenUser user(NodeConnection node) {
        UUID user = node.caller() instanceof Caller.User given
                ? given.user()
                : node.settings().consoleUser();
        return TokenUser.of(user);
    }
}
