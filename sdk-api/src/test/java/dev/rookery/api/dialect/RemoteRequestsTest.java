package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.permission.Permissions;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes send: panel remote API §3. */
class RemoteRequestsTest {

    private static final ServerId SERVER = ServerId.parse("5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    private static final UUID USER = UUID.fromString("0b9c0d4e-77d0-4b1c-8d58-1a2b3c4d5e6f");
    private static final Instant TIME = Instant.parse("2026-08-01T12:00:00.123456789Z");
    private static final BackupReport KEPT = BackupReport.builder()
            .checksum("da39a3ee5e6b4b0d3255bfef95601890afd80709")
            .checksumType("sha1")
            .sizeBytes(10485760)
            .build();
    private static final BackupReport UPLOADED = BackupReport.builder()
            .checksum("da39a3ee5e6b4b0d3255bfef95601890afd80709")
            .checksumType("sha1")
            .sizeBytes(10485760)
            .addParts(new BackupPart("\"abc123\"", 1))
            .build();
    private static final StateChange CHANGE = new StateChange(ServerState.STARTING, ServerState.RUNNING);
    private static final SftpLogin LOGIN = SftpLogin.builder("sam.5f2a6c1e", "correct horse")
            .address("203.0.113.9:52144")
            .sessionId("bWFkZS11cA==")
            .clientVersion("U1NILTIuMC1PcGVuU1NI")
            .build();
    private static final ActivityEntry WRITTEN = ActivityEntry.builder(SERVER, "server:sftp.write", TIME)
            .user(USER)
            .address("203.0.113.9")
            .putMetadata("files", new Json.Array(List.of(new Json.Text("plugins/a.jar"))))
            .build();
    private static final ActivityEntry CRASHED =
            ActivityEntry.builder(SERVER, "server:crashed", TIME).build();

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "NEXUS", mode = EnumSource.Mode.EXCLUDE)
    void eachDialectIsSpokenToAsItsOwnNodesDo(Dialect dialect) {
        var remote = RemoteDialect.of(dialect);
        var requests = new LinkedHashMap<String, Json>();
        requests.put("Accept", new Json.Text(remote.accept()));
        requests.put("User-Agent", new Json.Text(remote.userAgent("1.2.3", "AbCdEfGh12345678")));
        requests.put("per_page of 500", new Json.Num(BigDecimal.valueOf(remote.perPage(500))));
        put(requests, "reset", remote.reset());
        put(requests, "install", remote.installReport(new InstallReport(true, false)));
        if (remote.offers(PanelCall.STATE_REPORT)) {
            put(requests, "state", remote.stateReport(CHANGE));
        }
        if (remote.offers(PanelCall.TRANSFER_SUCCESS)) {
            put(requests, "transfer success", remote.transferReport(true));
            put(requests, "transfer failure", remote.transferReport(false));
        }
        put(requests, "backup kept", remote.backupReport(KEPT));
        put(requests, "backup uploaded", remote.backupReport(UPLOADED));
        put(requests, "backup failed", remote.backupReport(BackupReport.failed()));
        put(requests, "restore", remote.outcome(true));
        put(requests, "sftp", remote.sftpLogin(LOGIN));
        put(requests, "activity", remote.activity(List.of(WRITTEN, CRASHED)));

        Snapshots.assertSame("requests-" + dialect.wireName() + ".json", WireJson.write(new Json.Obj(requests)));
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "NEXUS", mode = EnumSource.Mode.EXCLUDE)
    void ourPanelReadsTheNodesOfEachDialect(Dialect dialect) {
        var remote = RemoteDialect.of(dialect);

        assertThat(RemoteRequests.installReport(remote.installReport(new InstallReport(false, true))))
                .isEqualTo(new InstallReport(false, true));
        assertThat(RemoteRequests.stateReport(remote.stateReport(CHANGE))).isEqualTo(CHANGE);
        assertThat(RemoteRequests.backupReport(remote.backupReport(KEPT))).isEqualTo(KEPT);
        assertThat(RemoteRequests.backupReport(remote.backupReport(UPLOADED))).isEqualTo(UPLOADED);
        assertThat(RemoteRequests.backupReport(remote.backupReport(BackupReport.failed())))
                .isEqualTo(BackupReport.failed());
        assertThat(RemoteRequests.outcome(remote.outcome(true))).isTrue();
        assertThat(RemoteRequests.sftpLogin(remote.sftpLogin(LOGIN))).isEqualTo(LOGIN);
        assertThat(RemoteRequests.activity(remote.activity(List.of(WRITTEN, CRASHED)), TIME))
                .containsExactly(WRITTEN, CRASHED);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9,true",
        "2001:db8::1,true",
        "::1,true",
        "203.0.113.9:52144,false",
        "256.0.0.1,false",
        "dead.beef,false",
        "node,false",
        "'',false"
    })
    void onlyAnAddressGoesToAPanelThatTakesNothingElse(String address, boolean sent) {
        var entry = ActivityEntry.builder(SERVER, "server:crashed", TIME)
                .address(address)
                .build();

        var body = new String(RemoteDialect.of(Dialect.CALAGOPUS).activity(List.of(entry)), StandardCharsets.UTF_8);

        assertThat(body.contains("\"ip\":\"" + address + "\"")).isEqualTo(sent);
        assertThat(body.contains("\"ip\"")).isEqualTo(sent);
    }

    @Test
    void whatOurPanelAnswersIsWrittenForEveryNode() {
        var answers = new LinkedHashMap<String, Json>();
        put(answers, "install script", WireJson.write(new InstallScript("i", "bash", "a\r\nb")));
        put(
                answers,
                "upload",
                WireJson.write(new BackupUpload(
                        List.of(URI.create("https://s3.example/1?a=%2F")), 134217728, OptionalInt.of(10))));
        put(answers, "sftp", WireJson.write(new SftpAuthority(USER, SERVER, Permissions.owner())));
        put(
                answers,
                "sftp with hidden files",
                WireJson.write(new SftpAuthority(USER, SERVER, Permissions.owner(), List.of("*.key"))));
        put(answers, "error", RemoteDocuments.writeError(403, "Forbidden", "no node of this panel"));

        Snapshots.assertSame("answers.json", WireJson.write(new Json.Obj(answers)));
    }

    @Test
    void nexusNodesAskTheirPanelNothing() {
        assertThatThrownBy(() -> RemoteDialect.of(Dialect.NEXUS)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "5", "{\"successful\":null}", "<html>"})
    void anOutcomeHasToBeSaid(String body) {
        assertThatThrownBy(() -> RemoteRequests.installReport(bytes(body))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> RemoteRequests.outcome(bytes(body))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> RemoteRequests.backupReport(bytes(body))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aFailedBackupNeedsNothingElse() {
        assertThat(RemoteRequests.backupReport(bytes("{\"successful\":0,\"parts\":null}")))
                .isEqualTo(BackupReport.failed());
        assertThatThrownBy(() -> RemoteRequests.backupReport(bytes("{\"successful\":true,\"checksum\":\"a\"}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("size");
    }

    @Test
    void oneBadEntrySpoilsNoBatch() {
        var batch = "{\"data\":[7,{},{\"event\":\"server:crashed\"},{\"user\":null,\"server\":\"" + SERVER
                + "\",\"event\":\"server:crashed\",\"metadata\":null,\"ip\":\"\",\"timestamp\":\"" + TIME + "\"}]}";

        assertThat(RemoteRequests.activity(bytes(batch), TIME)).containsExactly(CRASHED);
    }

    @Test
    void anEntryWithoutReadableTimeHappenedNow() {
        var batch = "{\"data\":[{\"server\":\"" + SERVER
                + "\",\"event\":\"server:crashed\",\"metadata\":[],\"timestamp\":\"yesterday\"}]}";

        var entry = RemoteRequests.activity(bytes(batch), TIME).get(0);

        assertThat(entry.timestamp()).isEqualTo(TIME);
        assertThat(entry.metadata()).isEqualTo(Map.of("original_timestamp", new Json.Text("yesterday")));
        assertThat(entry.user()).isEqualTo(Optional.empty());
    }

    private static void put(Map<String, Json> requests, String name, byte[] body) {
        requests.put(name, WireJson.read(body, Json.class));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
