package dev.rookery.wings.internal;

import dev.rookery.api.Caller;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import java.util.UUID;

/**
 * Signs the tokens that a node wants besides its own, as the panels of its dialect do: a panel takes a token back by its id, which each
 * makes otherwise. Source: node API §3.2.
 */
final class Signing {

    private Signing() {}

    /**
     * Returns what signs as the panel of one dialect does. A node of Flamingo's panel is Pelican's or Pterodactyl's; a token of Pelican's
     * kind has every claim that either asks for.
     */
    static TokenSigner of(NodeSettings settings, Dialect dialect) {
        var signer = TokenSigner.builder(settings.credentials())
                .dialect(dialect == Dialect.FLAMINGO ? Dialect.PELICAN : dialect)
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
