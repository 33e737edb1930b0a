package dev.rookery.daemon.internal.http;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.kit.Correlation;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One request on its way through a connection. Belongs to the event loop; the final fields may be read by workers. */
final class Exchange {

    final HttpRequest head;
    final String requestId = randomId();
    final String correlationId;
    /** The address of who asks. */
    final String client;

    final long startNanos = System.nanoTime();

    /** Set if a protected route was asked for. */
    boolean guarded;

    boolean keepAlive;
    boolean bodyArrived;
    /** An answer was decided; further ones are dropped. */
    boolean answered;

    /** The answer has left. */
    boolean writtenOut;

    Routes.@Nullable Match match;

    @Nullable
    QueryStringDecoder target;

    @Nullable
    RequestBody streamed;

    /** The client is gone. */
    final CancelSignal gone = CancelSignal.create();

    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);

    Exchange(HttpRequest head, String client) {
        this.head = head;
        this.client = client;
        this.correlationId = Optional.ofNullable(head.headers().get(Correlation.HEADER))
                .filter(CallOptions::validCorrelationId)
                .orElse(requestId);
        this.keepAlive = HttpUtil.isKeepAlive(head);
    }

    /** A label and no secret: taken from where it costs no system call. */
    private static String randomId() {
        var random = ThreadLocalRandom.current();
        // The bits of version 4.
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low).toString();
    }

    /** Keeps a piece of the body; false if that makes it larger than {@code limit}. */
    boolean hold(ByteBuf piece, int limit) {
        if (held.size() + piece.readableBytes() > limit) {
            return false;
        }
        try {
            piece.readBytes(held, piece.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory does not fail", e);
        }
        return true;
    }

    byte[] heldBody() {
        return held.toByteArray();
    }

    @Nullable
    String origin() {
        return head.headers().get(HttpHeaderNames.ORIGIN);
    }

    CallOptions options() {
        var options = CallOptions.defaults().correlationId(correlationId);
        return match != null && match.endsWithClient() ? options.cancel(gone) : options;
    }
}
