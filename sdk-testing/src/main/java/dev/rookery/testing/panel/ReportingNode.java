package dev.rookery.testing.panel;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeBackups;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.NodeTransfers;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.transfer.TransferRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * A node that does everything at once and reports it when it is told to, as often as it takes: what a node with a journal does, without
 * any time in between. Thread-safe.
 */
final class ReportingNode implements Node {

    /** What it has done, and how often. */
    final Map<String, Integer> effects = new ConcurrentHashMap<>();

    final Set<ServerId> servers = ConcurrentHashMap.newKeySet();
    final Set<ServerId> suspended = ConcurrentHashMap.newKeySet();
    final Set<BackupId> backups = ConcurrentHashMap.newKeySet();
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Report> reports = new ConcurrentLinkedQueue<>();
    private final Map<URI, ReportingNode> others;
    private final FakeObjectStore objects;
    volatile Panel panel;
    volatile Halt halt = new Halt(Integer.MAX_VALUE);

    /** What it owes the panel. */
    private record Report(ServerId server, String work, Consumer<Panel> call) {}

    ReportingNode(Map<URI, ReportingNode> others, FakeObjectStore objects, Panel panel) {
        this.others = others;
        this.objects = objects;
        this.panel = panel;
    }

    /** Tells the panel what it owes; what the panel refuses for good is told no more. */
    void report(Panel to) {
        for (var report : reports) {
            try {
                report.call().accept(to);
            } catch (NotFoundException | ConflictException | DeniedException ignored) {
                // A daemon takes that as final.
            }
            reports.remove(report);
            atWork.remove(report.work());
        }
    }

    /** It has restarted, and forgotten what it was at. */
    void restart() {
        reports.clear();
        atWork.clear();
    }

    @Override
    public Node as(Caller caller) {
        return this;
    }

    @Override
    public Node with(CallOptions options) {
        return this;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.BACKUPS, Capability.TRANSFERS);
    }

    @Override
    public SystemInformation system() {
        return new SystemInformation("amd64", 2, "6", "linux", "1.0.0");
    }

    @Override
    public List<ServerDetails> servers() {
        return List.of();
    }

    @Override
    public void createServer(CreateServer request) {
        var id = request.uuid();
        effect("create " + id, () -> {
            if (servers.contains(id)) {
                throw new ConflictException("server " + id + " exists");
            }
            panel.configuration(id);
            servers.add(id);
            owe(id, "install " + id, to -> to.reportInstall(id, new InstallReport(true, false)));
        });
    }

    @Override
    public NodeServer server(ServerId id) {
        return (NodeServer) Proxy.newProxyInstance(
                NodeServer.class.getClassLoader(), new Class<?>[] {NodeServer.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "sync" -> sync(id);
                        case "reinstall" -> reinstall(id);
                        case "delete" -> delete(id);
                        case "transfer" -> transfer(id, (TransferRequest) args[0]);
                        case "cancelTransfer" -> throw new ConflictException("it is not being moved");
                        case "backups" -> {
                            return backups(id);
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    @Override
    public NodeTransfers transfers() {
        return (NodeTransfers) Proxy.newProxyInstance(
                NodeTransfers.class.getClassLoader(), new Class<?>[] {NodeTransfers.class}, (proxy, method, args) -> {
                    throw new ConflictException("nothing is on its way");
                });
    }

    private NodeBackups backups(ServerId id) {
        return (NodeBackups) Proxy.newProxyInstance(
                NodeBackups.class.getClassLoader(), new Class<?>[] {NodeBackups.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "create" -> backUp(id, (BackupRequest) args[0]);
                        case "restore" -> restore(id, (BackupId) args[0], (RestoreRequest) args[1]);
                        case "delete" -> deleteBackup((BackupId) args[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void sync(ServerId id) {
        effect("sync " + id, () -> {
            require(id);
            if (panel.configuration(id).settings().suspended()) {
                suspended.add(id);
            } else {
                suspended.remove(id);
            }
        });
    }

    private void reinstall(ServerId id) {
        effect("reinstall " + id, () -> {
            require(id);
            owe(id, "install " + id, to -> to.reportInstall(id, new InstallReport(true, true)));
        });
    }

    private void delete(ServerId id) {
        effect("delete " + id, () -> {
            require(id);
            servers.remove(id);
            reports.removeIf(report -> report.server().equals(id));
        });
    }

    private void transfer(ServerId id, TransferRequest request) {
        effect("transfer " + id, () -> {
            require(id);
            var other = others.get(request.destination());
            if (other == null) {
                throw new NotFoundException("nobody is at " + request.destination());
            }
            owe(id, "transfer " + id, to -> {});
            other.reports.add(new Report(id, "arrival " + id, to -> {
                to.configuration(id);
                other.servers.add(id);
                to.reportTransfer(id, true);
            }));
        });
    }

    private void backUp(ServerId server, BackupRequest request) {
        effect("backup " + request.id(), () -> {
            require(server);
            var upload = new Upload(request.id(), request.adapter());
            owe(server, "backup " + request.id(), upload::report);
        });
    }

    private void restore(ServerId server, BackupId id, RestoreRequest request) {
        effect("restore " + id, () -> {
            require(server);
            boolean there = request.downloadUrl().map(objects::has).orElse(backups.contains(id));
            if (!there) {
                throw new NotFoundException("there is no backup " + id);
            }
            owe(server, "restore " + id, to -> to.reportRestore(id, true));
        });
    }

    private void deleteBackup(BackupId id) {
        effect("delete backup " + id, () -> {
            if (!backups.remove(id)) {
                throw new NotFoundException("there is no backup " + id);
            }
        });
    }

    /** A backup whose archive is made once, however often it is reported. */
    private final class Upload {

        private final BackupId id;
        private final BackupAdapter adapter;
        private List<BackupPart> parts = List.of();

        private Upload(BackupId id, BackupAdapter adapter) {
            this.id = id;
            this.adapter = adapter;
        }

        private void report(Panel to) {
            if (adapter.equals(BackupAdapter.WINGS)) {
                backups.add(id);
            } else if (parts.isEmpty()) {
                parts = to.backupUpload(id, 150).parts().stream()
                        .map(objects::put)
                        .toList();
            }
            to.reportBackup(
                    id,
                    BackupReport.builder()
                            .checksum("da39")
                            .checksumType("sha1")
                            .sizeBytes(150)
                            .parts(parts)
                            .build());
        }
    }

    private void effect(String what, Runnable effect) {
        halt.outside();
        effect.run();
        effects.merge(what, 1, Integer::sum);
        halt.outside();
    }

    private void owe(ServerId server, String work, Consumer<Panel> report) {
        if (!atWork.add(work)) {
            throw new ConflictException(work + " is under way");
        }
        reports.add(new Report(server, work, report));
    }

    private void require(ServerId id) {
        if (!servers.contains(id)) {
            throw new NotFoundException("this node has no server " + id);
        }
    }
}
