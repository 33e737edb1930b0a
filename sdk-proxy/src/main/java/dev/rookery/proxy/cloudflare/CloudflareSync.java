package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.CloudReport.Part;
import dev.rookery.proxy.apply.CloudReport.State;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.route.ProxyDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cloudflare as the pipeline sees a cloud: an outbox that does what is due whenever the pipeline asks, which is when something changed and when the outbox
 * says so. The outbox is not {@linkplain CloudflareOutbox#start started} beside it: of several programs with one store, the one that holds the store's lock
 * writes. Thread-safe.
 */
public final class CloudflareSync implements CloudSync {

    private static final Logger LOG = LoggerFactory.getLogger(CloudflareSync.class);

    /** The worst one last. */
    private static final List<State> BY_WEIGHT =
            List.of(State.DONE, State.PLANNED, State.DRIFTED, State.PARTIAL, State.WAITING, State.PAUSED, State.FAILED);

    private final CloudflareOutbox outbox;

    /**
     * Creates it.
     *
     * @param outbox is closed with it
     */
    public CloudflareSync(CloudflareOutbox outbox) {
        this.outbox = requireNonNull(outbox, "outbox");
    }

    @Override
    public CloudReport plan(ProxyDocument document, long revision) {
        var parts = new ArrayList<Part>();
        for (var binding : document.cloudflare()) {
            try {
                parts.addAll(planned(outbox.plan(document, binding.id())));
            } catch (RookeryException e) {
                var state = e.retryable() ? State.WAITING : State.PAUSED;
                parts.add(new Part(binding.id(), Optional.empty(), state, String.valueOf(e.getMessage())));
            }
        }
        return report(revision, parts, Optional.empty());
    }

    @Override
    public CloudReport sync(ProxyDocument document, long revision) {
        outbox.want(revision, document);
        return reached(revision, outbox.runDue());
    }

    @Override
    public CloudReport syncNow(ProxyDocument document, long revision) {
        outbox.want(revision, document);
        for (var status : outbox.states()) {
            try {
                outbox.sync(status.binding(), SyncOptions.USUAL);
            } catch (ConflictException | NotFoundException e) {
                LOG.debug("binding {}: done by somebody else, or gone: {}", status.binding(), e.getMessage());
            }
        }
        return reached(revision, outbox.runDue());
    }

    @Override
    public CloudReport undo(long revision) {
        for (var status : outbox.states()) {
            if (status.wantedRevision() == revision) {
                try {
                    outbox.undo(status.binding());
                } catch (ConflictException | NotFoundException e) {
                    LOG.warn("What was written for binding {} is not taken back: {}", status.binding(), e.getMessage());
                }
            }
        }
        return reached(revision, Optional.empty());
    }

    private CloudReport reached(long revision, Optional<Instant> next) {
        var parts = outbox.states().stream()
                .flatMap(status -> reached(status).stream())
                .toList();
        return report(revision, parts, next);
    }

    @Override
    public void close() {
        outbox.close();
    }

    private static List<Part> planned(CloudflarePlan plan) {
        var parts = new ArrayList<Part>();
        var tunnel = plan.makesTunnel()
                ? "the tunnel is made"
                : plan.ingress().filter(IngressChange::writes).isPresent() ? "the tunnel's rules change" : "";
        parts.add(new Part(
                plan.binding(),
                Optional.empty(),
                tunnel.isEmpty() ? State.DONE : State.PLANNED,
                tunnel.isEmpty() ? "the tunnel is as it should be" : tunnel));
        plan.records()
                .forEach(change -> parts.add(new Part(
                        plan.binding(),
                        Optional.of(change.host()),
                        change.kind().writes() ? State.PLANNED : state(change.kind()),
                        change.toString())));
        return parts;
    }

    private static List<Part> reached(CloudflareStatus status) {
        var parts = new ArrayList<Part>();
        parts.add(new Part(status.binding(), Optional.empty(), state(status), said(status)));
        status.report()
                .ifPresent(report -> report.hosts()
                        .forEach(line -> parts.add(new Part(
                                status.binding(),
                                Optional.of(line.host()),
                                line.done() && line.kind() != RecordChange.Kind.WAIT ? State.DONE : state(line.kind()),
                                line.kind() + (line.message().isEmpty() ? "" : ": " + line.message())))));
        status.drift()
                .forEach(line -> parts.add(new Part(
                        status.binding(), Optional.empty(), State.DRIFTED, "others have changed something: " + line)));
        return parts;
    }

    private static State state(CloudflareStatus status) {
        return switch (status.state()) {
            case PENDING, RUNNING, WAITING -> State.WAITING;
            case PAUSED -> State.PAUSED;
            case FAILED, UNDONE -> State.FAILED;
            case DONE ->
                status.report()
                                .filter(report -> report.outcome() != CloudflareReport.Outcome.OK)
                                .isPresent()
                        ? State.PARTIAL
                        : State.DONE;
        };
    }

    private static State state(RecordChange.Kind kind) {
        return kind == RecordChange.Kind.WAIT ? State.WAITING : State.PARTIAL;
    }

    private static String said(CloudflareStatus status) {
        var notes =
                status.report().map(report -> String.join("; ", report.notes())).orElse("");
        if (status.state() == CloudflareStatus.State.UNDONE) {
            return "what was written for revision " + status.wantedRevision() + " was taken back";
        }
        return status.error().orElse(notes.isEmpty() ? "revision " + status.wantedRevision() : notes);
    }

    private static CloudReport report(long revision, List<Part> parts, Optional<Instant> next) {
        return parts.stream()
                .map(Part::state)
                .max((one, other) -> Integer.compare(BY_WEIGHT.indexOf(one), BY_WEIGHT.indexOf(other)))
                .map(worst -> new CloudReport(revision, worst, parts, next))
                .orElseGet(() -> CloudReport.skipped(revision));
    }
}
