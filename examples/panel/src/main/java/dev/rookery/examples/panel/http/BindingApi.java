package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.examples.panel.proxy.PanelProxy;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.ProxyDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accounts of Cloudflare and their tunnels, for administrators. A token goes in, and never comes out. */
final class BindingApi {

    static final String PATH = "/api/cf/bindings";

    private static final String MEMBER = "cloudflare";
    private static final String TOKEN = "token";
    private static final String TOKEN_VALUE = "tokenValue";

    private final ProxyAccess access;
    private final ProxyWrites writes;
    private final ReentrantLock saving = new ReentrantLock();

    BindingApi(ProxyAccess access, ProxyWrites writes) {
        this.access = access;
        this.writes = writes;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::list, Access.ADMIN);
        routes.put(PATH + "/{id}", this::save, Access.ADMIN);
        routes.delete(PATH + "/{id}", this::delete, Access.ADMIN);
    }

    private void list(Context request) {
        var proxy = access.require();
        var head = proxy.service().head();
        var states = proxy.cloudflare().states().stream()
                .collect(Collectors.toMap(CloudflareStatus::binding, Function.identity(), (one, other) -> one));
        ProxyWrites.tag(request, head.header());
        request.json(new Items(
                head.number(),
                head.etag(),
                head.document().cloudflare().stream()
                        .map(binding -> view(proxy, binding, Optional.ofNullable(states.get(binding.id()))))
                        .toList()));
    }

    private static BindingView view(PanelProxy proxy, CloudflareBinding binding, Optional<CloudflareStatus> status) {
        return new BindingView(
                shown(binding),
                proxy.tokens().known(binding.token()),
                status.map(BindingView.Status::of),
                BindingView.Connector.of(proxy.connectors().state(binding.id())));
    }

    private static Json shown(CloudflareBinding binding) {
        var only = ProxyDocument.builder().addCloudflare(binding).build();
        return ProxyTexts.shown(only, MEMBER, new Json.Array(List.of())) instanceof Json.Array list
                ? list.items().get(0)
                : new Json.Obj(Map.of());
    }

    private void save(Context request) {
        var proxy = access.require();
        var id = request.pathParam("id");
        var members = new LinkedHashMap<>(ProxyTexts.object(request).members());
        var token = token(members.remove(TOKEN_VALUE));
        if (token != null) {
            members.put(TOKEN, new Json.Text(proxy.tokens().place(id).toString()));
        }
        var given = new Json.Array(List.of(new Json.Obj(members)));
        var binding = ProxyTexts.part(Map.of(MEMBER, given), ProxyDocument.EMPTY)
                .cloudflare()
                .get(0);
        if (!binding.id().equals(id)) {
            throw ApiError.field("id", "id: '" + binding.id() + "' (expected: that of the path, '" + id + "').");
        }
        if (token == null || ProxyWrites.dryRun(request)) {
            writes.change(request, "binding " + id, document -> with(document, binding));
        } else {
            save(request, proxy, binding, token);
        }
    }

    /**
     * A token and the document that is saved with it belong together: what is not saved, or not kept, leaves the token that was there. One at a time, so that this
     * is never another one's.
     */
    private void save(Context request, PanelProxy proxy, CloudflareBinding binding, String token) {
        saving.lock();
        try {
            var id = binding.id();
            var before = proxy.tokens().kept(id);
            boolean saved = false;
            try {
                saved = writes.change(request, "binding " + id, document -> with(document, binding, proxy, token))
                        .filter(report -> report.undone().isEmpty())
                        .isPresent();
            } finally {
                if (!saved) {
                    before.ifPresentOrElse(
                            old -> proxy.tokens().keep(id, old),
                            () -> proxy.tokens().forget(id));
                }
            }
        } finally {
            saving.unlock();
        }
    }

    /** A token that the document would not be saved with would only lie about. */
    private static ProxyDocument with(
            ProxyDocument document, CloudflareBinding binding, PanelProxy proxy, String token) {
        var changed = with(document, binding);
        var findings = RouteCheck.check(changed, proxy.features());
        if (findings.stream().anyMatch(Finding::error)) {
            throw new RefusedChangeException(findings);
        }
        proxy.tokens().keep(binding.id(), token);
        return changed;
    }

    private void delete(Context request) {
        var proxy = access.require();
        var binding = require(proxy, request);
        writes.change(
                request,
                "binding " + binding.id() + " removed",
                document -> ProxyDocument.builder()
                        .from(document)
                        .cloudflare(document.cloudflare().stream()
                                .filter(one -> !one.id().equals(binding.id()))
                                .toList())
                        .build());
    }

    private static ProxyDocument with(ProxyDocument document, CloudflareBinding binding) {
        var bindings = new ArrayList<>(document.cloudflare());
        bindings.removeIf(one -> one.id().equals(binding.id()));
        int place = document.cloudflare().stream()
                .map(CloudflareBinding::id)
                .toList()
                .indexOf(binding.id());
        bindings.add(place < 0 ? bindings.size() : place, binding);
        return ProxyDocument.builder().from(document).cloudflare(bindings).build();
    }

    /** Returns the binding of a path, or says that there is none. */
    static CloudflareBinding require(PanelProxy proxy, Context request) {
        var id = request.pathParam("id");
        return proxy.service().head().document().cloudflare().stream()
                .filter(binding -> binding.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ApiError(404, "binding_not_found", "There is no binding '" + id + "'."));
    }

    private static @Nullable String token(@Nullable Json given) {
        if (given == null || given == Json.Null.INSTANCE) {
            return null;
        }
        if (given instanceof Json.Text text && !text.value().isBlank()) {
            return text.value();
        }
        throw ApiError.field(TOKEN_VALUE, TOKEN_VALUE + ": no text (expected: the token).");
    }

    record Items(long revision, String etag, List<BindingView> items) {}
}
