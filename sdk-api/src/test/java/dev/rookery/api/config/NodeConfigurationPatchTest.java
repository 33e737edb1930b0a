package dev.rookery.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.Patch;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigurationPatchTest {

    /** What Pelican's and Pterodactyl's panels push. Source: node API §2.2. */
    private static final String PUSHED = """
            {"debug":false,"uuid":"5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c","token_id":"AbCdEfGh12345678","token":"secret",\
            "api":{"host":"0.0.0.0","port":8080,"ssl":{"enabled":true,\
            "cert":"/etc/letsencrypt/live/node.example.com/fullchain.pem",\
            "key":"/etc/letsencrypt/live/node.example.com/privkey.pem"},"upload_limit":256},\
            "system":{"data":"/var/lib/pelican/volumes","sftp":{"bind_port":2022}},\
            "allowed_mounts":[],"remote":"https://panel.example.com"}""";

    private static NodeConfigurationPatch read(String json) {
        return WireJson.read(json, NodeConfigurationPatch.class);
    }

    private static ConfigurationChange apply(String json, UpdateRules rules) {
        return NodeConfiguration.defaults(Dialect.PELICAN).apply(read(json), rules);
    }

    @Test
    void readsWhatPanelsPushAndWritesItAgain() {
        var patch = read(PUSHED);

        assertThat(patch.debug()).isEqualTo(Patch.of(false));
        assertThat(patch.api().port()).isEqualTo(Patch.of(8080));
        assertThat(patch.api().ssl().enabled()).isEqualTo(Patch.of(true));
        assertThat(patch.api().uploadLimitMebibytes()).isEqualTo(Patch.of(256L));
        assertThat(patch.system().sftp().bindPort()).isEqualTo(Patch.of(2022));
        assertThat(patch.system().sftp().bindAddress()).isEqualTo(Patch.absent());
        assertThat(patch.allowedMounts()).isEqualTo(Patch.of(List.of()));
        assertThat(patch.remote()).isEqualTo(Patch.of(URI.create("https://panel.example.com")));
        assertThat(patch.others()).isEmpty();
        assertThat(patch.toString()).doesNotContain("secret");
        assertThat(WireJson.writeText(patch)).isEqualTo(PUSHED);
    }

    // Node API §2.2: fields without a name in JSON answer to that of Wings' source
    @ParameterizedTest
    @ValueSource(strings = {"readonly", "ReadOnly", "READONLY", "read_only"})
    void readsEitherSpellingOfReadOnly(String name) {
        var patch = read("{\"system\":{\"sftp\":{\"" + name + "\":true}}}");

        assertThat(patch.system().sftp().readOnly()).isEqualTo(Patch.of(true));
        assertThat(WireJson.writeText(patch)).isEqualTo("{\"system\":{\"sftp\":{\"readonly\":true}}}");
    }

    @Test
    void takesNamesInCapitalsAndValuesAsTexts() {
        var patch = read(
                "{\"DEBUG\":1,\"Api\":{\"Port\":\"8443\",\"SSL\":{\"Enabled\":\"true\"},\"upload_limit\":\"10\"},"
                        + "\"System\":{\"DiskCheckInterval\":\"60\",\"CrashDetection\":{\"CrashDetectionEnabled\":\"0\"}},\"uuid\":7}");

        assertThat(patch.debug()).isEqualTo(Patch.of(true));
        assertThat(patch.api().port()).isEqualTo(Patch.of(8443));
        assertThat(patch.api().ssl().enabled()).isEqualTo(Patch.of(true));
        assertThat(patch.api().uploadLimitMebibytes()).isEqualTo(Patch.of(10L));
        assertThat(patch.uuid()).isEqualTo(Patch.of("7"));
        assertThat(patch.others())
                .containsOnly(
                        Map.entry("system.disk_check_interval", new Json.Num(BigDecimal.valueOf(60))),
                        Map.entry("system.crash_detection.enabled", new Json.Bool(false)));
        assertThat(WireJson.writeText(patch))
                .isEqualTo(
                        "{\"debug\":true,\"uuid\":\"7\",\"api\":{\"port\":8443,\"ssl\":{\"enabled\":true},\"upload_limit\":10},"
                                + "\"system\":{\"diskcheckinterval\":60,\"crashdetection\":{\"crashdetectionenabled\":false}}}");
    }

    @Test
    void keepsWhatNobodyKnows() {
        var json = "{\"debug\":true,\"future\":{\"a.b\":[1]},\"docker\":{\"x.y\":{\"z\":null},\"new\":\"v\"}}";

        assertThat(WireJson.writeText(read(json))).isEqualTo(json);
    }

    @Test
    void keepsNullApartFromAbsent() {
        var patch = read("{\"debug\":null,\"api\":null,\"allowed_mounts\":null,\"docker\":{\"registries\":null}}");

        assertThat(patch.debug()).isEqualTo(Patch.ofNull());
        assertThat(patch.api()).isEqualTo(ApiPatch.builder().build());
        assertThat(patch.allowedMounts()).isEqualTo(Patch.ofNull());
        assertThat(WireJson.writeText(patch))
                .isEqualTo("{\"debug\":null,\"allowed_mounts\":null,\"docker\":{\"registries\":null}}");
    }

    @Test
    void carriesEveryKeyThatAPanelMaySet() {
        var random = new RandomValues(new Random(7));
        var values = new TreeMap<String, Json>();
        ConfigurationKeys.all().stream()
                .filter(key -> !key.name().equals("docker.network.mode"))
                .forEach(key -> values.put(key.name(), random.of(key)));

        var patch = NodeConfigurationPatch.of(values);

        assertThat(new TreeMap<>(read(WireJson.writeText(patch)).values())).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"api\":{\"port\":\"eighty\"}} | api.port: eighty (expected: a whole number, 0 to 65535)",
                "{\"api\":{\"port\":{}}} | api.port: keys with values",
                "{\"remote\":\"javascript:secret\"} | remote: not a URL that can be used",
                "{\"allowed_mounts\":\"/\"} | allowed_mounts: a single value (expected: a list of texts)",
            })
    void refusesValuesOfAnotherKind(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "{"})
    void refusesWhatIsNoObject(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidInputException.class);
    }

    // CVE-2024-34066
    @Test
    void neverLetsAPanelSayWhereThingsLieOrWhoItIs() {
        var change = apply("""
                {"remote":"https://evil.example","allowed_mounts":["/"],"BlockBaseDirMount":false,
                 "api":{"disable_remote_download":false,"port":9090},
                 "SYSTEM":{"Data":"/etc","RootDirectory":"/","log_directory":"/","ArchiveDirectory":"/","backup_directory":"/",
                  "tmp_directory":"/root","user":{"uid":0,"passwd":{"directory":"/etc"}},"username":"root"},
                 "docker":{"socket":"/evil"},"api.port":1,"future":{"a":1}}""", UpdateRules.update());

        assertThat(change.applied()).containsExactly("api.port");
        assertThat(change.ignored())
                .hasSize(16)
                .containsEntry("remote", "a panel may not set this")
                .containsEntry("system.data", "a panel may not set this")
                .containsEntry("future", "nobody knows this key")
                .containsEntry("'api.port'", "nobody knows this key");
        var expected = NodeConfiguration.defaults(Dialect.PELICAN);
        assertThat(change.configuration().system()).isEqualTo(expected.system());
        assertThat(change.configuration().mounts()).isEqualTo(expected.mounts());
        assertThat(change.configuration().remote()).isEqualTo(expected.remote());
        assertThat(change.configuration().api().port()).isEqualTo(9090);
    }

    @Test
    void keepsItsCertificateWhenAPanelGuesses() {
        var guess = apply(PUSHED, UpdateRules.update());
        var own = apply("{\"api\":{\"ssl\":{\"cert\":\"/own/c\",\"key\":\"/own/k\"}}}", UpdateRules.update());
        var enrolled = apply(PUSHED, UpdateRules.enrolment());

        assertThat(guess.configuration().api().ssl()).isEqualTo(new SslConfiguration(true, "", "", false));
        assertThat(guess.ignored()).containsKeys("api.ssl.cert", "api.ssl.key");
        assertThat(own.configuration().api().ssl()).isEqualTo(new SslConfiguration(false, "/own/c", "/own/k", false));
        assertThat(enrolled.configuration().api().ssl().key()).endsWith("privkey.pem");
    }

    @Test
    void changesNothingIfTheNodeOptedOut() {
        var before = new NodeConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN))
                .ignorePanelConfigUpdates(true)
                .build();

        var change = before.apply(read("{\"debug\":true,\"ignore_panel_config_updates\":false}"), UpdateRules.update());

        assertThat(change.configuration()).isEqualTo(before);
        assertThat(change.applied()).isEmpty();
        assertThat(change.ignored())
                .containsEntry("debug", "ignore_panel_config_updates is set")
                .hasSize(2);
    }

    @Test
    void emptiesListsByNullAndLeavesTheRest() {
        var change = apply(
                "{\"debug\":null,\"Docker\":{\"Network\":{\"Dns\":null}},\"api\":{\"port\":null}}",
                UpdateRules.update());

        assertThat(change.configuration().docker().network().dns()).isEmpty();
        assertThat(change.configuration().api().port()).isEqualTo(8080);
        assertThat(change.ignored()).containsOnlyKeys("debug", "api.port");
    }

    // Node API §2.2
    @Test
    void knowsTheRulesOfEachDaemon() {
        assertThat(apply(PUSHED, UpdateRules.of(Dialect.PTERODACTYL)).ignored())
                .containsOnlyKeys("allowed_mounts", "api.ssl.cert", "api.ssl.key");
        assertThat(apply(PUSHED, UpdateRules.of(Dialect.PELICAN)).ignored())
                .containsOnlyKeys("allowed_mounts", "api.ssl.cert", "api.ssl.key", "remote", "system.data");
        assertThat(apply(PUSHED, UpdateRules.of(Dialect.CALAGOPUS)).applied())
                .containsExactlyInAnyOrder(
                        "debug",
                        "api.host",
                        "api.port",
                        "api.ssl.enabled",
                        "api.upload_limit",
                        "system.sftp.bind_port");
    }
}
