package dev.rookery.api.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Any edit by chance of files as games write them: another reader finds what was asked for, all bytes outside of the place are what they
 * were, and editing twice is editing once.
 */
class RandomEditsTest {

    private static final int ROUNDS = 60;
    private static final List<String> VALUES = List.of(
            "",
            "x",
            "25565",
            "007",
            "1.50",
            "true",
            "no",
            "null",
            "~",
            "a b",
            "it's",
            "say \"hi\"",
            "a;b#c",
            "#fff",
            "C:\\dir\\",
            "${HOME}",
            "{{x}}",
            "[1, 2]",
            "{a: 1}",
            "a: b",
            "- a",
            "é§",
            "\uD83D\uDE00",
            "<b>&amp;</b>",
            "*a",
            "&a",
            "!t",
            "%",
            "@",
            "`",
            "a,b",
            "1e5",
            "0x10",
            "2026-01-02",
            "]]>",
            "=",
            "-",
            "|",
            ">",
            "?",
            "key = value");

    /** Finds the text at a place of a file, with a reader that has nothing to do with ours. */
    private interface OtherReader {

        String read(byte[] file, String match) throws Exception;
    }

    private record Sample(ConfigParser parser, String file, OtherReader reader, List<String> matches) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    ConfigParser.PROPERTIES,
                    "server.properties",
                    RandomEditsTest::property,
                    List.of(
                            "server-port",
                            "motd",
                            "difficulty",
                            "enable-query",
                            "nosep",
                            "level-seed",
                            "view-distance",
                            "new-key",
                            "a b:c")),
            new Sample(
                    ConfigParser.INI,
                    "PalWorldSettings.ini",
                    RandomEditsTest::ini,
                    List.of(
                            "[/Script/Pal.PalGameWorldSettings].OptionSettings",
                            "[/Script/OnlineSubsystemUtils.IpNetDriver].MaxClientRate",
                            "[/Script/OnlineSubsystemUtils.IpNetDriver].New",
                            "[/Script/Engine.GameSession].MaxPlayers")),
            new Sample(
                    ConfigParser.INI,
                    "GameUserSettings.ini",
                    RandomEditsTest::ini,
                    List.of(
                            "ServerSettings.ServerPassword",
                            "ServerSettings.MaxPlayers",
                            "ServerSettings.IndentedKey",
                            "ServerSettings.New",
                            "SessionSettings.SessionName",
                            "MessageOfTheDay.Message",
                            "Other.Key")),
            new Sample(
                    ConfigParser.JSON,
                    "enshrouded_server.json",
                    RandomEditsTest::json,
                    List.of(
                            "name",
                            "queryPort",
                            "enableVoiceChat",
                            "userGroups.0.password",
                            "userGroups.1.reservedSlots",
                            "userGroups.2.name",
                            "gameSettings.seed",
                            "gameSettings.new",
                            "bans.0",
                            "extra.deep.er",
                            "new")),
            new Sample(
                    ConfigParser.YAML,
                    "bungee.yml",
                    RandomEditsTest::yaml,
                    List.of(
                            "listeners.0.host",
                            "listeners.0.motd",
                            "listeners.0.query_port",
                            "listeners.0.new",
                            "listeners.1.host",
                            "log_commands",
                            "servers.far.address",
                            "servers.lobby.motd",
                            "servers.new.address",
                            "permissions.admin.0",
                            "permissions.default.2",
                            "custom_server_list.x",
                            "stats",
                            "new.deep.key")),
            new Sample(
                    ConfigParser.YAML,
                    "paper-global.yml",
                    RandomEditsTest::yaml,
                    List.of(
                            "_version",
                            "proxies.velocity.secret",
                            "proxies.velocity.new",
                            "messages.no-permission",
                            "defaults.rate",
                            "defaults.mode",
                            "item-validation.book",
                            "watchdog.early-warning-delay",
                            "watchdog.new",
                            "special",
                            "packet-limiter.overrides.ServerboundPlaceRecipePacket.interval",
                            "messages.kick.connection-throttle")),
            new Sample(
                    ConfigParser.TOML,
                    "velocity.toml",
                    RandomEditsTest::toml,
                    List.of(
                            "bind",
                            "show-max-players",
                            "online-mode",
                            "forwarding-secret-file",
                            "started",
                            "factor",
                            "servers.lobby",
                            "servers.new",
                            "servers.try.0",
                            "servers.try.2",
                            "advanced.long",
                            "advanced.limits.login",
                            "advanced.limits.new",
                            "advanced.inline.b",
                            "advanced.inline.new",
                            "query.port",
                            "plugins.0.options.level",
                            "plugins.1.name",
                            "plugins.1.options.new",
                            "new.deep.key",
                            "root")),
            new Sample(
                    ConfigParser.XML,
                    "serverconfig.xml",
                    RandomEditsTest::xml,
                    List.of(
                            "ServerSettings.Limits.MaxPlayers",
                            "ServerSettings.Limits.Motd",
                            "ServerSettings.Limits.Empty",
                            "ServerSettings.Limits.New",
                            "ServerSettings.Deep.Er")));

    @TestFactory
    Stream<DynamicTest> everyEditDoesWhatItSaysAndNothingElse() {
        return SAMPLES.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.file(), () -> {
                    var seed = Long.getLong("edit.seed", 20261121L);
                    var random = new Random(seed);
                    for (int round = 0; round < ROUNDS; round++) {
                        try {
                            session(sample, random);
                        } catch (Exception | AssertionError e) {
                            throw new AssertionError(sample.file() + ", round " + round + ", -Dedit.seed=" + seed, e);
                        }
                    }
                }));
    }

    private static void session(Sample sample, Random random) throws Exception {
        var editor = ConfigFileEditor.of(sample.parser());
        var file = Editing.file(sample.file());
        for (int i = 0; i < 4; i++) {
            var match = sample.matches().get(random.nextInt(sample.matches().size()));
            var value = VALUES.get(random.nextInt(VALUES.size()));
            var edit = ConfigEdit.of(match, value);
            var edited = editor.edit(file, List.of(edit));
            var what = match + " = '" + value + "' in\n" + new String(file, StandardCharsets.UTF_8);
            var outcome = edited.outcomes().get(0);
            if (outcome.kind() == EditOutcome.Kind.REFUSED) {
                // Only what an edit before has put in the way of the path.
                assertThat(outcome.reason().orElseThrow()).as(what).contains("stands");
                assertThat(edited.changed()).as(what).isFalse();
                continue;
            }
            assertThat(loose(sample.reader().read(edited.content(), match)))
                    .as(what)
                    .isEqualTo(loose(value));
            assertThat(editor.edit(edited.content(), List.of(edit)).changed())
                    .as(what)
                    .isFalse();
            assertOnlyOnePlaceChanged(file, edited.content(), what);
            file = edited.content();
        }
    }

    /** What lies between the bytes that are alike at both ends is one place: a value, or lines where there were none. */
    private static void assertOnlyOnePlaceChanged(byte[] before, byte[] after, String what) {
        int head = 0;
        int most = Math.min(before.length, after.length);
        while (head < most && before[head] == after[head]) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && before[before.length - 1 - tail] == after[after.length - 1 - tail]) {
            tail++;
        }
        var replaced = new String(before, head, before.length - head - tail, StandardCharsets.UTF_8);
        boolean value = replaced.lines().count() <= 1
                || Stream.of("Several", "<red>", "author:", "Minecraft", "Connection")
                        .anyMatch(replaced::contains);
        assertThat(value).as(what + "\nreplaced: " + replaced).isTrue();
    }

    /** Types differ between the readers; what the text says does not. */
    private static String loose(String value) {
        var text = value.strip();
        if (Values.yamlTruth(text).isPresent()) {
            return Values.yamlTruth(text).get().toString();
        }
        return Values.number(text)
                .map(n -> n.stripTrailingZeros().toPlainString())
                .orElse(text);
    }

    private static String property(byte[] file, String match) throws IOException {
        var properties = new Properties();
        properties.load(new ByteArrayInputStream(file));
        return String.valueOf(properties.getProperty(match));
    }

    private static String ini(byte[] file, String match) {
        var section =
                match.startsWith("[") ? match.substring(1, match.indexOf(']')) : match.substring(0, match.indexOf('.'));
        var key = match.substring(match.lastIndexOf('.') + 1);
        boolean inside = false;
        for (var line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith("[")) {
                inside = line.strip().equals("[" + section + "]");
            } else if (inside
                    && line.strip().startsWith(key)
                    && line.strip().substring(key.length()).strip().startsWith("=")) {
                return line.substring(line.indexOf('=') + 1);
            }
        }
        return "missing";
    }

    private static String json(byte[] file, String match) throws IOException {
        JsonNode node = JsonMapper.builder().build().readTree(file);
        for (var part : match.split("\\.", -1)) {
            node = node.isArray() ? node.path(Integer.parseInt(part)) : node.path(part);
        }
        return node.isNumber() ? node.decimalValue().toString() : node.asText();
    }

    private static String yaml(byte[] file, String match) {
        Object node = new Load(LoadSettings.builder().build()).loadFromString(new String(file, StandardCharsets.UTF_8));
        for (var part : match.split("\\.", -1)) {
            node = node instanceof List<?> list ? list.get(Integer.parseInt(part)) : ((Map<?, ?>) node).get(part);
        }
        return String.valueOf(node);
    }

    /** There is no other reader of TOML here; ours refuses what is broken. */
    private static String toml(byte[] file, String match) {
        TreeNode node = TomlDocument.parse(new String(file, StandardCharsets.UTF_8), ConfigFileOptions.defaults())
                .root();
        for (var part : match.split("\\.", -1)) {
            int position = node.kind() == TreeNode.Kind.LIST ? Integer.parseInt(part) : node.position(part);
            node = node.child(position);
        }
        return node.text();
    }

    private static String xml(byte[] file, String match) throws Exception {
        var document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(file));
        return XPathFactory.newDefaultInstance().newXPath().evaluate("/" + match.replace('.', '/'), document);
    }
}
