package dev.rookery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.config.ConfigurationException;
import dev.rookery.api.config.NodeConfigurationDocument;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.FileDialect;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.RemoteDocuments;
import dev.rookery.api.dialect.RemoteRequests;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.egg.DoneMatcher;
import dev.rookery.api.egg.Placeholders;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.node.Utilization;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

class DocumentFuzzTest {

    private static final List<Class<?>> PAYLOADS = List.of(
            ServerConfiguration.class,
            ServerPage.class,
            ServerDetails.class,
            SystemInformation.class,
            MachineDetails.class,
            Utilization.class,
            DockerDiskUsage.class,
            ImagePruning.class,
            ResourceUsage.class,
            FileEntry.class,
            CreateServer.class,
            Deauthorization.class,
            BackupRequest.class,
            BackupReport.class,
            BackupUpload.class,
            RestoreRequest.class,
            InstallScript.class,
            NodeConfigurationPatch.class,
            Json.class);

    private static final List<Function<byte[], Object>> FILE_READERS = List.of(
            body -> FileDialect.of(Dialect.PELICAN).readEntries(body),
            body -> FileDialect.of(Dialect.PELICAN).readEntry(body),
            body -> FileDialect.of(Dialect.CALAGOPUS).readDownloads(body),
            body -> FileDialect.of(Dialect.PELICAN).readIdentifier(body),
            body -> WireJson.read(body, FileRequests.Rename.class),
            body -> WireJson.read(body, FileRequests.Copy.class),
            body -> WireJson.read(body, FileRequests.Delete.class),
            body -> WireJson.read(body, FileRequests.Directory.class),
            body -> WireJson.read(body, FileRequests.Chmod.class).changes(),
            body -> WireJson.read(body, FileRequests.Compress.class).format(),
            body -> WireJson.read(body, FileRequests.Decompress.class),
            body -> WireJson.read(body, FileRequests.Download.class).request());

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static final List<Function<byte[], Object>> REPORT_READERS = List.of(
            RemoteRequests::installReport,
            RemoteRequests::stateReport,
            RemoteRequests::backupReport,
            RemoteRequests::outcome,
            RemoteRequests::sftpLogin,
            body -> RemoteRequests.activity(body, NOW),
            body -> RemoteDocuments.readPage(body, 0));

    /** The first byte says which payload the rest is. */
    @FuzzTest(maxDuration = "10m")
    void payloadsAreRefusedOrSurviveTheWire(byte[] input) {
        if (input.length > 0) {
            survives(PAYLOADS.get(Byte.toUnsignedInt(input[0]) % PAYLOADS.size()), rest(input));
        }
    }

    /** The first byte says which body the rest is. */
    @FuzzTest(maxDuration = "10m")
    void bodiesAboutFilesAreRefusedOrRead(byte[] input) {
        refusedOrRead(FILE_READERS, input);
    }

    /** The first byte says which report to a panel, or page of one, the rest is. */
    @FuzzTest(maxDuration = "10m")
    void whatPanelAndNodeTellEachOtherIsRefusedOrRead(byte[] input) {
        refusedOrRead(REPORT_READERS, input);
    }

    @FuzzTest(maxDuration = "10m")
    void serverConfigurationsAreRefusedOrResolved(byte[] input) {
        ServerConfiguration configuration;
        try {
            configuration = WireJson.read(input, ServerConfiguration.class);
        } catch (InvalidInputException ignored) {
            // Refused.
            return;
        }
        assertThat(WireJson.read(WireJson.write(configuration), ServerConfiguration.class))
                .isEqualTo(configuration);
        var placeholders = Placeholders.of(configuration.settings());
        placeholders.resolve(configuration.settings().invocation());
        for (var file : configuration.process().configs()) {
            file.replace().forEach(replacement -> placeholders.resolve(replacement.replaceWith(), unknown -> {}));
        }
    }

    /** A pattern, a line end, and console lines. */
    @FuzzTest(maxDuration = "10m")
    void donePatternsAreSearchedInTimeLinearInTheLine(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        if (end < 0) {
            return;
        }
        var startup = new ProcessConfiguration.Startup(List.of("regex:" + text.substring(0, end)), List.of(), false);
        var matcher = DoneMatcher.of(startup);
        text.substring(end + 1).lines().forEach(matcher::matches);
        matcher.matches("a".repeat(20_000));
    }

    @FuzzTest(maxDuration = "10m")
    void nodeConfigurationsAreRefusedOrChangedInPlace(byte[] input) {
        NodeConfigurationDocument document;
        try {
            document = NodeConfigurationDocument.parse(new String(input, StandardCharsets.UTF_8));
            document.configuration();
        } catch (ConfigurationException ignored) {
            // Refused.
            return;
        }
        changed(document, "api.port", new Json.Num(BigDecimal.valueOf(8443)));
        changed(document, "debug", new Json.Bool(true));
        changed(document, "allowed_origins", new Json.Array(List.of(new Json.Text("https://a.example"))));
    }

    private static void changed(NodeConfigurationDocument document, String key, Json value) {
        try {
            var changed = document.set(key, value);
            assertThat(changed.find(key)).contains(value);
            assertThat(NodeConfigurationDocument.parse(changed.text()).find(key))
                    .contains(value);
        } catch (ConfigurationException ignored) {
            // Stands where it cannot be changed.
        }
    }

    private static <T> void survives(Class<T> type, byte[] body) {
        T value;
        try {
            value = WireJson.read(body, type);
        } catch (InvalidInputException ignored) {
            // Refused.
            return;
        }
        assertThat(WireJson.read(WireJson.write(value), type)).isEqualTo(value);
    }

    private static void refusedOrRead(List<Function<byte[], Object>> readers, byte[] input) {
        if (input.length == 0) {
            return;
        }
        try {
            var reader = readers.get(Byte.toUnsignedInt(input[0]) % readers.size());
            assertThat(reader.apply(rest(input))).isNotNull();
        } catch (InvalidInputException ignored) {
            // Refused.
        }
    }

    private static byte[] rest(byte[] input) {
        return Arrays.copyOfRange(input, 1, input.length);
    }
}
