package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Correlation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls: bounds them, sends the common headers, repeats what may be repeated, and turns every failure into one of our exceptions.
 * Thread-safe.
 */
final class HttpTransport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int ERROR_BODY_MAX = 64 * 1024;

    private final Clients pooled;
    private final Clients fresh;
    private final Supplier<Headers> headers;
    private final Failures failures;
    private final Retries retries;
    private final long answerBytesMax;
    private final Surroundings surroundings;

    /** The clients for calls with a deadline and for calls that only must not fall silent. */
    private record Clients(OkHttpClient bounded, OkHttpClient streaming) {

        static Clients of(OkHttpClient.Builder builder, Duration idle) {
            // The deadline of the call is the bound; a second one would cut longer deadlines short.
            return new Clients(
                    builder.readTimeout(Duration.ZERO)
                            .writeTimeout(Duration.ZERO)
                            .build(),
                    builder.readTimeout(idle).writeTimeout(idle).build());
        }

        OkHttpClient of(RemoteCall call) {
            return call.deadline().isZero() ? streaming : bounded;
        }
    }

    /**
     * When a call is repeated.
     *
     * @param backoff the pauses
     * @param budget from the first try to the last at most; zero turns repeating off
     * @param repeatable which calls may be repeated at all
     * @param transientStatus which statuses are worth another try, besides network failures
     */
    record Retries(
            Backoff backoff, Duration budget, Predicate<Endpoint> repeatable, Predicate<Integer> transientStatus) {}

    /**
     * What is told of calls.
     *
     * @param scope surrounds each call
     * @param watch sees every answer
     */
    record Surroundings(Optional<CallScope> scope, Watch watch) {

        static final Surroundings NONE = new Surroundings(Optional.empty(), (call, status, headers) -> {});
    }

    /** Sees answers. */
    @FunctionalInterface
    interface Watch {
        void answered(RemoteCall call, int status, Headers headers);
    }

    /**
     * Creates the transport of a peer that nobody watches.
     *
     * @param client whose connections are used
     * @param idle the longest silence of a call that has no deadline
     * @param headers are sent with every call, asked for each time
     * @param failures turns answers into exceptions
     * @param retries when a call is repeated
     * @param answerBytesMax the longest answer that is read into memory
     */
    HttpTransport(
            OkHttpClient client,
            Duration idle,
            Supplier<Headers> headers,
            Failures failures,
            Retries retries,
            long answerBytesMax) {
        this(client, idle, headers, failures, retries, answerBytesMax, Surroundings.NONE);
    }

    HttpTransport(
            OkHttpClient client,
            Duration idle,
            Supplier<Headers> headers,
            Failures failures,
            Retries retries,
            long answerBytesMax,
            Surroundings surroundings) {
        // OkHttp's redirects would turn a POST into a GET, or carry a token elsewhere.
        var builder = client.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT);
        this.pooled = Clients.of(builder, idle);
        this.fresh = Clients.of(builder.connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS)), idle);
        this.headers = headers;
        this.failures = failures;
        this.retries = retries;
        this.answerBytesMax = answerBytesMax;
        this.surroundings = surroundings;
    }

    Failures failures() {
        return failures;
    }

    /** Makes a call and reads its answer to the end; everything but 2xx is thrown. */
    Answer exchange(RemoteCall call, CallOptions options) {
        return repeating(call, options, (deadline, repeats) -> {
            try (var open = execute(call, options, deadline, repeats)) {
                byte[] body = open.readBody(answerBytesMax);
                return new Answer(open.remote(), open.response().headers(), body);
            } catch (IOException e) {
                throw translate(call, options, deadline, e);
            }
        });
    }

    /**
     * Makes a call and hands out its body as a stream; everything but 2xx is thrown.
     *
     * @return to be closed by the caller
     */
    OpenAnswer open(RemoteCall call, CallOptions options) {
        return repeating(call, options, (deadline, repeats) -> execute(call, options, deadline, repeats));
    }

    /** Returns the exception for a failure below HTTP. */
    RookeryException translate(RemoteCall call, CallOptions options, Deadline deadline, IOException e) {
        var what = failures.peer() + ": " + call.endpoint();
        if (options.cancel().filter(CancelSignal::cancelled).isPresent()) {
            return new DeadlineException(what + " was cancelled", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new DeadlineException(what + " was interrupted", e);
        }
        if (e instanceof Bodies.SourceException) {
            var message = what + ": " + e.getMessage();
            return e.getCause() == null ? new InvalidInputException(message, e) : new UnavailableException(message, e);
        }
        var distrust = distrust(e);
        if (distrust.isPresent()) {
            return new ProtocolException(
                    what + ": the peer's certificate is not trusted: " + failures.clean(distrust.get()), e);
        }
        boolean connecting =
                String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
        if (deadline.passed() || (e instanceof InterruptedIOException && !connecting)) {
            return new DeadlineException(what + " got no answer within " + deadline, e);
        }
        var reason = e instanceof SocketTimeoutException ? "no connection within the time allowed" : reason(e);
        return new UnavailableException(what + " failed: " + failures.clean(reason), e);
    }

    private interface Attempt<T> {
        T make(Deadline deadline, Repeats repeats);
    }

    private <T> T repeating(RemoteCall call, CallOptions options, Attempt<T> attempt) {
        return surroundings
                .scope()
                .map(scope -> scope.around(call, () -> tries(call, options, attempt)))
                .orElseGet(() -> tries(call, options, attempt));
    }

    private <T> T tries(RemoteCall call, CallOptions options, Attempt<T> attempt) {
        var deadline = Deadline.after(options.deadline().orElse(call.deadline()));
        boolean once =
                !retries.repeatable().test(call.endpoint()) || retries.budget().isZero();
        var repeats = new Repeats(retries, deadline.shorterOf(retries.budget()), options.cancel());
        while (true) {
            try {
                return attempt.make(deadline, repeats);
            } catch (RookeryException e) {
                if (once || !repeats.again(e)) {
                    // Whoever sees "already done" has to know whether it was us who did it.
                    repeats.earlier().forEach(e::addSuppressed);
                    throw e;
                }
            }
        }
    }

    private OpenAnswer execute(RemoteCall first, CallOptions options, Deadline deadline, Repeats repeats) {
        var call = first;
        for (int hops = 0; ; hops++) {
            var sent = send(call, options, deadline);
            var response = sent.response();
            if (response.isSuccessful()) {
                return sent;
            }
            try (sent) {
                var target = hops < Redirects.MAX ? Redirects.follow(call, response) : Optional.<RemoteCall>empty();
                if (target.isEmpty()) {
                    repeats.refused(response.headers());
                    throw failure(call, response);
                }
                call = target.get();
            }
        }
    }

    private OpenAnswer send(RemoteCall call, CallOptions options, Deadline deadline) {
        if (options.cancel().filter(CancelSignal::cancelled).isPresent()) {
            throw new DeadlineException(failures.peer() + ": " + call.endpoint() + " was cancelled");
        }
        long begin = System.nanoTime();
        // What may not be sent twice gets a connection of its own: a kept one may have been closed by the peer at this
        // very moment, a node that was just restarted for example, and then nobody could say whether the call had
        // arrived.
        var clients = retries.repeatable().test(call.endpoint()) ? pooled : fresh;
        var http = clients.of(call).newCall(request(call, options));
        deadline.bound(http);
        var registration = options.cancel().map(signal -> signal.onCancel(http::cancel));
        boolean answered = false;
        try {
            var response = http.execute();
            answered = true;
            log(call, response.code(), begin);
            surroundings.watch().answered(call, response.code(), response.headers());
            return new OpenAnswer(response, http, registration, this, call, options, deadline);
        } catch (IOException e) {
            LOG.debug("{} {} failed after {} ms", failures.peer(), call.endpoint(), millisSince(begin));
            throw translate(call, options, deadline, e);
        } finally {
            if (!answered) {
                registration.ifPresent(CancelSignal.Registration::close);
            }
        }
    }

    private RookeryException failure(RemoteCall call, Response response) {
        byte[] body;
        try {
            body = OpenAnswer.peek(response, ERROR_BODY_MAX);
        } catch (IOException ignored) {
            // The status says more than the broken body.
            body = new byte[0];
        }
        return failures.of(call.endpoint(), response.code(), response.headers(), body);
    }

    private Request request(RemoteCall call, CallOptions options) {
        var request = new Request.Builder()
                .url(call.url())
                .headers(headersOf(call))
                .method(call.endpoint().method(), call.body().orElse(null));
        options.correlationId()
                .or(() -> Correlation.current().filter(CallOptions::validCorrelationId))
                .ifPresent(id -> request.header(Correlation.HEADER, id));
        return request.build();
    }

    private Headers headersOf(RemoteCall call) {
        if (call.headers().size() == 0) {
            return headers.get();
        }
        var all = headers.get().newBuilder();
        for (var name : call.headers().names()) {
            var value = call.headers().get(name);
            if (value == null || value.isEmpty()) {
                all.removeAll(name);
            } else {
                all.set(name, value);
            }
        }
        return all.build();
    }

    private void log(RemoteCall call, int status, long begin) {
        LOG.debug("{} {} -> {} in {} ms", failures.peer(), call.endpoint(), status, millisSince(begin));
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Returns why a certificate is not trusted; empty if that is not what went wrong. */
    private static Optional<String> distrust(IOException e) {
        if (e instanceof SSLPeerUnverifiedException) {
            return Optional.of(firstLine(e));
        }
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return Optional.of(firstLine(cause));
            }
        }
        return Optional.empty();
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String reason(IOException e) {
        var message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
