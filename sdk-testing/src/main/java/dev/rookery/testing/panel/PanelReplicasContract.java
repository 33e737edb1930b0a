package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.NodeId;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.Halt.Halted;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two panels over one store share the work, and one of them is killed at random moments, again and again: nothing is done twice, nothing is
 * lost, and no server is stuck. Extend it and hand in a store. The seed is in the message of a failure, and {@code -Drookery.seed} repeats it.
 */
public abstract class PanelReplicasContract {

    private static final PanelOptions QUICK = PanelOptions.builder()
            .operationPoll(Duration.ofMillis(10))
            .lease(Duration.ofMillis(500))
            .firstRetry(Duration.ofMillis(20))
            .build();
    private static final int SERVERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final long seed = Long.getLong("rookery.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Replica> replicas = new ArrayList<>();
    private final List<ServerId> servers = new ArrayList<>();

    /** For the classes that extend this one. */
    protected PanelReplicasContract() {}

    /** Returns a store, which may hold what other tests have left at rest. */
    protected abstract PanelStore store();

    /** Returns how often a panel is killed; 3 by default. */
    protected int kills() {
        return 3;
    }

    private record Replica(PanelService panel, Halt halt) {}

    @Test
    @Timeout(600)
    void aPanelThatIsKilledLosesAndRepeatsNothing() throws InterruptedException {
        var site = new CrashSite(store(), Clock.systemUTC());
        try {
            replicas.add(started(site));
            replicas.add(started(site));
            for (int i = 0; i < SERVERS; i++) {
                servers.add(site.create(any().panel(), List.of()).id());
            }
            for (int kill = 0; kill < kills(); kill++) {
                work(site, 20 + random.nextInt(30));
                var victim = replicas.remove(random.nextInt(replicas.size()));
                victim.halt().now();
                work(site, 5 + random.nextInt(10));
                victim.panel().close();
                replicas.add(started(site));
            }
            awaitRest(site);
            assertEverythingOnce(site);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
            replicas.forEach(replica -> replica.panel().close());
            site.survivor.close();
        }
    }

    private Replica started(CrashSite site) {
        var halt = new Halt(Integer.MAX_VALUE);
        var panel = site.service(halt, Clock.systemUTC(), QUICK);
        panel.start();
        return new Replica(panel, halt);
    }

    /** Has people want things, one after the other, of whichever panel; nodes report in between. */
    private void work(CrashSite site, int steps) throws InterruptedException {
        for (int step = 0; step < steps; step++) {
            try {
                want(site, any().panel(), servers.get(random.nextInt(servers.size())));
            } catch (RookeryException expected) {
                // The server is busy, gone, or in a state that forbids it.
            }
            report(site);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(15));
        }
    }

    private void want(CrashSite site, PanelService panel, ServerId server) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> panel.backups().create(server, order());
            case 3 -> panel.suspend(server, true);
            case 4 -> panel.suspend(server, false);
            case 5 -> panel.reinstall(server);
            case 6 -> anyBackup(panel, server).ifPresent(b -> panel.backups().restore(server, b.id(), true));
            case 7 -> anyBackup(panel, server).ifPresent(b -> panel.backups().delete(server, b.id()));
            case 8 -> panel.transfers().cancel(server);
            case 9 -> {
                if (servers.indexOf(server) < SERVERS / 4) {
                    panel.delete(server);
                }
            }
            default -> panel.transfers().begin(server, otherNode(site, server), List.of());
        }
    }

    private BackupOrder order() {
        var adapter = random.nextBoolean() ? BackupAdapter.S3 : BackupAdapter.WINGS;
        return BackupOrder.builder().adapter(adapter).build();
    }

    private static Optional<BackupRecord> anyBackup(PanelService panel, ServerId server) {
        return panel.backups().list(server).stream().findFirst();
    }

    private static NodeId otherNode(CrashSite site, ServerId server) {
        boolean onOne = site.store
                .servers()
                .find(server)
                .filter(present -> present.node().equals(site.one.id()))
                .isPresent();
        return onOne ? site.two.id() : site.one.id();
    }

    private void report(CrashSite site) {
        for (var node : List.of(site.one, site.two)) {
            try {
                site.node(node).report(any().panel().forNode(node.id()));
            } catch (Halted | RookeryException expected) {
                // Nobody answered; the node says it again.
            }
        }
    }

    private void awaitRest(CrashSite site) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            report(site);
            try {
                servers.forEach(site::assertAtRest);
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private void assertEverythingOnce(CrashSite site) {
        var effects = site.node(site.one).effects;
        servers.forEach(server -> assertThat(effects).containsEntry("create " + server, 1));
        for (var node : List.of(site.one, site.two)) {
            assertThat(site.node(node).effects).allSatisfy((what, times) -> {
                if (what.startsWith("backup ") || what.startsWith("delete backup ")) {
                    assertThat(times).as(what).isEqualTo(1);
                }
            });
        }
    }

    private Replica any() {
        return replicas.get(random.nextInt(replicas.size()));
    }
}
