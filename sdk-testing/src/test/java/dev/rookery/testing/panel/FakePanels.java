package dev.rookery.testing.panel;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permissions;
import dev.rookery.testing.node.ContractServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Two fake panels that know what they ordered, seen as one panel with two nodes. */
final class FakePanels implements ContractPanel {

    final FakePanel first = new FakePanel();
    final FakePanel second = new FakePanel();
    private final Set<ServerId> servers = new TreeSet<>();
    private final BackupId backup = BackupId.random();
    private final ServerId installing;
    private final ServerId moving;

    FakePanels() {
        first.strict();
        second.strict();
        for (int i = 0; i < 3; i++) {
            servers.add(put(first));
            put(second);
        }
        installing = servers.iterator().next();
        moving = servers.stream().skip(1).findFirst().orElseThrow();
        first.expectTransfer(moving);
        first.expectBackup(backup);
        first.uploads(
                backup,
                new BackupUpload(
                        List.of(URI.create("https://s3.example/1?sig=a%2Fb"), URI.create("https://s3.example/2")),
                        100,
                        OptionalInt.of(4)));
        first.allowPassword("sam.smith", "correct horse", UUID.randomUUID(), Permissions.owner());
    }

    @Override
    public Panel panel() {
        return first;
    }

    @Override
    public Panel other() {
        return second;
    }

    @Override
    public Set<ServerId> servers() {
        return servers;
    }

    @Override
    public ServerId installing() {
        return installing;
    }

    @Override
    public Object known() {
        return List.of(known(first), known(second));
    }

    @Override
    public Optional<BackupId> backup() {
        return Optional.of(backup);
    }

    @Override
    public Optional<ServerId> moving() {
        return Optional.of(moving);
    }

    @Override
    public Optional<SftpLogin> login() {
        return Optional.of(
                SftpLogin.builder("sam.smith." + installing.toString().substring(0, 8), "correct horse")
                        .build());
    }

    @Override
    public boolean keepsActivity() {
        return true;
    }

    private List<Object> known(FakePanel panel) {
        return List.of(
                panel.activity(),
                panel.backups(backup),
                panel.restores(backup),
                servers.stream().map(panel::installs).toList(),
                servers.stream().map(panel::states).toList(),
                servers.stream().map(panel::transfers).toList());
    }

    private static ServerId put(FakePanel panel) {
        var id = ServerId.random();
        panel.put(ContractServer.configuration(id, false), ContractServer.install());
        return id;
    }
}
