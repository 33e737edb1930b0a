package dev.rookery.proxy.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.FakeAnswer.Refusal;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.Tree;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * Cloudflare's API over HTTP, as proxy.md §4.3 has it: envelope, pages, codes, limits, transactions, lists that are behind, others who write, and calls that
 * are lost on either way. A part of this module's tests, not of sdk-testing, which knows no foreign services and sits above this module; the panel's tests have
 * it from here.
 */
public final class FakeCloudflare implements AutoCloseable {

    public static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    public static final String TOKEN = "cf-token-canary-5f2d8c1b";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, FakeZone> zones = new LinkedHashMap<>();
    private final FakeTunnels tunnels = new FakeTunnels();
    private final List<String> calls = new ArrayList<>();
    private String token = TOKEN;
    private String denied = " ";
    private Function<String, FakeFault> faults = call -> FakeFault.NONE;
    private Consumer<String> before = call -> {};
    private Function<String, Integer> behind = call -> 0;

    /** Starts it; nothing is there yet. */
    public FakeCloudflare() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
    }

    /** Returns where its API is. */
    public URI url() {
        return server.url("/client/v4").uri();
    }

    CloudflareApiBuilder api() {
        return CloudflareApi.builder(TOKEN).baseUrl(url()).callStep(java.time.Duration.ZERO);
    }

    /** Sets what goes wrong, by method and path. */
    public synchronized void faults(Function<String, FakeFault> faults) {
        this.faults = faults;
    }

    /** Sets what happens before a call is looked at, such as others' writes. Not under the lock. */
    synchronized void before(Consumer<String> before) {
        this.before = before;
    }

    /** Sets by how many writes lists of records are behind. */
    synchronized void behind(Function<String, Integer> behind) {
        this.behind = behind;
    }

    /** Lists are up to date, and nothing goes wrong any more. */
    public synchronized void calm() {
        faults = call -> FakeFault.NONE;
        before = call -> {};
        behind = call -> 0;
        zones.values().forEach(FakeZone::settle);
    }

    /** Takes another token from now on. */
    public synchronized void token(String token) {
        this.token = token;
    }

    /** Denies calls whose path has this part. */
    public synchronized void deny(String part) {
        this.denied = part;
    }

    /** Makes a zone that is there from now on. */
    public synchronized void addZone(String name) {
        zone(name);
    }

    synchronized FakeZone zone(String name) {
        return zones.computeIfAbsent("zone-" + name, id -> new FakeZone(id, name));
    }

    /** Makes a record that is somebody else's; returns its id. */
    public synchronized String foreign(String zone, String type, String name, String content) {
        var body =
                Tree.of("type", type).put("name", name).put("content", content).put("comment", "by hand");
        return Answer.of(zone(zone).create(Answer.of(body.json())).envelope().json())
                .at("result")
                .textOr("id", "");
    }

    synchronized String tunnel(String name, boolean local) {
        return tunnels.add(name, local);
    }

    synchronized FakeTunnels.State tunnel(String id) {
        return tunnels.get(id);
    }

    synchronized Optional<FakeTunnels.State> tunnelNamed(String name) {
        return tunnels.all().values().stream()
                .filter(tunnel -> tunnel.name.equals(name) && !tunnel.deleted)
                .findFirst();
    }

    /** Has a connector be connected to a tunnel that goes by a certain configuration. */
    public synchronized void connected(String tunnel, long version) {
        tunnelNamed(tunnel).orElseThrow().connectors.add(version);
    }

    synchronized void configure(String id, Json config) {
        tunnels.configure(id, config);
    }

    /** Returns all records of all zones, by id. */
    public synchronized Map<String, DnsRecord> records() {
        var all = new LinkedHashMap<String, DnsRecord>();
        zones.values().forEach(zone -> all.putAll(zone.records()));
        return all;
    }

    /** Returns the record of a name, if there is one. */
    public Optional<DnsRecord> record(String name) {
        return records().values().stream()
                .filter(record -> record.name().equals(name))
                .findFirst();
    }

    /** Returns the calls that came in, and forgets them. */
    synchronized List<String> calls() {
        var all = List.copyOf(calls);
        calls.clear();
        return all;
    }

    /** Returns the calls that came in and change something, and forgets all. */
    public List<String> writes() {
        return calls().stream().filter(call -> !call.startsWith("GET")).toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse answer(RecordedRequest request) {
        var path = request.getUrl().encodedPath().substring("/client/v4/".length());
        var call = request.getMethod() + " " + path;
        Consumer<String> others;
        synchronized (this) {
            calls.add(call);
            others = before;
        }
        others.accept(call);
        synchronized (this) {
            var fault = faults.apply(call);
            var answer = fault.done() ? done(request, call, path) : FakeAnswer.error(500, 0, "internal error");
            if (fault == FakeFault.TWICE) {
                answer = done(request, call, path);
            }
            return sent(fault, answer);
        }
    }

    private static MockResponse sent(FakeFault fault, FakeAnswer answer) {
        return switch (fault) {
            case NONE, TWICE -> response(answer.status(), answer.text());
            case LIMITED ->
                response(429, FakeAnswer.error(429, 10013, "rate limited").text())
                        .newBuilder()
                        .setHeader("Retry-After", "0")
                        .build();
            case FAILED -> response(502, "<html>bad gateway</html>");
            case FAILED_AFTERWARDS -> response(504, "<html>gateway timeout</html>");
            case UNHEARD, LOST ->
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build();
        };
    }

    private static MockResponse response(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .body(body)
                .setHeader("CF-Ray", "ray-1")
                .build();
    }

    private FakeAnswer done(RecordedRequest request, String call, String path) {
        var given = request.getHeaders().get("Authorization");
        if (!("Bearer " + token).equals(given)) {
            // As Cloudflare does not, but a proxy on the way may: the token comes back.
            return FakeAnswer.error(401, 10000, "Authentication error: " + given);
        }
        if (path.contains(denied)) {
            return FakeAnswer.error(403, 9109, "Unauthorized to access requested resource");
        }
        try {
            var body = request.getBody() == null || request.getBody().size() == 0
                    ? Answer.of(Json.Null.INSTANCE)
                    : Answer.of(ProxyJson.read(request.getBody().toByteArray()));
            return route(call.split("[ /]", -1), request, body);
        } catch (Refusal e) {
            return e.answer();
        }
    }

    private FakeAnswer route(String[] call, RecordedRequest request, Answer body) {
        if (call[1].equals("user")) {
            return FakeAnswer.of(Tree.of("id", "token-1").put("status", "active"));
        }
        if (call[1].equals("zones")) {
            return call.length == 2 ? page(zonesShown(), request) : records(call, request, body);
        }
        return call.length > 3 && call[3].equals("cfd_tunnel")
                ? tunnels(call, request, body)
                : FakeAnswer.error(404, 7003, "Could not route to the path");
    }

    private List<Tree> zonesShown() {
        return zones.values().stream()
                .map(zone -> Tree.of("id", zone.id).put("name", zone.name).put("status", "active"))
                .toList();
    }

    private FakeAnswer records(String[] call, RecordedRequest request, Answer body) {
        var zone = zones.get(call[2]);
        if (zone == null) {
            throw new Refusal(404, 7003, "Could not route to the zone");
        }
        boolean one = call.length > 4;
        return switch (call[0]) {
            case "GET" -> page(zone.list(behind.apply(zone.name)), request);
            case "POST" -> one ? zone.batch(body) : zone.create(body);
            case "PUT" -> zone.replace(call[4], body);
            case "DELETE" -> zone.delete(call[4]);
            default -> FakeAnswer.error(405, 10405, "Method not allowed");
        };
    }

    private FakeAnswer tunnels(String[] call, RecordedRequest request, Answer body) {
        if (call.length == 4) {
            return call[0].equals("POST")
                    ? tunnels.create(body)
                    : page(
                            tunnels.list(
                                    query(request, "name").orElse(""),
                                    query(request, "is_deleted").isEmpty()),
                            request);
        }
        var what = call[0] + (call.length > 5 ? " " + call[5] : "");
        return switch (what) {
            case "GET" -> tunnels.show(call[4]);
            case "DELETE" -> tunnels.delete(call[4]);
            case "GET token" -> FakeAnswer.of(new Json.Text("connector-secret-of-" + call[4]));
            case "GET connections" -> tunnels.connections(call[4]);
            case "GET configurations" -> tunnels.config(call[4]);
            case "PUT configurations" ->
                tunnels.configure(call[4], body.members().getOrDefault("config", Json.Null.INSTANCE));
            default -> FakeAnswer.error(405, 10405, "Method not allowed");
        };
    }

    private static FakeAnswer page(List<Tree> all, RecordedRequest request) {
        int page = query(request, "page").map(Integer::parseInt).orElse(1);
        int perPage = query(request, "per_page").map(Integer::parseInt).orElse(20);
        return FakeAnswer.page(all, page, Math.min(perPage, 100));
    }

    private static Optional<String> query(RecordedRequest request, String name) {
        return Optional.ofNullable(request.getUrl().queryParameter(name));
    }
}
