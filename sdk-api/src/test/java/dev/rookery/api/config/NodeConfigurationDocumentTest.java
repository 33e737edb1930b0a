package dev.rookery.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeConfigurationDocumentTest {

    private static NodeConfigurationDocument parse(String text) {
        return NodeConfigurationDocument.parse(text);
    }

    private static String resource(String name) throws IOException {
        try (var in = NodeConfigurationDocumentTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // Node API §6.1
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"PELICAN", "PTERODACTYL", "CALAGOPUS"})
    void hasTheDefaultsOfEachDaemon(Dialect dialect) throws IOException {
        var document = parse("");
        for (var value : Binding.write(NodeConfiguration.defaults(dialect), "").entrySet()) {
            document = document.set(value.getKey(), value.getValue());
        }

        var name = "defaults-" + dialect.wireName() + ".yml";
        Files.writeString(Path.of("target", name), document.text());
        assertThat(document.text()).isEqualTo(resource(name));
        assertThat(document.configuration()).isEqualTo(NodeConfiguration.defaults(dialect));
    }

    @Test
    void readsWhatWingsWrites() throws IOException {
        var configuration = parse(resource("wings.yml")).configuration();

        assertThat(configuration.identity().tokenId()).hasValue("0123456789012345");
        assertThat(configuration.api().ssl().certificate()).isEqualTo("/etc/letsencrypt/live/n1/fullchain.pem");
        assertThat(configuration.system().timezone()).isEmpty();
        assertThat(configuration.system().user().uid()).hasValue(988);
        assertThat(configuration.system().disk().checkInterval()).isEqualTo(Duration.ofSeconds(150));
        assertThat(configuration.docker().registries())
                .containsExactly(Map.entry("ghcr.io", new RegistryConfiguration("u", "p")));
        assertThat(configuration.docker().overhead().multipliers()).containsExactly(Map.entry(2048L, 1.15));
        assertThat(configuration.throttles().lineResetInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(configuration.search().blacklistedDirectories()).contains(".git");
        assertThat(configuration.toString()).doesNotContain("secret").doesNotContain("password=p");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true", "True, true", "yes, true", "1, true", "'\"1\"', true", "'\"true\"', true", "on, true",
        "false, false", "0, false", "'\"0\"', false", "off, false", "'\"no\"', false", "'', false", "~, false"
    })
    void readsTruthValuesAsTheyAreWritten(String yaml, boolean expected) {
        assertThat(parse("debug: " + yaml + "\n").configuration().debug()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"8443, 8443", "'\"8443\"', 8443", "8_443, 8443", "8443.0, 8443", "'', 8080", "null, 8080"})
    void readsNumbersAsTheyAreWritten(String yaml, int expected) {
        assertThat(parse("api: {port: " + yaml + "}\n").configuration().api().port())
                .isEqualTo(expected);
    }

    @Test
    void keepsTextsThatLookLikeSomethingElse() {
        var configuration = parse("uuid: 0012\ntoken_id: 1e3\napp_name: on\ntoken: ${NODE}\n")
                .configuration();

        assertThat(configuration.identity().uuid()).hasValue("0012");
        assertThat(configuration.identity().tokenId()).hasValue("1e3");
        assertThat(configuration.appName()).isEqualTo("on");
        assertThat(configuration.identity().token()).hasValue("${NODE}");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("- a\n", "config.yml, line 1, column 1: the file: a list (expected: keys with values)"),
                Arguments.of("a: [\n", "config.yml, line 2, column 1: not YAML:"),
                Arguments.of("a: 1\n---\nb: 2\n", "line 2, column 1: not YAML: but found another document"),
                Arguments.of("debug: true\ndebug: true\n", "config.yml, line 2, column 1: 'debug' is there twice"),
                Arguments.of("api: {ssl: {key: a, key: b}}\n", "line 1, column 21: 'key' is there twice"),
                Arguments.of(
                        "api: {port: 65536}",
                        "line 1, column 13: api.port: 65536 (expected: a whole number, 0 to 65535)"),
                Arguments.of("api: {port: 1e99999999999}", "api.port: 1e99999999999 (expected"),
                Arguments.of("api: {port: 1e999999}", "api.port: 1e999999 (expected"),
                Arguments.of("api: {port: " + "9".repeat(5000) + "}", "api.port: 5000 characters (expected"),
                Arguments.of("debug: !!java.net.URL [x]", "debug: a value with a tag (expected: true or false)"),
                Arguments.of("app_name: !evil x", "app_name: a value with a tag (expected: a text)"),
                Arguments.of("app_name: [x]", "app_name: a list (expected: a text)"),
                Arguments.of("app_name: &a [*a]", "app_name: a list (expected: a text)"),
                Arguments.of("allowed_mounts: &a [*a]", "allowed_mounts: a list (expected: a list of texts)"),
                Arguments.of("system: {data: volumes}", "system.data: volumes (expected: an absolute path)"),
                Arguments.of("remote: ftp://u:secret@h", "remote: not a URL that can be used (expected: an http"),
                Arguments.of("docker: {registries: {a: b}}", "docker.registries: a single value (expected"),
                Arguments.of("docker: {log_config: {config: {a: 1, a: 2}}}", "keys that are no names, or there twice"),
                Arguments.of("x: " + "[".repeat(41) + "]".repeat(41), "config.yml: nested too deep"),
                Arguments.of("x: " + "[".repeat(200_000), "config.yml: nested too deep"),
                Arguments.of("x: " + "y".repeat(1 << 20), "config.yml: not YAML that can be used"),
                Arguments.of(
                        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]",
                        "config.yml: not YAML that can be used"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("\n");
    }

    @Test
    void carriesThePlaceAsFields() {
        var failure = catchThrowableOfType(ConfigurationException.class, () -> parse("api:\n  port: x\n"));

        assertThat(failure.key()).hasValue("api.port");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(9);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void namesUnknownKeysWithTheirPlaces() {
        var document = parse("ours: {a: 1}\napi:\n  prot: 1\n  'a.b': 2\n'api.port': 3\n");

        assertThat(document.unknownKeys())
                .extracting(Object::toString)
                .containsExactly("ours (line 1)", "api.prot (line 3)", "api.'a.b' (line 4)", "'api.port' (line 5)");
        assertThat(document.has("api.port")).isFalse();
    }

    @Test
    void keepsCommentsOrderAndUnknownKeys() throws IOException {
        var before = parse(resource("edited-before.yml"));
        var configuration = before.configuration();

        var changed = new NodeConfigurationBuilder()
                .from(configuration)
                .appName("yes")
                .api(new ApiConfigurationBuilder()
                        .from(configuration.api())
                        .port(8443)
                        .trustedProxies(List.of("10.0.0.1", "::1"))
                        .build())
                .origins(new OriginsConfiguration(List.of("https://a.example"), true))
                .build();
        var after = before.with(changed)
                .set("system.sftp.read_only", new Json.Text("1"))
                .set("docker.network.dns", NodeConfigurationDocument.value("[9.9.9.9]"))
                .remove("system.username");

        assertThat(after.text()).isEqualTo(resource("edited-after.yml"));
        assertThat(after.configuration().appName()).isEqualTo("yes");
        assertThat(after.configuration().api().trustedProxies()).containsExactly("10.0.0.1", "::1");
    }

    @Test
    void changesNothingWhereNothingChanges() throws IOException {
        var document = parse(resource("edited-before.yml"));

        assertThat(document.with(document.configuration()).text()).isEqualTo(document.text());
        assertThat(document.remove("quiet")).isSameAs(document);
    }

    @Test
    void refusesToSetWhatItCannot() {
        var document = parse("api: &a {port: &p 10}\nconsole: {max_lines: *p}\n");

        assertThatThrownBy(() -> document.set("api.prot", new Json.Text("1")))
                .hasMessage("unknown key 'api.prot' (did you mean 'api.port'?)");
        assertThatThrownBy(() -> document.set("api.port", new Json.Text("x")))
                .hasMessage("api.port: x (expected: a whole number, 0 to 65535)");
        assertThatThrownBy(() -> document.set("api.port", new Json.Num(BigDecimal.ONE)))
                .hasMessageStartingWith("config.yml, line 1, column 16: api.port: stands where it cannot be changed");
        assertThatThrownBy(() -> parse("? debug\n: true\n").set("quiet", new Json.Bool(true)))
                .hasMessageContaining("quiet: stands where it cannot be changed");
        assertThatThrownBy(() -> NodeConfigurationDocument.value("[")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void refusesValuesThatNoFileCouldHold() {
        assertThatThrownBy(() -> NodeConfiguration.builder()
                        .appName("x")
                        .api(new ApiConfigurationBuilder()
                                .from(NodeConfiguration.defaults(Dialect.PELICAN)
                                        .api())
                                .port(70_000)
                                .build())
                        .build())
                .hasMessage("api.port: 70000 (expected: a whole number, 0 to 65535)");
    }
}
