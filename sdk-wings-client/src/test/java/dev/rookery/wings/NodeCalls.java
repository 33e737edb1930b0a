package dev.rookery.wings;

import static dev.rookery.wings.NodeWire.ID;

import dev.rookery.api.Content;
import dev.rookery.api.Patch;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.file.RemoteDownload;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.transfer.IncomingTransfer;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.wings.NodeWire.Canned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every call of the port to one node: how it is made, what nodes of each dialect answer to it, and what comes of that. */
final class NodeCalls {

    static final BackupId BACKUP = BackupId.parse("0e51a3c2-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    private static final UUID USER = UUID.fromString("1b4e28ba-2fa1-41d2-883f-0016d3cca427");
    private static final URI MOD = URI.create("https://example.com/mods/x.jar");
    private static final String STAT = """
            {"name":"a.txt","created":"2026-01-02T03:04:05Z","modified":"2026-01-02T03:04:05+01:00","mode":"-rw-r--r--",
             "mode_bits":"644","size":1203,"directory":false,"file":true,"symlink":false,"mime":"text/plain; charset=utf-8"}""";
    private static final String SERVER = """
            {"state":"running","is_suspended":false,"utilization":{"memory_bytes":734003200,"state":"running"},
             "configuration":{"uuid":"7c0d1234-0000-4000-8000-000000000001","meta":{"name":"Lobby","description":""},
               "build":{"memory_limit":1024,"swap":0,"io_weight":500,"cpu_limit":200,"disk_space":10240,%s},
               "container":{"image":"ghcr.io/example/java:21"}}}""";

    private NodeCalls() {}

    /**
     * A call.
     *
     * @param what which one
     * @param make makes it and returns what is told of its result
     * @param answers what a node answers
     * @param result what is told
     */
    record Case(
            NodeCall what, Function<HttpNode, Object> make, Map<Dialect, Canned> answers, Map<Dialect, String> result) {

        Case but(Dialect dialect, Canned canned) {
            return but(dialect, canned, result.get(dialect));
        }

        Case but(Dialect dialect, Canned canned, String otherResult) {
            var otherAnswers = new EnumMap<>(answers);
            var otherResults = new EnumMap<>(result);
            otherAnswers.put(dialect, canned);
            otherResults.put(dialect, otherResult);
            return new Case(what, make, otherAnswers, otherResults);
        }

        @Override
        public String toString() {
            return what.name();
        }
    }

    /** Returns every call. */
    static List<Case> all() {
        return Stream.of(machine(), servers(), files(), archives(), others())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Case> machine() {
        return List.of(
                reading(
                                NodeCall.SYSTEM,
                                n -> n.system().architecture() + n.system().cpuCount(),
                                "amd648",
                                """
                        {"architecture":"amd64","cpu_count":8,"kernel_version":"6.8.0","os":"linux","version":"1.2.3"}""")
                        .but(Dialect.CALAGOPUS, Canned.json(200, "{\"architecture\":\"x86_64\",\"cpu_count\":8}")),
                reading(
                        NodeCall.MACHINE_DETAILS,
                        n -> n.machine().details().docker().containers().running(),
                        "3",
                        "{\"version\":\"1.2.3\",\"docker\":{\"containers\":{\"total\":5,\"running\":3}}}"),
                reading(
                        NodeCall.UTILIZATION,
                        n -> n.machine().utilization().disks().size(),
                        "1",
                        "{\"memory_total\":1,\"disk_details\":[{\"device\":\"/dev/sda1\",\"tags\":null}]}"),
                reading(NodeCall.IP_ADDRESSES, n -> n.machine().ipAddresses(), "[]", "{\"ip_addresses\":null}"),
                reading(
                        NodeCall.DOCKER_DISK,
                        n -> n.machine().dockerDiskUsage().imagesActive(),
                        "2",
                        "{\"containers_size\":1048576,\"images_total\":4,\"images_active\":2}"),
                reading(
                        NodeCall.PRUNE_IMAGES,
                        n -> n.machine().pruneImages(),
                        "ImagePruning[images=[], reclaimedBytes=12345]",
                        "{\"ImagesDeleted\":null,\"SpaceReclaimed\":12345}"),
                reading(
                        NodeCall.DIAGNOSTICS,
                        n -> n.machine().diagnostics(DiagnosticsRequest.defaults()),
                        "Pelican Wings - Diagnostics",
                        Canned.text(200, "Pelican Wings - Diagnostics")),
                reading(
                        NodeCall.UPDATE_CONFIGURATION,
                        n -> n.machine()
                                .updateConfiguration(NodeConfigurationPatch.builder()
                                        .debug(Patch.of(true))
                                        .build()),
                        "false",
                        "{\"applied\":false}"),
                doing(NodeCall.DEAUTHORIZE, 204, n -> n.deauthorize(new Deauthorization(USER, List.of(ID)))));
    }

    private static List<Case> servers() {
        return List.of(
                reading(
                        NodeCall.LIST_SERVERS,
                        n -> n.servers().size(),
                        "1",
                        "[" + SERVER.formatted("\"oom_killer\":true") + "]"),
                reading(
                        NodeCall.SERVER_DETAILS,
                        n -> n.server(ID).details().configuration().build().oomKiller(),
                        "true",
                        SERVER.formatted("\"oom_disabled\":false")),
                doing(NodeCall.DELETE_SERVER, 204, n -> n.server(ID).delete()),
                doing(NodeCall.POWER, 202, n -> n.server(ID).power(PowerAction.RESTART)),
                doing(NodeCall.COMMANDS, 204, n -> n.server(ID).sendCommands(List.of("say hi", "stop"))),
                reading(NodeCall.LOGS, n -> n.server(ID).logs(2), "[one, two]", "{\"data\":[\"one\",\"two\"]}")
                        .but(Dialect.CALAGOPUS, Canned.text(200, "zero\none\ntwo\n")),
                reading(NodeCall.INSTALL_LOG, n -> n.server(ID).installLog(), "output", "{\"data\":\"output\"}")
                        .but(Dialect.CALAGOPUS, Canned.text(200, "output")),
                doing(NodeCall.SYNC, 204, n -> n.server(ID).sync()),
                doing(NodeCall.INSTALL, 202, n -> n.server(ID).install()),
                doing(NodeCall.REINSTALL, 202, n -> n.server(ID).reinstall()),
                doing(NodeCall.ABORT_INSTALL, 202, n -> n.server(ID).abortInstall()),
                doing(NodeCall.DENY_TOKENS, 204, n -> n.server(ID).denyTokens(List.of("jti-1"))));
    }

    private static List<Case> files() {
        return List.of(
                reading(NodeCall.READ_FILE, n -> text(files(n).read("logs/latest.log")), "hi", Canned.text(200, "hi")),
                doing(
                        NodeCall.WRITE_FILE,
                        204,
                        n -> files(n).write("a b.txt", Content.of("hi".getBytes(StandardCharsets.UTF_8)))),
                reading(NodeCall.LIST_FILES, n -> names(files(n).list("/")), "[a.txt]", "[" + STAT + "]"),
                doing(
                                NodeCall.RENAME_FILES,
                                204,
                                n -> files(n).rename("/", List.of(new FileRename("a.txt", "dir/b.txt"))))
                        .but(Dialect.CALAGOPUS, Canned.json(200, "{\"renamed\":1}")),
                reading(
                                NodeCall.COPY_FILE,
                                n -> files(n).copy("/a.txt").map(FileEntry::name),
                                "Optional.empty",
                                Canned.empty(204))
                        .but(Dialect.CALAGOPUS, Canned.json(200, STAT), "Optional[a.txt]"),
                doing(NodeCall.DELETE_FILES, 204, n -> files(n).delete("/", List.of("a", "dir")))
                        .but(Dialect.CALAGOPUS, Canned.json(200, "{\"deleted\":2}")),
                doing(NodeCall.CREATE_DIRECTORY, 204, n -> files(n).createDirectory("/a/b/plugins/")),
                doing(
                                NodeCall.CHMOD_FILES,
                                204,
                                n -> files(n).chmod("/", List.of(new FileModeChange("a.sh", FileMode.parse("755")))))
                        .but(Dialect.CALAGOPUS, Canned.json(200, "{\"updated\":1}")),
                reading(
                                NodeCall.SEARCH_FILES,
                                n -> names(files(n).search(new FileSearch("/", "txt"))),
                                "[a.txt]",
                                "{\"message\":\"Directory not found\"}[" + STAT + "]")
                        .but(Dialect.CALAGOPUS, Canned.json(200, "{\"results\":[" + STAT + "]}")));
    }

    private static List<Case> archives() {
        return List.of(
                reading(
                        NodeCall.COMPRESS,
                        n -> files(n).compress(new CompressRequest(
                                        "/", List.of("world"), Optional.of("backup"), ArchiveFormat.ZIP))
                                .mime(),
                        "application/gzip",
                        "{\"name\":\"backup.tar.gz\",\"mime\":\"application/tar+gzip\"}"),
                doing(NodeCall.DECOMPRESS, 204, n -> files(n).decompress("/", "a.zip")),
                reading(
                                NodeCall.LIST_DOWNLOADS,
                                n -> downloads(files(n).downloads().list()),
                                "[1 0.5]",
                                "{\"downloads\":[{\"Identifier\":\"1\",\"Progress\":0.5}]}")
                        .but(
                                Dialect.CALAGOPUS,
                                Canned.json(
                                        200,
                                        "{\"downloads\":[{\"identifier\":\"1\",\"destination\":\"/x\",\"progress\":5,\"total\":10}]}")),
                reading(
                        NodeCall.START_DOWNLOAD,
                        n -> files(n).downloads()
                                .start(RemoteDownloadRequest.builder("/mods", MOD)
                                        .fileName("y.jar")
                                        .build()),
                        "abc",
                        Canned.json(202, "{\"identifier\":\"abc\"}")),
                reading(
                        NodeCall.START_DOWNLOAD,
                        n -> files(n).downloads()
                                .fetch(RemoteDownloadRequest.builder("", MOD).build())
                                .name(),
                        "a.txt",
                        STAT),
                doing(NodeCall.CANCEL_DOWNLOAD, 204, n -> files(n).downloads().cancel("abc")));
    }

    private static List<Case> others() {
        return List.of(
                doing(
                        NodeCall.CREATE_BACKUP,
                        202,
                        n -> n.server(ID)
                                .backups()
                                .create(new BackupRequest(BACKUP, BackupAdapter.WINGS, List.of("*.log", "cache/")))),
                doing(
                        NodeCall.RESTORE_BACKUP,
                        202,
                        n -> n.server(ID).backups().restore(BACKUP, RestoreRequest.local(true))),
                doing(NodeCall.DELETE_BACKUP, 204, n -> n.server(ID).backups().delete(BACKUP)),
                doing(
                        NodeCall.DELETE_ALL_BACKUPS,
                        204,
                        n -> n.server(ID).backups().deleteAll()),
                reading(
                        NodeCall.SIGNED_BACKUP,
                        n -> text(n.server(ID).backups().read(BACKUP)),
                        "tar",
                        Canned.text(200, "tar")),
                reading(
                        NodeCall.SIGNED_DOWNLOAD,
                        n -> text(n.signedUrls(ID).open(n.signedUrls(ID).download("/a.txt"))),
                        "hi",
                        Canned.text(200, "hi")),
                doing(
                        NodeCall.SIGNED_UPLOAD,
                        200,
                        n -> n.signedUrls(ID)
                                .send(
                                        n.signedUrls(ID).upload("/mods"),
                                        List.of(new SignedUrls.Upload("x.jar", content("jar"))))),
                doing(
                        NodeCall.START_TRANSFER,
                        202,
                        n -> n.server(ID)
                                .transfer(new TransferRequest(
                                        URI.create("https://dest.example:8080/api/transfers"),
                                        "jwt",
                                        List.of(BACKUP)))),
                doing(NodeCall.CANCEL_TRANSFER, 202, n -> n.server(ID).cancelTransfer()),
                doing(
                        NodeCall.RECEIVE_TRANSFER,
                        200,
                        n -> n.transfers()
                                .receive(IncomingTransfer.builder(ID, content("archive"))
                                        .putBackups(BACKUP, content("backup"))
                                        .installLog(content("log"))
                                        .storagePool("ceph")
                                        .build())),
                doing(NodeCall.CANCEL_RECEIVING, 202, n -> n.transfers().cancel(ID)));
    }

    private static NodeFiles files(HttpNode node) {
        return node.server(ID).files();
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Content content) {
        try (content) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(List<FileEntry> entries) {
        return entries.stream().map(FileEntry::name).toList();
    }

    private static List<String> downloads(List<RemoteDownload> downloads) {
        return downloads.stream().map(d -> d.id() + " " + d.progress()).toList();
    }

    private static Case reading(NodeCall what, Function<HttpNode, Object> make, String result, String json) {
        return reading(what, make, result, Canned.json(200, json));
    }

    private static Case reading(NodeCall what, Function<HttpNode, Object> make, String result, Canned canned) {
        var answers = new EnumMap<Dialect, Canned>(Dialect.class);
        var results = new EnumMap<Dialect, String>(Dialect.class);
        for (var dialect : Dialect.values()) {
            answers.put(dialect, canned);
            results.put(dialect, result);
        }
        return new Case(what, make, answers, results);
    }

    /** A call without a result: Go answers it with an empty body, Calagopus with an empty object. */
    private static Case doing(NodeCall what, int status, Consumer<HttpNode> make) {
        Function<HttpNode, Object> made = node -> {
            make.accept(node);
            return "done";
        };
        return reading(what, made, "done", Canned.empty(status))
                .but(Dialect.CALAGOPUS, Canned.json(status == 204 ? 200 : status, "{}"));
    }
}
