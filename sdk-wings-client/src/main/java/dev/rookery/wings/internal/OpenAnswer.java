package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.Call;
import okhttp3.Response;

/**
 * A successful answer whose body is still on its way. A body that was not read to its end costs the connection, which is cheaper than
 * reading it.
 */
final class OpenAnswer implements Content {

    private final Response response;
    private final Call http;
    private final Optional<CancelSignal.Registration> registration;
    private final HttpTransport transport;
    private final RemoteCall call;
    private final CallOptions options;
    private final Deadline deadline;
    private boolean ended;

    OpenAnswer(
            Response response,
            Call http,
            Optional<CancelSignal.Registration> registration,
            HttpTransport transport,
            RemoteCall call,
            CallOptions options,
            Deadline deadline) {
        this.response = response;
        this.http = http;
        this.registration = registration;
        this.transport = transport;
        this.call = call;
        this.options = options;
        this.deadline = deadline;
    }

    Response response() {
        return response;
    }

    RemoteAnswer remote() {
        return transport.failures().answer(call.endpoint(), response.code(), response.headers());
    }

    /** Reads the whole body, or throws if it is longer than {@code max}. */
    byte[] readBody(long max) throws IOException {
        var source = response.body().source();
        if (source.request(max + 1)) {
            throw new ProtocolException(
                    transport.failures().peer() + ": " + call.endpoint() + " answered with more than " + max + " bytes",
                    null,
                    remote());
        }
        ended = true;
        return source.readByteArray();
    }

    /** Reads what there is of a body, up to {@code max} bytes. */
    static byte[] peek(Response response, long max) throws IOException {
        var source = response.body().source();
        source.request(max);
        return source.readByteArray(Math.min(max, source.getBuffer().size()));
    }

    @Override
    public OptionalLong sizeBytes() {
        long length = response.body().contentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Its failures are {@link IOException}s whose cause is what a call would have thrown. */
    @Override
    public InputStream stream() {
        return new FilterInputStream(response.body().byteStream()) {
            @Override
            public int read() throws IOException {
                try {
                    return seen(super.read());
                } catch (IOException e) {
                    throw explained(e);
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return seen(super.read(bytes, offset, length));
                } catch (IOException e) {
                    throw explained(e);
                }
            }

            @Override
            public void close() {
                OpenAnswer.this.close();
            }
        };
    }

    @Override
    public void close() {
        // Cancelled first: closing alone would read on for a while in the hope of keeping the connection.
        if (!ended) {
            http.cancel();
        }
        response.close();
        registration.ifPresent(CancelSignal.Registration::close);
    }

    private int seen(int result) {
        if (result < 0) {
            ended = true;
        }
        return result;
    }

    private IOException explained(IOException e) {
        var translated = transport.translate(call, options, deadline, e);
        return new IOException(translated.getMessage(), translated);
    }
}
