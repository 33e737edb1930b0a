package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.ServerState;
import dev.rookery.daemon.internal.server.ContainerSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A daemon that is closed in the middle of everything: it says nothing of errors, reports nothing that did not happen, and goes on later. */
class CloseFunctionalTest {

    private static final int SERVERS = 12;

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();
    private final MemoryEnvironment environment = new MemoryEnvironment();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.rookery.daemon");
    private final UUID node = UUID.randomUUID();
    private Daemon daemon;

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void end() {
        environment.startHold.complete(true);
        daemon.close();
        logger.detachAppender(log);
    }

    @Test
    void whatWasInstalledAndStartedGoesOnAfterTheNextStart() {
        start();
        var ids = define();
        environment.startHold = new CompletableFuture<>();
        ids.forEach(id -> daemon.node().createServer(new CreateServer(id, true)));
        await().until(() -> environment.starting.get() == 4);
        daemon.close();
        assertThat(panel.installs).isEmpty();
        environment.startHold.complete(true);
        start();
        finishInstallations(ids);
        await().atMost(Duration.ofSeconds(20)).until(() -> ids.stream().allMatch(this::runs));
        environment.startHold = new CompletableFuture<>();
        ids.forEach(id -> environment.end(id.toString(), 7));
        await().until(() -> environment.starting.get() == SERVERS);
        daemon.close();
        environment.startHold.complete(true);
        start();
        await().atMost(Duration.ofSeconds(20)).until(() -> ids.stream().allMatch(this::runs));
        assertThat(panel.installs)
                .hasSize(SERVERS)
                .allMatch(reported -> reported.report().successful());
        daemon.close();
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    private void finishInstallations(List<ServerId> ids) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            for (var id : ids) {
                var installer = environment.processes.get(id + ContainerSpecs.INSTALLER_SUFFIX);
                if (installer != null && installer.running()) {
                    environment.end(id + ContainerSpecs.INSTALLER_SUFFIX, 0);
                }
            }
            return panel.installs.size() == SERVERS;
        });
    }

    private boolean runs(ServerId id) {
        return daemon.node().server(id).details().state().equals(ServerState.STARTING)
                && environment.processes.containsKey(id.toString())
                && environment.processes.get(id.toString()).running();
    }

    private List<ServerId> define() {
        var ids = new ArrayList<ServerId>();
        for (int i = 0; i < SERVERS; i++) {
            var id = ServerId.random();
            panel.configurations.put(id, TestNode.configuration(id, TestNode.GAME));
            panel.scripts.put(id, TestNode.script("true"));
            ids.add(id);
        }
        return ids;
    }

    private void start() {
        daemon = Daemon.builder(DaemonOptions.builder(node, root).build(), panel)
                .environment(context -> environment)
                .build();
        daemon.start();
    }
}
