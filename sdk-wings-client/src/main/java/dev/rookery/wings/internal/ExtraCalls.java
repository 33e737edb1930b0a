package dev.rookery.wings.internal;

import dev.rookery.api.Content;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import dev.rookery.wings.SignedUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Calls that only the nodes of one dialect have, about the node or one of its servers. Immutable. */
final class ExtraCalls {

    private final NodeConnection node;
    private final Optional<ServerId> server;

    private ExtraCalls(NodeConnection node, Optional<ServerId> server) {
        this.node = node;
        this.server = server;
    }

    /**
     * Returns the calls of a node.
     *
     * @throws NotOfferedException if it speaks another dialect; asks it unless that is known
     */
    public static ExtraCalls of(NodeConnection node, Dialect dialect) {
        if (node.dialect() != dialect) {
            throw new NotOfferedException(
                    node.settings().peer() + " speaks " + node.dialect().wireName() + " (expected: "
                            + dialect.wireName() + ")",
                    new Capability(dialect.wireName()),
                    null,
                    null);
        }
        return new ExtraCalls(node, Optional.empty());
    }

    /** Returns the calls about one server. */
    public ExtraCalls server(ServerId id) {
        return new ExtraCalls(node, Optional.of(id));
    }

    /** Begins a call that is answered at once. */
    public Call query(String method, String template, String... arguments) {
        return call(method, template, node.deadlines().query(), arguments);
    }

    /** Begins a call during which the node works. */
    public Call work(String method, String template, String... arguments) {
        return call(method, template, node.deadlines().work(), arguments);
    }

    /** Begins a call whose body is streamed. */
    public Call streaming(String method, String template, String... arguments) {
        return call(method, template, Duration.ZERO, arguments);
    }

    /** Throws unless the panel itself asks. */
    public void requirePanel(String what) {
        node.requirePanel(what);
    }

    /** Throws unless the caller has a permission. */
    public void require(Permission permission) {
        node.require(permission);
    }

    /** Returns who signs for the node. */
    public TokenSigner signer() {
        return Signing.of(node.settings(), Dialect.CALAGOPUS);
    }

    /** Returns whom a token stands for. */
    public TokenUser user() {
        return Signing.user(node);
    }

    private Call call(String method, String template, Duration deadline, String... arguments) {
        var endpoint = new Endpoint(method, template, Optional.of(new Capability("calagopus")));
        var call = RemoteCall.of(endpoint, endpoint.url(node.base(), arguments).build(), deadline);
        return new Call(node, server.map(call::server).orElse(call));
    }

    /** A call that is about to be made. Immutable. */
    public static final class Call {

        private final NodeConnection node;
        private final RemoteCall call;

        private Call(NodeConnection node, RemoteCall call) {
            this.node = node;
            this.call = call;
        }

        /** Returns the call with a query parameter. */
        public Call query(String name, String value) {
            return new Call(node, call.query(name, value));
        }

        /** Returns the call with a body of members, names and values in turn; those whose value is null are left out. */
        public Call json(@Nullable Object... pairs) {
            Map<String, Object> body = new LinkedHashMap<>();
            for (int i = 0; i < pairs.length; i += 2) {
                var value = pairs[i + 1];
                if (value != null) {
                    body.put(String.valueOf(pairs[i]), value);
                }
            }
            return new Call(node, call.json(WireJson.write(body)));
        }

        /** Makes the call and reads its JSON. */
        public <T> T as(Class<T> type) {
            return node.ask(call).json(type);
        }

        /** Makes the call and reads its body. */
        public <T> T read(Function<byte[], T> reader) {
            return node.ask(call).read(reader);
        }

        /** Makes the call and hands out its body, to be closed by the caller. */
        public Content open() {
            return node.open(call);
        }

        /** Makes the call, whose answer says nothing. */
        public void send() {
            node.ask(call);
        }

        /** Returns the call as a URL that carries a token. */
        public SignedUrl signed(String token, Instant expiresAt) {
            HttpUrl url =
                    call.url().newBuilder().addQueryParameter("token", token).build();
            return new SignedUrl(url.uri(), expiresAt);
        }
    }
}
