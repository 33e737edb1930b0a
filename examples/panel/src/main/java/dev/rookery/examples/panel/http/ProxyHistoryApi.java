package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.store.Revision;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the proxy's document was before, and back to it, for administrators. */
final class ProxyHistoryApi {

    private static final String PATH = "/api/proxy/revisions";
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 200;

    private final ProxyAccess access;
    private final ProxyWrites writes;

    ProxyHistoryApi(ProxyAccess access, ProxyWrites writes) {
        this.access = access;
        this.writes = writes;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::list, Access.ADMIN);
        routes.get(PATH + "/{number}", this::show, Access.ADMIN);
        routes.post(PATH + "/{number}/rollback", this::rollBack, Access.ADMIN);
    }

    private void list(Context request) {
        var before = Optional.ofNullable(request.queryParam("before")).map(text -> number("before", text));
        long limit = Optional.ofNullable(request.queryParam("limit"))
                .map(text -> number("limit", text))
                .orElse((long) LIMIT);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw ApiError.field("limit", "limit: " + limit + " (expected: 1 to " + LIMIT_MAX + ").");
        }
        var revisions =
                access.service().history(before.map(OptionalLong::of).orElseGet(OptionalLong::empty), (int) limit);
        request.json(Map.of("items", revisions.stream().map(RevisionView::of).toList()));
    }

    private void show(Context request) {
        var service = access.service();
        var revision = require(service, request);
        request.json(new View(
                RevisionView.of(revision.header()),
                ProxyTexts.shown(revision.document()),
                before(service, revision)
                        .map(earlier -> DifferenceView.of(revision.since(earlier)))
                        .orElse(List.of())));
    }

    private void rollBack(Context request) {
        var earlier = require(access.service(), request);
        writes.act(request, "back to revision " + earlier.number(), present -> earlier.document());
    }

    /** The one before the oldest that is kept is not there any more. */
    private static Optional<Revision> before(ProxyService service, Revision revision) {
        return revision.number() == 1 ? Optional.of(Revision.NONE) : service.find(revision.number() - 1);
    }

    private static Revision require(ProxyService service, Context request) {
        var text = request.pathParam("number");
        return Optional.of(text)
                .filter(given -> given.matches("[1-9][0-9]{0,17}"))
                .flatMap(given -> service.find(Long.parseLong(given)))
                .orElseThrow(() ->
                        new ApiError(404, "revision_not_found", "There is no revision " + text + ", or not any more."));
    }

    private static long number(String field, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiError.field(field, field + ": '" + text + "' (expected: a number, 0 or more).");
        }
        return Long.parseLong(text);
    }

    record View(RevisionView revision, Json document, List<DifferenceView> differences) {}
}
