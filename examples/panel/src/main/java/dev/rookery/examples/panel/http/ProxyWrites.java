package dev.rookery.examples.panel.http;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StoreException;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes of the proxy's document on request: who changes something that is there names the revision that he has seen, so that nobody overwrites unnoticed
 * what somebody else has saved meanwhile; and whoever only asks what would happen changes nothing.
 */
final class ProxyWrites {

    private static final String ANY = "*";

    private final ProxyAccess access;
    private final RepeatedRequests repeated = new RepeatedRequests();

    ProxyWrites(ProxyAccess access) {
        this.access = access;
    }

    /** Adds something; which revision it is added to does not matter unless the request says so. */
    void add(Context request, String reason, UnaryOperator<ProxyDocument> edit) {
        add(request, reason, edit, List.of());
    }

    /** Adds something, about which there is something to say besides. */
    void add(Context request, String reason, UnaryOperator<ProxyDocument> edit, List<Finding> besides) {
        once(request, () -> write(request, seen(request), reason, edit, besides, 201));
    }

    /**
     * Changes or removes something that is there.
     *
     * @return what became of it; empty if it was only asked
     */
    Optional<ApplyReport> change(Context request, String reason, UnaryOperator<ProxyDocument> edit) {
        var seen = seen(request)
                .orElseThrow(() -> new ApiError(
                        428,
                        "precondition_required",
                        "If-Match is missing (expected: the ETag of the revision that was read, or *)."));
        return write(request, Optional.of(seen), reason, edit, List.of(), 200);
    }

    /** Does something as a whole; it is no change of something that was read. */
    void act(Context request, String reason, UnaryOperator<ProxyDocument> edit) {
        once(request, () -> write(request, seen(request), reason, edit, List.of(), 200));
    }

    /** A request that only asks may be asked as often as one likes. */
    private void once(Context request, Runnable write) {
        if (dryRun(request)) {
            write.run();
        } else {
            repeated.once(request, write);
        }
    }

    private Optional<ApplyReport> write(
            Context request,
            Optional<String> seen,
            String reason,
            UnaryOperator<ProxyDocument> edit,
            List<Finding> besides,
            int status) {
        var service = access.service();
        var etag = seen.filter(one -> !one.equals(ANY));
        if (dryRun(request)) {
            etag.ifPresent(one -> requireHead(service.head(), one));
            request.json(PlanView.of(service.plan(edit), besides));
            return Optional.empty();
        }
        var author = Guard.user(request).username();
        var report = etag.isPresent()
                ? replaced(service, etag.get(), author, reason, edit)
                : service.change(author, reason, edit);
        request.status(status);
        answer(request, service, report, besides);
        return Optional.of(report);
    }

    private static ApplyReport replaced(
            ProxyService service, String etag, String author, String reason, UnaryOperator<ProxyDocument> edit) {
        var head = service.head();
        requireHead(head, etag);
        try {
            return service.replace(etag, author, reason, edit.apply(head.document()));
        } catch (StoreException e) {
            if (e.problem() == StoreException.Problem.STALE) {
                throw changed(service.head().header());
            }
            throw e;
        }
    }

    /** Answers what became of something. */
    static void answer(Context request, ProxyService service, ApplyReport report, List<Finding> besides) {
        var state = service.state();
        // Not the newest: another change may have been saved since, which whoever asked for this one has not seen.
        tag(request, report.undone().orElse(report.saved()));
        request.json(ReportView.of(report, state, besides));
    }

    /** Says which revision an answer is of. */
    static void tag(Context request, RevisionHeader revision) {
        request.header("ETag", '"' + revision.etag() + '"');
        request.header("Cache-Control", "no-store");
    }

    /** Returns whether a request only asks what would happen. */
    static boolean dryRun(Context request) {
        var given = request.queryParam("dryRun");
        if (given == null || given.equals("false")) {
            return false;
        }
        if (given.equals("true")) {
            return true;
        }
        throw ApiError.field("dryRun", "dryRun: '" + given + "' (expected: true or false).");
    }

    private static Optional<String> seen(Context request) {
        return Optional.ofNullable(request.header("If-Match")).map(given -> {
            var etag = given.strip();
            boolean quoted = etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"");
            return quoted ? etag.substring(1, etag.length() - 1) : etag;
        });
    }

    private static void requireHead(Revision head, String etag) {
        if (!head.etag().equals(etag)) {
            throw changed(head.header());
        }
    }

    private static ApiError changed(RevisionHeader head) {
        return new ApiError(
                        412,
                        "changed_meanwhile",
                        "Revision " + head.number() + " was saved meanwhile by "
                                + head.note().author() + " (expected: the change made anew from that).")
                .with(Map.of("etag", head.etag(), "revision", RevisionView.of(head)));
    }
}
