package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Redactor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A panel behind HTTP, asked within one set of bounds. Immutable. */
public final class PanelConnection {

    private static final Endpoint SERVERS = Endpoint.get("/api/remote/servers");
    private static final Endpoint CONFIGURATION = Endpoint.get("/api/remote/servers/{uuid}");
    private static final Endpoint INSTALL_SCRIPT = Endpoint.get("/api/remote/servers/{uuid}/install");
    private static final Endpoint INSTALL_REPORT = Endpoint.post("/api/remote/servers/{uuid}/install");
    private static final Endpoint STATE_REPORT = Endpoint.post("/api/remote/servers/{uuid}/container/status");
    private static final Endpoint RESET = Endpoint.post("/api/remote/servers/reset");

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final long ANSWER_BYTES_MAX = 64L * 1024 * 1024;

    private final HttpUrl base;
    private final HttpTransport transport;
    private final Duration deadline;
    private final CallOptions options;

    private PanelConnection(HttpUrl base, HttpTransport transport, Duration deadline, CallOptions options) {
        this.base = base;
        this.transport = transport;
        this.deadline = deadline;
        this.options = options;
    }

    /**
     * How we present ourselves, and how patient we are.
     *
     * @param userAgent by which the panel knows a node
     * @param headers further headers
     * @param deadline of a call that has none of its own
     * @param retryBudget how long a call is tried again
     */
    public record Manner(String userAgent, Map<String, String> headers, Duration deadline, Duration retryBudget) {}

    /** Returns a connection; nothing is sent yet. */
    public static PanelConnection of(
            HttpUrl base, NodeCredentials credentials, OkHttpClient client, Manner manner, CallOptions options) {
        var headers = new Headers.Builder();
        manner.headers().forEach(headers::set);
        headers.set("Authorization", credentials.nodeToPanel())
                .set("Accept", "application/json")
                .set("Content-Type", "application/json")
                .set("User-Agent", manner.userAgent());
        var transport = new HttpTransport(
                client,
                manner.deadline(),
                headers.build(),
                new Failures("panel " + BaseUrl.show(base), Redactor.of(credentials.token())),
                new HttpTransport.Retries(
                        Backoff.REMOTE, manner.retryBudget(), endpoint -> true, status -> status >= 500),
                ANSWER_BYTES_MAX);
        return new PanelConnection(base, transport, manner.deadline(), options);
    }

    /** Returns the same panel within other bounds. */
    public PanelConnection with(CallOptions other) {
        return new PanelConnection(base, transport, deadline, other);
    }

    /** Returns one page of servers. */
    public ServerPage servers(int page, int perPage) {
        if (page < 1 || perPage < 1) {
            throw new InvalidInputException("page: " + page + ", perPage: " + perPage + " (expected: >= 1)");
        }
        var url = SERVERS.url(base)
                .addQueryParameter("page", Integer.toString(page))
                .addQueryParameter("per_page", Integer.toString(perPage));
        var answer = transport.exchange(RemoteCall.of(SERVERS, url.build(), deadline), options);
        if (!(answer.json(Json.class) instanceof Json.Obj object)
                || !(object.members().get("data") instanceof Json.Array data)) {
            throw new ProtocolException(
                    SERVERS + " answered without a list (expected: {\"data\":[...],\"meta\":{...}})",
                    null,
                    answer.remote());
        }
        var entries = data.items().stream().map(PanelConnection::entry).toList();
        var meta = object.members().get("meta");
        return new ServerPage(
                entries,
                (int) number(meta, "current_page", page),
                // Calagopus says 0 where there are no servers.
                (int) Math.max(1, number(meta, "last_page", 1)),
                number(meta, "total", entries.size()));
    }

    /** Returns how to run one server. */
    public ServerConfiguration configuration(ServerId server) {
        var answer = transport.exchange(call(CONFIGURATION, server), options);
        var configuration = answer.json(ServerConfiguration.class);
        if (!configuration.settings().uuid().equals(server)) {
            throw new ProtocolException(
                    CONFIGURATION + " answered the server "
                            + configuration.settings().uuid() + " (expected: " + server + ")",
                    null,
                    answer.remote());
        }
        return configuration;
    }

    /** Returns how to install one server. */
    public InstallScript installScript(ServerId server) {
        return transport.exchange(call(INSTALL_SCRIPT, server), options).json(InstallScript.class);
    }

    /** Reports the outcome of an installation. */
    public void reportInstall(ServerId server, InstallReport report) {
        transport.exchange(call(INSTALL_REPORT, server).json(WireJson.write(report)), options);
    }

    /** Reports a change of the power state. */
    public void reportState(ServerId server, StateChange change) {
        transport.exchange(call(STATE_REPORT, server).json(WireJson.write(Map.of("data", change))), options);
    }

    /** Reports that the node has restarted. */
    public void reset() {
        transport.exchange(
                RemoteCall.of(RESET, RESET.url(base).build(), deadline).json(NULL), options);
    }

    private RemoteCall call(Endpoint endpoint, ServerId server) {
        return RemoteCall.of(endpoint, endpoint.url(base, server.toString()).build(), deadline);
    }

    private static ServerPage.Entry entry(Json item) {
        try {
            var configuration = WireJson.read(item, ServerConfiguration.class);
            return new ServerPage.Entry(configuration.settings().uuid().toString(), configuration, null);
        } catch (InvalidInputException e) {
            return new ServerPage.Entry(uuid(item), null, e.getMessage());
        }
    }

    private static String uuid(Json item) {
        var members = members(item);
        for (var holder : List.of(members, members(members.get("settings")))) {
            if (holder.get("uuid") instanceof Json.Text text) {
                return text.value();
            }
        }
        return "";
    }

    private static Map<String, Json> members(@Nullable Json json) {
        return json instanceof Json.Obj object ? object.members() : Map.of();
    }

    private static long number(@Nullable Json object, String name, long otherwise) {
        var value = members(object).get(name);
        if (value instanceof Json.Num number) {
            return number.value().longValue();
        }
        if (value instanceof Json.Text text) {
            try {
                return new BigDecimal(text.value().strip()).longValue();
            } catch (NumberFormatException ignored) {
                // As if it were not there.
                return otherwise;
            }
        }
        return otherwise;
    }
}
