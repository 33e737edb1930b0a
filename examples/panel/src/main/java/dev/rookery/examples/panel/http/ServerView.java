package dev.rookery.examples.panel.http;

import dev.rookery.api.RookeryException;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.Eggs;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A server as the UI shows it. */
record ServerView(
        String uuid,
        String name,
        String description,
        String status,
        @Nullable String statusReason,
        String state,
        NodeRef node,
        EggRef egg,
        @Nullable Address allocation,
        String image,
        Limits limits,
        @Nullable Usage usage,
        List<String> permissions,
        List<String> features,
        Instant createdAt) {

    record NodeRef(int id, String name, boolean reachable) {}

    record EggRef(long id, String name) {}

    record Address(String ip, int port) {

        static @Nullable Address of(List<AllocationRecord> allocations) {
            return allocations.isEmpty()
                    ? null
                    : new Address(
                            allocations.get(0).address().ip(),
                            allocations.get(0).address().port());
        }
    }

    record Limits(long memoryMebibytes, long cpuPercent, long diskMebibytes, long swapMebibytes) {}

    record Usage(
            long memoryBytes,
            long memoryLimitBytes,
            double cpuPercent,
            long diskBytes,
            long rxBytes,
            long txBytes,
            long uptimeMillis) {

        static Usage of(ResourceUsage usage) {
            return new Usage(
                    usage.memoryBytes(),
                    usage.memoryLimitBytes(),
                    usage.cpuAbsolute(),
                    usage.diskBytes(),
                    usage.network().rxBytes(),
                    usage.network().txBytes(),
                    usage.uptimeMillis());
        }
    }

    /** Returns what a user sees of a server now. */
    static ServerView of(PanelService panel, PanelServer server, Permissions permissions) {
        return of(panel, server, permissions, List.of());
    }

    /** Returns what a user sees of a server now, with what the UI can help with when the console says it. */
    static ServerView detailed(PanelService panel, PanelServer server, Permissions permissions) {
        var egg = panel.store().eggs().find(server.spec().eggId());
        return of(panel, server, permissions, egg.map(ServerView::features).orElse(List.of()));
    }

    private static ServerView of(
            PanelService panel, PanelServer server, Permissions permissions, List<String> features) {
        var spec = server.spec();
        var live = panel.states().find(server.id());
        var build = spec.build();
        var egg = panel.store().eggs().find(spec.eggId());
        return new ServerView(
                server.id().toString(),
                spec.name(),
                spec.description(),
                status(server.life().status(), server.life().suspended()),
                server.life().reason().orElse(null),
                live.map(l -> l.state()).orElse(server.life().state()).wireName(),
                node(panel, server),
                new EggRef(spec.eggId(), egg.map(EggRecord::name).orElse("")),
                Address.of(server.allocations()),
                spec.image(),
                new Limits(build.memoryMebibytes(), build.cpuPercent(), build.diskMebibytes(), build.swapMebibytes()),
                live.flatMap(l -> l.usage()).map(Usage::of).orElse(null),
                permissions.toList(),
                features,
                server.createdAt());
    }

    /** An egg that cannot be read offers nothing. */
    private static List<String> features(EggRecord egg) {
        try {
            return Eggs.read(egg).egg().features().orElse(List.of());
        } catch (RookeryException e) {
            return List.of();
        }
    }

    /** Returns the status as the UI names it. */
    static String status(ServerStatus status, boolean suspended) {
        return suspended && status == ServerStatus.READY
                ? "suspended"
                : status.name().toLowerCase(Locale.ROOT);
    }

    private static NodeRef node(PanelService panel, PanelServer server) {
        return new NodeRef(
                server.node().value(),
                panel.store().nodes().find(server.node()).map(NodeRecord::name).orElse(""),
                panel.states().node(server.node()).reachable());
    }
}
