package dev.rookery.examples.panel.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.node.Capability;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.Backups;
import dev.rookery.examples.panel.DirectAddresses;
import dev.rookery.examples.panel.NodeOffers;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The backups of a server. */
final class BackupApi {

    private static final String ALL = "/api/servers/{uuid}/backups";
    private static final String ONE = ALL + "/{backup}";
    private static final int NAME_MAX = 191;
    private static final int IGNORED_MAX = 4096;

    private final PanelService panel;
    private final Backups backups;
    private final NodeOffers offers;
    private final DirectAddresses direct;
    private final ServerAccess access;
    private final Attachments attachments;
    private final Clock clock;

    BackupApi(
            PanelService panel,
            Backups backups,
            NodeOffers offers,
            DirectAddresses direct,
            ServerAccess access,
            Transfers transfers,
            Clock clock) {
        this.panel = panel;
        this.backups = backups;
        this.offers = offers;
        this.direct = direct;
        this.access = access;
        this.attachments = new Attachments(transfers);
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get(ALL, this::list, OnServer.holding(Permission.BACKUP_READ));
        routes.post(ALL, this::create, OnServer.holding(Permission.BACKUP_CREATE));
        routes.get(ONE + "/content", this::download, OnServer.holding(Permission.BACKUP_DOWNLOAD));
        routes.post(ONE + "/restore", this::restore, OnServer.holding(Permission.BACKUP_RESTORE));
        // As in the panels whose permissions these are: who may delete may also forbid it.
        routes.put(ONE + "/locked", this::lock, OnServer.holding(Permission.BACKUP_DELETE));
        routes.delete(ONE, this::delete, OnServer.holding(Permission.BACKUP_DELETE));
    }

    private void list(Context request) {
        var server = access.require(request);
        var restored = restored(server);
        request.json(Map.of(
                "offered",
                offered(server),
                "place",
                BackupView.place(backups.adapter().equals(BackupAdapter.S3)),
                "limit",
                backups.limit(),
                "items",
                backups.service().list(server.id()).stream()
                        .map(backup -> BackupView.of(backup, restored))
                        .toList()));
    }

    private void create(Context request) {
        var server = access.require(request);
        var body = Bodies.read(request, NewBackup.class);
        boolean locked = Boolean.TRUE.equals(body.locked());
        if (locked) {
            access.require(request, Permission.BACKUP_DELETE);
        }
        var order = backups.order()
                .name(optional(body.name(), "name", NAME_MAX).strip())
                .ignoredFiles(optional(body.ignoredFiles(), "ignoredFiles", IGNORED_MAX)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList())
                .locked(locked)
                .build();
        if (!offered(server)) {
            throw new ApiError(
                    409, "backups_not_offered", "The node of this server makes no backups (expected: one that does).");
        }
        var made = backups.service().create(server.id(), order);
        note(request, server, "start", made);
        request.status(202).json(BackupView.of(made, Optional.empty()));
    }

    private void download(Context request) {
        var server = access.require(request);
        var backup = require(request, server);
        var caller = access.caller(request, server);
        var name = "backup-" + backup.createdAt().toString().replaceAll("[.].*|:|Z$", "") + ".tar.gz";
        // Before anything is given away: a backup that is not complete is refused.
        backups.address(server, backup.id());
        note(request, server, "download", backup);
        attachments.send(
                request,
                name,
                direct.backup(server, caller, backup.id()),
                () -> backups.open(server, backup.id(), caller));
    }

    private void restore(Context request) {
        var server = access.require(request);
        var backup = require(request, server);
        boolean truncate = Bodies.required(Bodies.read(request, Restore.class).truncate(), "truncate");
        backups.service().restore(server.id(), backup.id(), truncate);
        note(request, server, "restore", backup);
        request.status(202);
    }

    private void lock(Context request) {
        var server = access.require(request);
        boolean locked = Bodies.required(Bodies.read(request, Lock.class).locked(), "locked");
        var changed = backups.service().lock(server.id(), id(request), locked);
        note(request, server, locked ? "lock" : "unlock", changed);
        request.json(BackupView.of(changed, restored(server)));
    }

    private void delete(Context request) {
        var server = access.require(request);
        var backup = require(request, server);
        backups.service().delete(server.id(), backup.id());
        note(request, server, "delete", backup);
        request.status(202);
    }

    /** While nobody knows, the page offers what the panel can do: what is wanted waits for the node. */
    private boolean offered(PanelServer server) {
        return offers.offers(server, Capability.BACKUPS).orElse(true);
    }

    private Optional<BackupId> restored(PanelServer server) {
        return panel.store()
                .operations()
                .find(server.id())
                .filter(operation -> operation.kind() == OperationKind.RESTORE)
                .map(operation -> operation.parameters().get(NewOperation.BACKUP))
                .map(BackupId::parse);
    }

    private void note(Context request, PanelServer server, String what, BackupRecord backup) {
        var entry = ActivityEntry.builder(server.id(), "server:backup." + what, clock.instant())
                .user(Guard.user(request).uuid())
                .address(request.ip())
                .metadata(Map.of("backup", new Json.Text(backup.id().toString()), "name", new Json.Text(backup.name())))
                .build();
        panel.store().activity().add(server.node(), List.of(entry));
    }

    private BackupRecord require(Context request, PanelServer server) {
        var id = id(request);
        return backups.service().find(server.id(), id).orElseThrow(() -> notFound(id.toString()));
    }

    private static BackupId id(Context request) {
        var text = request.pathParam("backup");
        try {
            return BackupId.parse(text);
        } catch (InvalidInputException e) {
            throw notFound(text);
        }
    }

    private static ApiError notFound(String id) {
        return new ApiError(404, "backup_not_found", "There is no backup " + id + ".");
    }

    private static String optional(@Nullable String value, String field, int maxLength) {
        if (value == null || value.isBlank()) {
            return "";
        }
        return Bodies.required(value, field, maxLength);
    }

    record NewBackup(
            @Nullable String name,
            @Nullable String ignoredFiles,
            @Nullable Boolean locked) {}

    record Restore(@Nullable Boolean truncate) {}

    record Lock(@Nullable Boolean locked) {}
}
