package dev.rookery.wings;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.wings.calagopus.BackupPlace;
import dev.rookery.wings.calagopus.BackupSelection;
import dev.rookery.wings.calagopus.KopiaRepository;
import dev.rookery.wings.calagopus.NewBackup;
import dev.rookery.wings.calagopus.PbsRepository;
import dev.rookery.wings.calagopus.ResticRepository;
import dev.rookery.wings.calagopus.RestoreOrder;
import dev.rookery.wings.calagopus.RestoreWish;
import dev.rookery.wings.calagopus.ScheduleOutcome;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every call of the remote API once: what is called, what goes out, what the panel of each dialect says, and what that means. */
final class PanelCases {

    static final ServerId SERVER = ServerId.parse("5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    static final BackupId BACKUP = BackupId.parse("0e51a3c2-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    static final UUID USER = UUID.fromString("0b9c0d4e-77d0-4b1c-8d58-1a2b3c4d5e6f");
    static final UUID GROUP = UUID.fromString("1b9c0d4e-77d0-4b1c-8d58-1a2b3c4d5e6f");
    static final UUID SCHEDULE = UUID.fromString("2b9c0d4e-77d0-4b1c-8d58-1a2b3c4d5e6f");
    static final Instant TIME = Instant.parse("2026-08-01T12:00:00Z");
    static final BackupReport UPLOADED = BackupReport.builder()
            .checksum("ab12")
            .checksumType("sha1")
            .sizeBytes(7)
            .addParts(new BackupPart("\"e1\"", 1))
            .build();
    static final SftpLogin LOGIN = SftpLogin.builder("sam.5f2a6c1e", "correct horse")
            .address("203.0.113.9:52144")
            .build();
    static final List<ActivityEntry> CRASH = List.of(ActivityEntry.builder(SERVER, "server:crashed", TIME)
            .address("203.0.113.9")
            .build());

    private static final String SERVERS = "/api/remote/servers/" + SERVER;
    private static final String BACKUPS = "/api/remote/backups/" + BACKUP;
    private static final String CHOSEN = "\"backup_uuid\":\"" + BACKUP + "\",\"oldest\":false";
    private static final String BY = "\"schedule_uuid\":\"" + SCHEDULE + "\",";

    private PanelCases() {}

    /**
     * One call.
     *
     * @param dialect whose panel
     * @param call which one
     * @param act makes it, and returns what came of it; empty text for a report
     * @param path where it goes, with the query
     * @param body what is sent; empty for nothing
     * @param answer what the panel says; empty for its way to say nothing
     * @param result what that means
     */
    record Case(
            Dialect dialect,
            PanelCall call,
            Function<HttpPanel, Object> act,
            String path,
            String body,
            String answer,
            Object result) {

        @Override
        public String toString() {
            return dialect.wireName() + " " + call;
        }
    }

    static List<Case> all() {
        var cases = new ArrayList<Case>();
        for (var dialect : List.of(Dialect.PELICAN, Dialect.PTERODACTYL, Dialect.FLAMINGO, Dialect.CALAGOPUS)) {
            reports(dialect, cases);
            questions(dialect, cases);
        }
        calagopus(cases);
        schedules(cases);
        return List.copyOf(cases);
    }

    private static void reports(Dialect d, List<Case> cases) {
        boolean calagopus = d == Dialect.CALAGOPUS;
        cases.add(report(d, PanelCall.RESET, HttpPanel::reset, "/api/remote/servers/reset", "null"));
        cases.add(report(
                d,
                PanelCall.INSTALL_REPORT,
                p -> p.reportInstall(SERVER, new InstallReport(true, false)),
                SERVERS + "/install",
                "{\"successful\":true,\"reinstall\":false}"));
        if (d == Dialect.PELICAN || d == Dialect.FLAMINGO) {
            cases.add(report(
                    d,
                    PanelCall.STATE_REPORT,
                    p -> p.reportState(SERVER, new StateChange(ServerState.STARTING, ServerState.RUNNING)),
                    SERVERS + "/container/status",
                    "{\"data\":{\"previous_state\":\"starting\",\"new_state\":\"running\"}}"));
        }
        if (d != Dialect.FLAMINGO) {
            cases.add(report(
                    d,
                    PanelCall.TRANSFER_SUCCESS,
                    p -> p.reportTransfer(SERVER, true),
                    SERVERS + "/transfer/success",
                    calagopus ? "{\"backups\":[],\"backup_migrations\":{}}" : "null"));
            cases.add(report(
                    d,
                    PanelCall.TRANSFER_FAILURE,
                    p -> p.reportTransfer(SERVER, false),
                    SERVERS + "/transfer/failure",
                    "null"));
        }
        cases.add(report(
                d,
                PanelCall.BACKUP_REPORT,
                p -> p.reportBackup(BACKUP, UPLOADED),
                BACKUPS,
                calagopus
                        ? "{\"checksum\":\"ab12\",\"checksum_type\":\"sha1\",\"size\":7,\"files\":0,\"successful\":true,"
                                + "\"browsable\":false,\"streaming\":false,\"parts\":[{\"etag\":\"\\\"e1\\\"\",\"part_number\":1}]}"
                        : "{\"checksum\":\"ab12\",\"checksum_type\":\"sha1\",\"size\":7,\"successful\":true,"
                                + "\"parts\":[{\"etag\":\"\\\"e1\\\"\",\"part_number\":1}]}"));
        cases.add(report(
                d,
                PanelCall.RESTORE_REPORT,
                p -> p.reportRestore(BACKUP, true),
                BACKUPS + "/restore",
                "{\"successful\":true}"));
        cases.add(report(
                d,
                PanelCall.ACTIVITY,
                p -> p.reportActivity(CRASH),
                "/api/remote/activity",
                "{\"data\":[{\"user\":null,\"server\":\"" + SERVER
                        + "\",\"event\":\"server:crashed\",\"metadata\":{},\"ip\":\"203.0.113.9\",\"timestamp\":\""
                        + TIME + "\"}]}"));
    }

    private static void questions(Dialect d, List<Case> cases) {
        boolean calagopus = d == Dialect.CALAGOPUS;
        cases.add(new Case(
                d,
                PanelCall.SERVERS,
                p -> p.servers(2, 500).servers().get(0).uuid(),
                "/api/remote/servers?page=2&per_page=" + (calagopus ? "100" : "500"),
                "",
                list(d),
                SERVER.toString()));
        cases.add(new Case(
                d,
                PanelCall.CONFIGURATION,
                p -> p.configuration(SERVER).settings().uuid(),
                SERVERS,
                "",
                configuration(),
                SERVER));
        cases.add(new Case(
                d,
                PanelCall.INSTALL_SCRIPT,
                p -> p.installScript(SERVER),
                SERVERS + "/install",
                "",
                "{\"container_image\":\"i\",\"entrypoint\":\"bash\",\"script\":\"a\\r\\nb\""
                        + (calagopus ? ",\"environment\":{\"A\":\"b\"}}" : "}"),
                new InstallScript("i", "bash", "a\r\nb", calagopus ? Map.of("A", "b") : Map.of())));
        if (!calagopus) {
            cases.add(new Case(
                    d,
                    PanelCall.BACKUP_UPLOAD,
                    p -> p.backupUpload(BACKUP, 150),
                    BACKUPS + "?size=150",
                    "",
                    "{\"parts\":[\"https://s3.example/1?a=%2F\",\"https://s3.example/2\"],\"part_size\":100"
                            + (d == Dialect.PELICAN ? ",\"max_concurrent_uploads\":10}" : "}"),
                    new BackupUpload(
                            List.of(URI.create("https://s3.example/1?a=%2F"), URI.create("https://s3.example/2")),
                            100,
                            d == Dialect.PELICAN ? OptionalInt.of(10) : OptionalInt.empty())));
        }
        cases.add(new Case(
                d,
                PanelCall.SFTP_LOGIN,
                p -> p.authorizeSftp(LOGIN),
                "/api/remote/sftp/auth",
                "{\"type\":\"password\",\"username\":\"sam.5f2a6c1e\",\"password\":\"correct horse\","
                        + "\"ip\":\"203.0.113.9:52144\",\"session_id\":\"\",\"client_version\":\"\"}",
                "{\"user\":\"" + USER + "\",\"server\":\"" + SERVER + "\",\"permissions\":[\"*\"]"
                        + (calagopus ? ",\"ignored_files\":[\"*.key\"]}" : "}"),
                new SftpAuthority(
                        USER, SERVER, Permissions.of(new Permission("*")), calagopus ? List.of("*.key") : List.of())));
    }

    private static void calagopus(List<Case> cases) {
        cases.add(calagopus(
                PanelCall.BACKUP_PARTS,
                p -> p.backupUpload(BACKUP, 150),
                BACKUPS + "/s3/parts?from_part=1",
                "",
                "{\"parts\":[\"https://s3.example/1\",\"https://s3.example/2\",\"https://s3.example/3\"],\"part_size\":100}",
                new BackupUpload(
                        List.of(URI.create("https://s3.example/1"), URI.create("https://s3.example/2")),
                        100,
                        OptionalInt.empty())));
        cases.add(report(
                Dialect.CALAGOPUS,
                PanelCall.DELETION_REPORT,
                p -> p.calagopus().reportDeletion(BACKUP, true),
                BACKUPS + "/deletion",
                "{\"successful\":true}"));
        cases.add(calagopus(
                PanelCall.RESTIC_REPOSITORY,
                p -> p.calagopus().restic(BACKUP),
                BACKUPS + "/restic",
                "",
                "{\"repository\":\"r\",\"retry_lock_seconds\":60,\"environment\":{\"RESTIC_PASSWORD\":\"x\"}}",
                new ResticRepository("r", 60, Map.of("RESTIC_PASSWORD", "x"))));
        cases.add(calagopus(
                PanelCall.KOPIA_REPOSITORY,
                p -> p.calagopus().kopia(BACKUP),
                BACKUPS + "/kopia",
                "",
                "{\"url\":\"https://k\",\"username\":\"u\",\"password\":\"x\",\"fingerprint\":null,\"tags\":{}}",
                new KopiaRepository("https://k", "u", "x", Optional.empty(), Map.of())));
        cases.add(calagopus(
                PanelCall.PBS_REPOSITORY,
                p -> p.calagopus().pbs(BACKUP),
                BACKUPS + "/pbs",
                "",
                "{\"url\":\"https://p\",\"datastore\":\"d\",\"namespace\":null,\"token_id\":\"t\",\"token_secret\":\"x\","
                        + "\"fingerprint\":\"f\",\"backup_id_prefix\":null,\"server_uuid\":\"" + SERVER
                        + "\",\"backup_created\":\"" + TIME + "\"}",
                new PbsRepository(
                        "https://p",
                        "d",
                        Optional.empty(),
                        "t",
                        "x",
                        Optional.of("f"),
                        Optional.empty(),
                        Optional.of(SERVER),
                        TIME)));
    }

    private static void schedules(List<Case> cases) {
        var backups = SERVERS + "/backups";
        cases.add(calagopus(
                PanelCall.CREATE_BACKUP,
                p -> p.calagopus().onBehalfOf(SCHEDULE).createBackup(SERVER, NewBackup.ofEverything()),
                backups,
                "{" + BY + "\"ignored_files\":[]}",
                "{\"adapter\":\"s3\",\"uuid\":\"" + BACKUP + "\"}",
                new BackupPlace(BACKUP, BackupAdapter.S3)));
        cases.add(calagopus(
                PanelCall.UPDATE_BACKUP,
                p -> p.calagopus().moveBackup(SERVER, BackupSelection.of(BACKUP), GROUP),
                backups,
                "{" + CHOSEN + ",\"target_backup_group_uuid\":\"" + GROUP + "\"}",
                "{\"uuid\":\"" + BACKUP + "\"}",
                BACKUP));
        cases.add(calagopus(
                PanelCall.DELETE_BACKUP,
                p -> p.calagopus()
                        .deleteBackup(
                                SERVER,
                                BackupSelection.earliest().named("daily").inGroup(GROUP)),
                backups,
                "{\"backup_name\":\"daily\",\"backup_group_uuid\":\"" + GROUP + "\",\"oldest\":true}",
                "{\"uuid\":\"" + BACKUP + "\"}",
                BACKUP));
        cases.add(calagopus(
                PanelCall.RESTORE_BACKUP,
                p -> p.calagopus().restoreBackup(SERVER, BackupSelection.of(BACKUP), new RestoreWish(true, false)),
                backups + "/restore",
                "{" + CHOSEN + ",\"truncate_directory\":true,\"restore_startup\":false}",
                "{\"adapter\":\"s3\",\"uuid\":\"" + BACKUP + "\",\"download_url\":\"https://s3.example/b\"}",
                new RestoreOrder(BACKUP, BackupAdapter.S3, Optional.of(URI.create("https://s3.example/b")))));
        cases.add(report(
                Dialect.CALAGOPUS,
                PanelCall.STARTUP_VARIABLE,
                p -> p.calagopus().onBehalfOf(SCHEDULE).setStartupVariable(SERVER, "MODE", "hard"),
                SERVERS + "/startup/variables",
                "{" + BY + "\"env_variable\":\"MODE\",\"value\":\"hard\"}"));
        cases.add(report(
                Dialect.CALAGOPUS,
                PanelCall.STARTUP_COMMAND,
                p -> p.calagopus().setStartupCommand(SERVER, "./run"),
                SERVERS + "/startup/command",
                "{\"command\":\"./run\"}"));
        cases.add(report(
                Dialect.CALAGOPUS,
                PanelCall.STARTUP_IMAGE,
                p -> p.calagopus().setStartupImage(SERVER, "img:1"),
                SERVERS + "/startup/docker-image",
                "{\"image\":\"img:1\"}"));
        cases.add(report(
                Dialect.CALAGOPUS,
                PanelCall.SCHEDULE_REPORT,
                p -> p.calagopus()
                        .reportSchedules(
                                List.of(new ScheduleOutcome(SCHEDULE, false, Map.of(GROUP, "no space"), TIME))),
                "/api/remote/schedule",
                "{\"data\":[{\"uuid\":\"" + SCHEDULE + "\",\"successful\":false,\"errors\":{\"" + GROUP
                        + "\":\"no space\"},\"timestamp\":\"" + TIME + "\"}]}"));
    }

    private static Case calagopus(
            PanelCall call, Function<HttpPanel, Object> act, String path, String body, String answer, Object result) {
        return new Case(Dialect.CALAGOPUS, call, act, path, body, answer, result);
    }

    private static Case report(Dialect dialect, PanelCall call, Consumer<HttpPanel> act, String path, String body) {
        return new Case(
                dialect,
                call,
                panel -> {
                    act.accept(panel);
                    return Json.Null.INSTANCE;
                },
                path,
                body,
                "",
                Json.Null.INSTANCE);
    }

    private static String list(Dialect dialect) {
        var meta = switch (dialect) {
            case CALAGOPUS -> "{\"current_page\":2,\"last_page\":2,\"total\":101}";
            case FLAMINGO ->
                "{\"current_page\":2,\"from\":501,\"last_page\":2,\"per_page\":500,\"to\":501,\"total\":501}";
            default ->
                "{\"current_page\":2,\"from\":501,\"last_page\":2,\"links\":[],\"path\":\"x\",\"per_page\":500,"
                        + "\"to\":501,\"total\":501}";
        };
        var item = dialect == Dialect.CALAGOPUS
                ? configuration()
                : "{\"uuid\":\"" + SERVER + "\"," + configuration().substring(1);
        return "{\"data\":[" + item + "],\"meta\":" + meta + "}";
    }

    private static String configuration() {
        return "{\"settings\":{\"uuid\":\"" + SERVER + "\",\"build\":{},\"container\":{\"image\":\"i\"}},"
                + "\"process_configuration\":{}}";
    }
}
