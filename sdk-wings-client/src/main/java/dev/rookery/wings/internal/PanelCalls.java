package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.dialect.RemoteDialect;
import dev.rookery.api.node.Capability;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Redactor;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Makes the calls of {@code /api/remote}: queries fail fast, reports are repeated for long. Immutable. Source of the two policies: daemon
 * behaviour §11.2.
 */
final class PanelCalls {

    private static final long ANSWER_BYTES_MAX = 64L * 1024 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final Set<Endpoint> REPEATABLE = Stream.of(PanelCall.values())
            .filter(PanelCall::repeatable)
            .map(PanelCalls::endpoint)
            .collect(Collectors.toUnmodifiableSet());

    private final HttpUrl base;
    private final RemoteDialect dialect;
    private final HttpTransport queries;
    private final HttpTransport reports;
    private final Duration deadline;

    PanelCalls(
            HttpUrl base, Supplier<NodeCredentials> credentials, OkHttpClient client, PanelConnection.Manner manner) {
        this.base = base;
        this.dialect = manner.dialect();
        this.deadline = manner.deadline();
        var secrets = Redactor.of();
        var headers = new NodeHeaders(credentials, manner, secrets);
        var failures = new Failures(
                "panel " + BaseUrl.show(base),
                secrets,
                () -> Optional.of(manner.dialect().dialect()));
        this.queries = new HttpTransport(
                client,
                deadline,
                headers,
                failures,
                new HttpTransport.Retries(
                        Backoff.REMOTE, manner.queryBudget(), REPEATABLE::contains, status -> status >= 500),
                ANSWER_BYTES_MAX);
        this.reports = new HttpTransport(
                client,
                deadline,
                headers,
                failures,
                new HttpTransport.Retries(
                        Backoff.REMOTE,
                        manner.reportBudget(),
                        REPEATABLE::contains,
                        status -> status >= 500 || status == TOO_MANY_REQUESTS),
                ANSWER_BYTES_MAX);
    }

    RemoteDialect dialect() {
        return dialect;
    }

    /** Returns what a panel lacks that does not know a call. */
    NotOfferedException notOffered(PanelCall call) {
        var name = call.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new NotOfferedException(
                "panels of the dialect " + dialect.dialect().wireName() + " do not offer '" + name + "'",
                new Capability(name),
                null,
                null);
    }

    /**
     * Asks the panel something.
     *
     * @param request adds a query or a body
     * @param arguments for the segments in braces
     */
    Answer ask(PanelCall call, CallOptions options, UnaryOperator<RemoteCall> request, String... arguments) {
        requireOffered(call);
        return queries.exchange(request.apply(prepare(call, arguments)), options);
    }

    /** Tells the panel something. */
    void report(PanelCall call, CallOptions options, byte[] body, String... arguments) {
        requireOffered(call);
        var answer = reports.exchange(prepare(call, arguments).json(body), options);
        // Whoever answers a page for people, a log-in before the panel for one, has taken no report.
        if (answer.text().stripLeading().startsWith("<")) {
            throw new ProtocolException(
                    endpoint(call) + " answered " + answer.remote().status()
                            + " with HTML (expected: a panel that answers itself)",
                    null,
                    answer.remote());
        }
    }

    private void requireOffered(PanelCall call) {
        if (!dialect.offers(call)) {
            throw notOffered(call);
        }
    }

    private RemoteCall prepare(PanelCall call, String... arguments) {
        var endpoint = endpoint(call);
        return RemoteCall.of(endpoint, endpoint.url(base, arguments).build(), deadline);
    }

    private static Endpoint endpoint(PanelCall call) {
        return new Endpoint(call.method(), call.template(), Optional.empty());
    }
}
