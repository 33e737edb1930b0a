package dev.rookery.wings.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.kit.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Turns what a peer answers into exceptions. Sources: node API §1.5 and §7.6, panel remote API §1.3. */
final class Failures {

    static final String REQUEST_ID = "X-Request-Id";

    /** Ours: the kind of exception that the peer threw, because several share a status on the wire. */
    static final String KIND_HEADER = "X-Rookery-Error";

    private static final int TEXT_MAX = 500;
    /** Those of Unicode: some terminals take U+009B for the beginning of a sequence. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    // A console's token, or anybody else's: a JSON object in base64, and what follows.
    private static final Pattern SIGNED_TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)*");

    private final String peer;
    private final Redactor redactor;
    private final Supplier<Optional<Dialect>> dialect;

    /**
     * Creates the translator for a peer whose dialect does not matter.
     *
     * @param peer names the peer in messages
     * @param redactor knows what may not be in a message
     */
    Failures(String peer, Redactor redactor) {
        this(peer, redactor, Optional::empty);
    }

    /**
     * Creates the translator.
     *
     * @param peer names the peer in messages
     * @param redactor knows what may not be in a message
     * @param dialect what the peer speaks, as far as it is known
     */
    Failures(String peer, Redactor redactor, Supplier<Optional<Dialect>> dialect) {
        this.peer = peer;
        this.redactor = redactor;
        this.dialect = dialect;
    }

    /** Returns what exceptions tell of an answer. */
    RemoteAnswer answer(Endpoint endpoint, int status, Headers headers) {
        return answer(endpoint, status, Optional.ofNullable(headers.get(REQUEST_ID)));
    }

    private RemoteAnswer answer(Endpoint endpoint, int status, Optional<String> requestId) {
        return new RemoteAnswer(endpoint.toString(), status, requestId, dialect.get());
    }

    /** Returns the exception for a call that the peer's dialect does not have; nothing was sent. */
    NotOfferedException notOffered(NodeCall call, Dialect spoken) {
        var capability = call.capability().orElse(new Capability(name(call)));
        return new NotOfferedException(
                peer + ": nodes of the dialect " + spoken.wireName() + " do not offer "
                        + (capability.name().equals(name(call)) ? "" : name(call) + " of ") + "'" + capability + "'",
                capability,
                null,
                null);
    }

    private static String name(NodeCall call) {
        return call.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the exception for an answer that is no success. */
    RookeryException of(Endpoint endpoint, int status, Headers headers, byte[] body) {
        var json = parse(body);
        var text = textOf(json, body);
        var requestId = member(json, "request_id")
                .or(() -> Optional.ofNullable(headers.get(REQUEST_ID)))
                .map(this::clean);
        var answer = answer(endpoint, status, requestId);
        var message = peer + ": " + endpoint + " answered " + status + (text.isEmpty() ? "" : ": " + clean(text));
        if (status >= 300 && status < 400) {
            var target = Optional.ofNullable(headers.get("Location")).orElse("nowhere");
            return new ProtocolException(
                    message + " (a redirect to " + clean(target) + "; expected: a base URL that answers itself)",
                    null,
                    answer);
        }
        if (NodeDialect.saysUnknownRoute(status, text)) {
            return unknownRoute(endpoint, message, answer);
        }
        return byKind(headers.get(KIND_HEADER), status, message, answer);
    }

    /** Returns a text of the peer, fit for a message or a log. */
    String clean(String text) {
        var line = BREAKS.matcher(text.strip()).replaceAll(" ");
        // Before cutting: half a secret would not be recognised.
        var safe = redactor.redact(SIGNED_TOKEN.matcher(line).replaceAll(Redactor.PLACEHOLDER));
        return safe.length() > TEXT_MAX ? safe.substring(0, TEXT_MAX) + "..." : safe;
    }

    String peer() {
        return peer;
    }

    private static RookeryException byKind(@Nullable String kind, int status, String message, RemoteAnswer answer) {
        if (kind == null) {
            return byStatus(status, message, answer);
        }
        return switch (kind) {
            case "not-found" -> new NotFoundException(message, null, answer);
            case "conflict" -> new ConflictException(message, null, answer);
            case "invalid-input" -> new InvalidInputException(message, null, answer);
            case "denied" -> new DeniedException(message, null, answer);
            case "deadline" -> new DeadlineException(message, null, answer);
            case "protocol" -> new ProtocolException(message, null, answer);
            case "unavailable" -> new UnavailableException(message, null, answer);
            default -> byStatus(status, message, answer);
        };
    }

    private static RookeryException byStatus(int status, String message, RemoteAnswer answer) {
        return switch (status) {
            // 417 is what Calagopus answers where the Go daemons say 400.
            case 400, 411, 413, 414, 415, 417, 422 -> new InvalidInputException(message, null, answer);
            case 401, 403 -> new DeniedException(message, null, answer);
            case 404, 410 -> new NotFoundException(message, null, answer);
            case 409, 423 -> new ConflictException(message, null, answer);
            case 408, 504 -> new DeadlineException(message, null, answer);
            default ->
                status >= 500 || status == 429
                        ? new UnavailableException(message, null, answer)
                        : new ProtocolException(message, null, answer);
        };
    }

    private static RookeryException unknownRoute(Endpoint endpoint, String message, RemoteAnswer answer) {
        var text = message + " (the peer does not offer this call)";
        return endpoint.capability()
                .<RookeryException>map(capability -> new NotOfferedException(text, capability, null, answer))
                .orElseGet(() -> new ProtocolException(text, null, answer));
    }

    private static @Nullable Json parse(byte[] body) {
        try {
            return WireJson.read(body, Json.class);
        } catch (InvalidInputException ignored) {
            // Not JSON: the text itself is what there is to say.
            return null;
        }
    }

    private static String textOf(@Nullable Json json, byte[] body) {
        return member(json, "error")
                .or(() -> firstOfErrors(json))
                .or(() -> member(json, "message"))
                .orElseGet(() -> json instanceof Json.Obj ? "" : looksLikeHtml(body) ? "" : text(body));
    }

    private static Optional<String> firstOfErrors(@Nullable Json json) {
        if (!(json instanceof Json.Obj object)
                || !(object.members().get("errors") instanceof Json.Array errors)
                || errors.items().isEmpty()) {
            return Optional.empty();
        }
        var first = errors.items().get(0);
        return first instanceof Json.Text text ? Optional.of(text.value()) : detail(first);
    }

    private static Optional<String> detail(Json error) {
        var code = member(error, "code");
        var detail = member(error, "detail");
        return detail.isPresent() && code.isPresent()
                ? Optional.of(detail.get() + " [" + code.get() + "]")
                : detail.or(() -> code);
    }

    private static Optional<String> member(@Nullable Json json, String name) {
        return json instanceof Json.Obj object
                        && object.members().get(name) instanceof Json.Text text
                        && !text.value().isBlank()
                ? Optional.of(text.value())
                : Optional.empty();
    }

    private static boolean looksLikeHtml(byte[] body) {
        return text(body).stripLeading().startsWith("<");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
