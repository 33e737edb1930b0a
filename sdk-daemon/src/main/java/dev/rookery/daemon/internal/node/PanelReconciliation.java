package dev.rookery.daemon.internal.node;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.daemon.internal.server.Lifecycle;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.ServerRecord;
import dev.rookery.daemon.internal.server.Trouble;
import dev.rookery.kit.Backoff;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's servers with the panel's list once the panel can be reached: takes newer configurations, takes in servers whose
 * files are here, and names those that the panel does not know. Removes nothing.
 */
final class PanelReconciliation implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PanelReconciliation.class);
    /** The place of an answer that is older than any question. */
    private static final long BEFORE_ALL = -1;

    private static final int MAX_PAGES = 10_000;
    private static final Backoff PAUSES = Backoff.of(Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0.5);

    private final NodeRuntime runtime;

    PanelReconciliation(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void run() {
        for (int failures = 1; !runtime.services().threads().isShutdown(); failures++) {
            try {
                reconcile();
                return;
            } catch (RookeryException e) {
                if (failures == 1) {
                    LOG.warn("the panel cannot be asked for its servers yet, going on without: {}", e.getMessage());
                }
            } catch (RuntimeException e) {
                LOG.error("the servers cannot be compared with the panel's, which is tried again", e);
            }
            try {
                Thread.sleep(PAUSES.pauseAfter(failures).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void reconcile() {
        var options = runtime.services().options();
        var panel = runtime.services().panel().with(CallOptions.deadline(options.panelTimeout()));
        Set<String> known = new HashSet<>();
        int page = 1;
        ServerPage answer;
        do {
            Map<ServerId, Long> questions = new HashMap<>();
            runtime.servers().forEach(server -> questions.put(server.id(), server.configurationQuestion()));
            answer = panel.servers(page, options.panelPageSize());
            for (var entry : answer.servers()) {
                known.add(entry.uuid());
                take(entry, questions);
            }
            page++;
        } while (page <= Math.min(answer.lastPage(), MAX_PAGES));
        for (var server : runtime.servers()) {
            if (!known.contains(server.id().toString())) {
                LOG.warn("server {} is on this node, but not in the panel's list; it is kept", server.id());
            }
        }
    }

    private void take(ServerPage.Entry entry, Map<ServerId, Long> questions) {
        try {
            var id = ServerId.parse(entry.uuid());
            var present = runtime.find(id);
            var configuration = entry.configuration();
            if (configuration == null) {
                unreadable(id, present, Trouble.ofPanel(String.valueOf(entry.problem())));
            } else if (present.isPresent()) {
                // A server that came while the panel was asked has a newer configuration than this.
                present.get().configure(questions.getOrDefault(id, BEFORE_ALL), configuration);
            } else if (filesAreHere(id)) {
                adopt(id, configuration);
            }
        } catch (InvalidInputException | ConflictException e) {
            // Of this one entry; the others are compared all the same.
            LOG.warn("the panel lists a server with the uuid '{}': {}", entry.uuid(), e.getMessage());
        }
    }

    /** Only with files: a server without any is about to be created by the panel, which then gets no conflict. */
    private void adopt(ServerId id, ServerConfiguration configuration) {
        var lifecycle = Lifecycle.offline(
                configuration.settings().suspended(), ManagedServer.crashDetection(configuration, runtime.services()));
        if (runtime.services().journal().add(id, configuration, lifecycle)) {
            LOG.info("server {} is taken in, its files are on this node", id);
            runtime.takeIn(ServerRecord.of(id, configuration, lifecycle));
        }
    }

    /** It is shown, and goes on with what was known of it; of one that is new here, nothing is. */
    private void unreadable(ServerId id, Optional<ManagedServer> present, String problem) {
        if (present.isPresent()) {
            present.get().trouble(problem);
            return;
        }
        var lifecycle = Lifecycle.offline(
                false, runtime.services().options().crashDetection().enabled());
        if (filesAreHere(id) && runtime.services().journal().addUnreadable(id, lifecycle)) {
            LOG.warn("server {} is taken in, its files are on this node: {}", id, problem);
            runtime.takeIn(ServerRecord.unreadable(id, lifecycle, problem));
        }
    }

    private boolean filesAreHere(ServerId id) {
        return Files.isDirectory(NodeRuntime.volume(runtime.services().options(), id));
    }
}
