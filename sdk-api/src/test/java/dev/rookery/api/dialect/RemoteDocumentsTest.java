package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents: panel remote API §3.1, §5, §6, written down after the panels' sources. */
class RemoteDocumentsTest {

    private static final String ID = "5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c";

    @ParameterizedTest
    @ValueSource(strings = {"pelican", "pterodactyl", "flamingo", "calagopus"})
    void whatIsReadIsWrittenBackWithNothingLost(String dialect) {
        var page = page(dialect);

        Snapshots.assertSame("servers-" + dialect + ".written.json", RemoteDocuments.writePage(page, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pelican", "pterodactyl", "flamingo", "calagopus"})
    void readingWhatWasWrittenGivesTheSame(String dialect) {
        var page = page(dialect);
        var again = RemoteDocuments.readPage(RemoteDocuments.writePage(page, 50), 1);

        assertThat(again.servers().get(0)).isEqualTo(page.servers().get(0));
    }

    @Test
    void pelicansServerIsUnderstood() {
        var page = page("pelican");

        assertThat(page.lastPage()).isEqualTo(3);
        assertThat(page.total()).isEqualTo(3);
        var settings = server(page).settings();
        assertThat(settings.id()).hasValue(41);
        assertThat(settings.build().swapMebibytes()).isEqualTo(-1);
        assertThat(settings.build().oomKiller()).isFalse();
        assertThat(settings.allocations().mappings()).containsEntry("", List.of());
        assertThat(settings.egg().features()).containsKey("eula");
        var file = server(page).process().configs().get(0);
        assertThat(file.createFile()).hasValue(false);
        assertThat(file.replace().get(0).ifValue()).hasValue("127.0.0.1");
    }

    @Test
    void pterodactylsTextsAndDigitsAreUnderstood() {
        var page = page("pterodactyl");

        var settings = server(page).settings();
        assertThat(settings.suspended()).isFalse();
        assertThat(settings.skipEggScripts()).isTrue();
        assertThat(settings.environment()).containsEntry("MAX_PLAYERS", "20");
        assertThat(settings.build().memoryMebibytes()).isEqualTo(512);
        assertThat(settings.build().threads()).hasValue("3");
        assertThat(settings.build().oomKiller()).isFalse();
        assertThat(settings.allocations().forceOutgoingIp()).isTrue();
        assertThat(settings.allocations().mappings()).containsEntry("203.0.113.10", List.of(25565, 25575));
        assertThat(settings.egg().fileDenylist()).containsExactly("server.key", "*.pem");
        assertThat(server(page).process().startup().done()).containsExactly("Ready");
        assertThat(server(page).process().startup().stripAnsi()).isFalse();
    }

    @Test
    void oneMalformedServerIsNamedAndHidesNoOther() {
        var page = page("pterodactyl");

        assertThat(page.servers()).hasSize(3);
        assertThat(page.servers().get(0).problem()).isNull();
        assertThat(page.servers().get(1).uuid()).isEqualTo("0e51a3c2-3f7b-4f0b-9a53-0d6f7f1a2b3c");
        assertThat(page.servers().get(1).problem()).contains("build");
        assertThat(page.servers().get(2).problem()).isNotBlank();
    }

    @Test
    void flamingosNullsAndWrongListsAreUnderstood() {
        var page = page("flamingo");

        assertThat(page.lastPage()).isEqualTo(1);
        var settings = server(page).settings();
        assertThat(settings.environment()).isEmpty();
        assertThat(settings.egg().id()).isEqualTo("egg-7");
        assertThat(settings.egg().features()).as("a list where a map belongs").isEmpty();
        assertThat(settings.build().threads()).isEmpty();
        assertThat(settings.crashDetectionEnabled()).hasValue(true);
        assertThat(server(page).process().configs()).isEmpty();
    }

    @Test
    void calagopusServerWithoutUuidIsUnderstood() {
        var page = page("calagopus");

        assertThat(page.servers().get(0).uuid()).isEqualTo(ID);
        assertThat(page.lastPage()).as("its panel says 0").isEqualTo(1);
        var settings = server(page).settings();
        assertThat(settings.allocations().primary().port()).isZero();
        assertThat(settings.further()).containsKeys("schedules", "auto_kill", "auto_start_behavior", "backups");
        assertThat(settings.container().further()).containsKeys("timezone", "seccomp");
        assertThat(settings.build().further()).containsOnlyKeys("overhead_memory");
        var file = server(page).process().configs().get(0);
        assertThat(file.further()).containsOnlyKeys("create_new");
        assertThat(file.replace().get(0).further()).containsOnlyKeys("insert_new", "update_existing");
    }

    @ParameterizedTest
    @CsvSource({"pelican,PELICAN", "pterodactyl,PTERODACTYL", "flamingo,FLAMINGO", "calagopus,CALAGOPUS"})
    void aPanelsDialectShowsInItsList(String name, Dialect dialect) {
        assertThat(RemoteDialect.detect(WireJson.read(Snapshots.read("servers-" + name + ".json"), Json.class)))
                .hasValue(dialect);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"data\":[],\"meta\":{\"per_page\":50,\"current_page\":1}}",
                "{\"data\":[],\"meta\":{\"per_page\":50,\"path\":\"/\"}}"
            })
    void aPanelsDialectDoesNotAlwaysShow(String list) {
        assertThat(RemoteDialect.detect(WireJson.read(list, Json.class))).isEmpty();
    }

    @Test
    void whatWeWriteIsNotTakenForAnotherPanels() {
        var ours = new ServerPage(page("pelican").servers(), 1, 1, 1);

        assertThat(RemoteDialect.detect(WireJson.read(RemoteDocuments.writePage(ours, 50), Json.class)))
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "\"\"", "{\"data\":5}", "<html>"})
    void anythingButAListIsRefused(String body) {
        assertThatThrownBy(() -> RemoteDocuments.readPage(body.getBytes(StandardCharsets.UTF_8), 1))
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":null}", "{\"data\":[]}", "{\"data\":{},\"meta\":[]}"})
    void anEmptyListHasManyForms(String body) {
        var page = RemoteDocuments.readPage(body.getBytes(StandardCharsets.UTF_8), 7);

        assertThat(page).isEqualTo(new ServerPage(List.of(), 7, 1, 0));
    }

    @Test
    void figuresOfAPageAreNumbersAndTheServersThatFailAreLeftOut() {
        var broken = new ServerPage.Entry("x", null, "no image");
        var written = RemoteDocuments.writePage(new ServerPage(List.of(broken), 2, 3, 101), 50);

        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("{\"data\":[],\"meta\":{\"current_page\":2,\"from\":51,\"last_page\":3,\"per_page\":50,"
                        + "\"to\":51,\"total\":101}}");
    }

    @Test
    void aMalformedEggHidesNoServer() {
        for (var egg : List.of("[]", "7", "\"x\"", "null", "{\"id\":4,\"file_denylist\":\"x\",\"features\":[1]}")) {
            var json = "{\"settings\":{\"uuid\":\"" + ID + "\",\"build\":{},\"container\":{\"image\":\"i\"},\"egg\":"
                    + egg + "},\"process_configuration\":{}}";

            assertThat(WireJson.read(json, ServerConfiguration.class)
                            .settings()
                            .egg()
                            .features())
                    .as(egg)
                    .isEmpty();
        }
    }

    private static ServerPage page(String dialect) {
        return RemoteDocuments.readPage(Snapshots.read("servers-" + dialect + ".json"), 1);
    }

    private static ServerConfiguration server(ServerPage page) {
        var entry = page.servers().get(0);
        assertThat(entry.problem()).isNull();
        var configuration = entry.configuration();
        assertThat(configuration).isNotNull();
        return configuration;
    }
}
