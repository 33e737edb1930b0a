package dev.rookery.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.config.ConfigurationException;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.SftpOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigFileTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String MINIMAL = """
            uuid: 5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c
            token_id: AbCdEfGh12345678
            token: %s
            remote: https://panel.example.com
            """.formatted(TOKEN);

    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("config.yml"), text);
    }

    private ConfigFile read(String text) throws IOException {
        return ConfigFile.read(file(text), Map.of());
    }

    // Node API §6.1
    @Test
    void takesPelicansDefaults() throws IOException {
        var options = read(MINIMAL).options();

        assertThat(options.appName()).isEqualTo("Rookery");
        assertThat(options.credentials())
                .hasValueSatisfying(c -> assertThat(c.token()).isEqualTo(TOKEN));
        assertThat(options.panelUrl()).hasValue(URI.create("https://panel.example.com"));
        assertThat(options.api()).hasValueSatisfying(api -> {
            assertThat(api.host()).isEqualTo("0.0.0.0");
            assertThat(api.port()).isEqualTo(8080);
            assertThat(api.tls()).isEmpty();
        });
        assertThat(options.system().rootDirectory()).isEqualTo(Path.of("/var/lib/pelican"));
        assertThat(options.system().logDirectory()).isEqualTo(Path.of("/var/log/pelican"));
        assertThat(options.system().dataDirectory()).isEqualTo(Path.of("/var/lib/pelican/volumes"));
        assertThat(options.system().websocketLogCount()).isEqualTo(150);
        assertThat(options.docker().network().name()).isEqualTo("pelican_nw");
        assertThat(options.docker().containerPidLimit()).isEqualTo(512);
        assertThat(options.crashDetection().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.panelPageSize()).isEqualTo(50);
    }

    @Test
    void putsDirectoriesBelowAnotherRoot() throws IOException {
        var system = read(MINIMAL + "system:\n  root_directory: /srv/node\n")
                .options()
                .system();

        assertThat(system.dataDirectory()).isEqualTo(Path.of("/srv/node/volumes"));
        assertThat(system.logDirectory()).isEqualTo(Path.of("/srv/node/log"));
        assertThat(system.tmpDirectory()).isEqualTo(Path.of("/srv/node/tmp"));
    }

    @Test
    void letsTheKernelKeepDiskLimitsOnlyIfTheFileSaysSo() throws IOException {
        assertThat(read(MINIMAL).options().system().diskQuotas()).isFalse();
        assertThat(read(MINIMAL + "system:\n  quotas:\n    enabled: true\n")
                        .options()
                        .system()
                        .diskQuotas())
                .isTrue();
    }

    @Test
    void readsEveryKindOfValue() throws IOException {
        var cert = Files.createFile(directory.resolve("cert.pem"));
        var config = read(MINIMAL + """
                debug: true
                api:
                  host: 127.0.0.1
                  port: 8443
                  ssl: {enabled: true, cert: %1$s, key: %1$s}
                system:
                  timezone: Europe/Berlin
                  user: {uid: 1000, gid: 1001}
                  crash_detection:
                    enabled: false
                    timeout: 0
                docker:
                  socket: /run/docker.sock
                  pull_policy: if_missing
                  registries:
                    ghcr.io/games: {username: node, password: for the games}
                  network:
                    dns: [9.9.9.9]
                  overhead:
                    override: true
                    default_multiplier: 1.2
                    multipliers: {2048: 1.15}
                  log_config:
                    type: json-file
                    config: {max-size: 1m}
                power: {stop_timeout: 5}
                remote_query:
                  custom_headers: {X-Proxy: secret}
                allowed_origins: ["https://other.example"]
                allowed_mounts: [/srv/shared]
                """.formatted(cert));
        var options = config.options();

        assertThat(options.debug()).isTrue();
        assertThat(options.api().orElseThrow().tls()).isPresent();
        assertThat(options.api().orElseThrow().allowedOrigins()).containsExactly("https://other.example");
        assertThat(options.system().timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(options.system().uid()).isEqualTo(1000);
        assertThat(options.crashDetection().enabled()).isFalse();
        assertThat(options.crashDetection().timeout()).isZero();
        assertThat(options.docker().socket()).isEqualTo("unix:///run/docker.sock");
        assertThat(options.docker().pullPolicy()).isEqualTo(DockerOptions.PullPolicy.IF_MISSING);
        assertThat(options.docker().registries())
                .containsExactly(Map.entry("ghcr.io/games", new DockerOptions.RegistryLogin("node", "for the games")));
        assertThat(options.toString()).doesNotContain("for the games");
        assertThat(options.docker().network().dns()).containsExactly("9.9.9.9");
        assertThat(options.docker().overhead().multipliers()).containsEntry(2048L, 1.15);
        assertThat(options.docker().log().config()).containsExactly(Map.entry("max-size", "1m"));
        assertThat(options.power().stopTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.allowedMounts()).containsExactly(Path.of("/srv/shared"));
        assertThat(config.panelHeaders()).containsExactly(Map.entry("X-Proxy", "secret"));
    }

    @Test
    void namesKeysOfWingsThatHaveNoEffect() throws IOException {
        var config =
                read(MINIMAL + "system:\n  backups:\n    write_limit: 1\nthrottles: {enabled: true}\nquiet: false\n");

        assertThat(config.unusedKeys())
                .extracting(ConfigFile.UnusedKey::toString)
                .containsExactly("system.backups (line 6)", "quiet (line 9)");
    }

    @Test
    void servesSftpUnlessTheFileSaysNo() throws IOException {
        var usual = read(MINIMAL).options().sftp().orElseThrow();
        assertThat(usual).isEqualTo(SftpOptions.builder().build());
        assertThat(read(MINIMAL + "system: {sftp: {enabled: false}}\n")
                        .options()
                        .sftp())
                .isEmpty();
        var set = read(MINIMAL + """
                system:
                  sftp: {bind_address: 127.0.0.1, bind_port: 0, read_only: true, key_only: true}
                """).options().sftp().orElseThrow();
        assertThat(set)
                .isEqualTo(SftpOptions.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .readOnly(true)
                        .keyOnly(true)
                        .build());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("", "config.yml: empty (expected: at least uuid, token_id, token and remote)"),
                Arguments.of("# nothing\n", "config.yml: empty"),
                Arguments.of("- a\n", "line 1, column 1: the file: a list (expected: keys with values)"),
                Arguments.of(MINIMAL + "a: [\n", "not YAML"),
                Arguments.of(MINIMAL + "debug: true\ndebug: true\n", "line 6, column 1: 'debug' is there twice"),
                Arguments.of(
                        MINIMAL + "api:\n  prot: 1\n",
                        "line 6, column 3: unknown key 'api.prot' (did you mean 'api.port'?)"),
                Arguments.of(MINIMAL + "tokn: x\n", "line 5, column 1: unknown key 'tokn' (did you mean 'token'?)"),
                Arguments.of(
                        MINIMAL + "api:\n  port: eighty\n",
                        "line 6, column 9: api.port: eighty (expected: a whole number, 0 to 65535)"),
                Arguments.of(MINIMAL + "api:\n  port: 70000\n", "line 6, column 9: api.port: 70000"),
                Arguments.of(MINIMAL + "api:\n  port: [1]\n", "line 6, column 9: api.port: a list"),
                Arguments.of(
                        MINIMAL + "api: 8080\n", "line 5, column 6: api: a single value (expected: keys with values)"),
                Arguments.of(MINIMAL + "debug: maybe\n", "line 5, column 8: debug: maybe (expected: true or false)"),
                Arguments.of(
                        MINIMAL + "system: {timezone: Mars/Olympus}\n",
                        "line 5, column 20: system.timezone: Mars/Olympus (expected: a time zone"),
                Arguments.of(
                        MINIMAL + "system: {data: volumes}\n", "system.data: volumes (expected: an absolute path)"),
                Arguments.of(
                        MINIMAL + "api: {ssl: {enabled: true, cert: /none.pem, key: /none.pem}}\n",
                        "line 5, column 34: api.ssl.cert: /none.pem cannot be read"),
                Arguments.of(MINIMAL + "api: {ssl: {enabled: true}}\n", "api.ssl.cert: missing (expected: a PEM file"),
                Arguments.of(MINIMAL + "docker: {pull_policy: maybe}\n", "expected: always, if_missing or never"),
                Arguments.of(
                        MINIMAL + "docker: {overhead: {multipliers: {x: y}}}\n",
                        "docker.overhead.multipliers: x: y (expected: memory in MiB"),
                Arguments.of(
                        MINIMAL + "console: {max_bytes: 300}\n",
                        "console.max_bytes: 300 (expected: 65536 to 1073741824)"),
                Arguments.of(MINIMAL.replaceFirst("(?m)^uuid.*\n", ""), "config.yml: uuid: missing"),
                Arguments.of(MINIMAL.replaceFirst("(?m)^remote.*\n", ""), "config.yml: remote: missing"),
                Arguments.of(MINIMAL.replaceFirst("(?m)^token:.*\n", ""), "config.yml: token: missing"),
                Arguments.of(
                        MINIMAL.replace("https://", "ftp://"), "line 4, column 9: remote: not a URL that can be used"),
                Arguments.of(
                        MINIMAL.replace(TOKEN, "short"),
                        "line 3, column 8: token: 5 characters (expected: at least 32"),
                Arguments.of(MINIMAL.replace(TOKEN, "$NO_SUCH"), "token: the environment variable NO_SUCH is not set"),
                Arguments.of(
                        MINIMAL.replace(TOKEN, "file:///none/token"), "token: the file /none/token cannot be read"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void saysWhatIsWrongAndWhere(String text, String message) throws IOException {
        var file = file(text);

        var failure = catchThrowableOfType(ConfigurationException.class, () -> ConfigFile.read(file, Map.of()));

        assertThat(failure).hasMessageContaining(message).hasMessageStartingWith(file.toString());
        assertThat(failure.getMessage()).doesNotContain(TOKEN).doesNotContain("\n");
        if (message.startsWith("line")) {
            assertThat(failure.line()).isEqualTo(Integer.parseInt(message.replaceAll("^line (\\d+),.*", "$1")));
        }
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none.yml"), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none.yml: there is no such file");
    }

    @Test
    void takesSecretsFromEnvironmentAndFiles() throws IOException {
        Files.writeString(directory.resolve("secret"), TOKEN + "\r\n");
        var byFile = read(MINIMAL.replace(TOKEN, "file://secret"));
        var byVariable = ConfigFile.read(file(MINIMAL.replace(TOKEN, "${NODE}b")), Map.of("NODE", TOKEN));
        var byWings = ConfigFile.read(
                file(MINIMAL.replace(TOKEN, "ignored")),
                Map.of("WINGS_TOKEN", TOKEN.replace('0', '9'), "WINGS_TOKEN_ID", "other"));

        assertThat(byFile.options().credentials().orElseThrow().token()).isEqualTo(TOKEN);
        assertThat(byVariable.options().credentials().orElseThrow().token()).isEqualTo(TOKEN + "b");
        assertThat(byWings.options().credentials().orElseThrow().token()).isEqualTo(TOKEN.replace('0', '9'));
        assertThat(byWings.options().credentials().orElseThrow().tokenId()).isEqualTo("other");
    }

    @Test
    void tellsNodesOfPanelsThatNumberThemApart() throws IOException {
        var one = read(MINIMAL.replaceFirst("uuid: .*", "uuid: 1"));
        var two = read(MINIMAL.replaceFirst("uuid: .*", "uuid: 2"));

        assertThat(one.options().nodeUuid()).isNotEqualTo(two.options().nodeUuid());
    }

    /** The panel would go on with a token that the node does not take. */
    @Test
    void refusesANewTokenWhereTheEnvironmentHoldsTheToken() throws IOException {
        var file = file(MINIMAL);
        var patch = WireJson.read("{\"token\":\"" + "n".repeat(64) + "\"}", NodeConfigurationPatch.class);

        assertThatThrownBy(() -> ConfigWriter.update(file, patch, Map.of("WINGS_TOKEN", TOKEN)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("environment")
                .hasMessageNotContaining("nnn");
        assertThat(file).hasContent(MINIMAL);
    }

    private static NodeConfigurationPatch document(int port) {
        return WireJson.read("""
                {"debug":false,"uuid":"5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c","token_id":"AbCdEfGh12345678","token":"%s",
                 "api":{"host":"0.0.0.0","port":%d,"ssl":{"enabled":false,"cert":"/etc/letsencrypt/live/n/fullchain.pem"},"upload_limit":256},
                 "system":{"data":"/etc","sftp":{"bind_port":2022}},"allowed_mounts":["/"],"remote":"https://evil.example",
                 "future":{"key":1}}
                """.formatted(TOKEN, port), NodeConfigurationPatch.class);
    }

    // Node API §6.3
    @Test
    void writesWhatThePanelSaysAndNoMore() throws IOException {
        var file = directory.resolve("new/config.yml");

        ConfigWriter.write(
                file,
                document(8080),
                URI.create("https://panel.example.com"),
                Map.of(
                        "api.port",
                        "8180",
                        "system.root_directory",
                        "/srv/node",
                        "allowed_origins",
                        "[https://a.example]"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var options = ConfigFile.read(file, Map.of()).options();
        assertThat(options.api().orElseThrow().port()).isEqualTo(8180);
        assertThat(options.api().orElseThrow().uploadLimitMebibytes()).isEqualTo(256);
        assertThat(options.api().orElseThrow().allowedOrigins()).containsExactly("https://a.example");
        assertThat(options.panelUrl()).hasValue(URI.create("https://panel.example.com"));
        assertThat(options.system().dataDirectory()).isEqualTo(Path.of("/srv/node/volumes"));
        assertThat(options.allowedMounts()).isEmpty();
        assertThat(options.credentials().orElseThrow().token()).isEqualTo(TOKEN);
    }

    @Test
    void keepsWhatAnExistingFileSaysBesides() throws IOException {
        var file = file(MINIMAL + "docker: {tmpfs_size: 7}\nlocal_note: keep me\n");

        var result = ConfigWriter.write(file, document(9090), URI.create("http://127.0.0.1:8100"), Map.of());

        assertThat(result.unusedKeys()).extracting(ConfigFile.UnusedKey::key).contains("local_note");
        assertThat(Files.readString(file)).contains("local_note: keep me", "tmpfs_size: 7", "port: 9090");
    }

    @Test
    void changesAnExistingFileInPlace() throws IOException {
        var before = "# Ours.\n" + MINIMAL + "api:\n  # Behind the proxy.\n  port: 8080 # not 443\n";
        var file = file(before);

        ConfigWriter.write(file, document(9090), URI.create("https://panel.example.com"), Map.of());

        assertThat(Files.readString(file))
                .startsWith("# Ours.\n" + MINIMAL + "api:\n  # Behind the proxy.\n  port: 9090 # not 443\n");
    }

    // Node API §2.2
    @Test
    void letsThePanelChangeWhatItMay() throws IOException {
        var file = file(MINIMAL + "system: {data: /srv/volumes} # ours\n");

        var change = ConfigWriter.update(file, document(9090), Map.of());

        assertThat(change.ignored()).containsKeys("remote", "allowed_mounts", "system.data", "future");
        assertThat(Files.readString(file))
                .startsWith(MINIMAL + "system: {data: /srv/volumes, sftp: {bind_port: 2022}} # ours\n");
        var options = ConfigFile.parse("config.yml", Files.readString(file), Map.of(), true)
                .options();
        assertThat(options.api().orElseThrow().port()).isEqualTo(9090);
        assertThat(options.panelUrl()).hasValue(URI.create("https://panel.example.com"));
    }

    @Test
    void leavesASecretWhereItIsIfThePanelOnlyRepeatsIt() throws IOException {
        var text = MINIMAL.replace(TOKEN, "${NODE}");
        var file = file(text);

        var same = WireJson.read("{\"token\":\"" + TOKEN + "\"}", NodeConfigurationPatch.class);
        var change = ConfigWriter.update(file, same, Map.of("NODE", TOKEN));

        assertThat(change.applied()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(text);

        var rotated = WireJson.read("{\"token\":\"" + TOKEN.replace('0', '9') + "\"}", NodeConfigurationPatch.class);
        ConfigWriter.update(file, rotated, Map.of("NODE", TOKEN));
        assertThat(Files.readString(file)).contains(TOKEN.replace('0', '9')).doesNotContain("NODE");
    }

    @Test
    void changesNothingIfTheNodeCouldNotStartWithIt() throws IOException {
        var file = file(MINIMAL);
        var patch = WireJson.read(
                "{\"api\":{\"ssl\":{\"enabled\":true,\"cert\":\"/none\",\"key\":\"/none\"}}}",
                NodeConfigurationPatch.class);

        assertThatThrownBy(() -> ConfigWriter.update(file, patch, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("api.ssl.cert: /none cannot be read");
        assertThat(Files.readString(file)).isEqualTo(MINIMAL);
    }

    @Test
    void writesNothingIfTheResultCannotBeUsed() throws IOException {
        var file = directory.resolve("config.yml");
        var url = URI.create("http://127.0.0.1:8100");

        assertThatThrownBy(() -> ConfigWriter.write(file, document(8080), url, Map.of("api.prot", "1")))
                .hasMessage("--set api.prot: unknown key (did you mean 'api.port'?)");
        assertThatThrownBy(() -> ConfigWriter.write(file, document(8080), url, Map.of("api.port", "x")))
                .hasMessageContaining("api.port: x (expected: a whole number");
        assertThatThrownBy(() -> ConfigWriter.write(file, document(8080), url, Map.of("api.port", "[")))
                .hasMessage("--set api.port: the value is not YAML");
        assertThatThrownBy(() -> ConfigWriter.write(
                        file, WireJson.read("{\"uuid\":\"x\"}", NodeConfigurationPatch.class), url, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("token_id: missing");
        assertThat(file).doesNotExist();
    }
}
