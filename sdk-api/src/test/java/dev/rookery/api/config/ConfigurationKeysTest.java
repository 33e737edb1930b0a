package dev.rookery.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.internal.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConfigurationKeysTest {

    private static final Path PAGE = Path.of("..", "docs", "protocol", "config-yml.md");
    private static final String BEGIN = "<!-- keys -->\n";
    private static final String END = "<!-- /keys -->\n";

    @Test
    void fillsEveryComponentAndLeavesNoKeyOver() {
        var values = new TreeMap<String, Json>();
        var random = new RandomValues(new Random(1));
        ConfigurationKeys.all().forEach(key -> values.put(key.name(), random.of(key)));

        var configuration = Binding.read(NodeConfiguration.class, "", values);

        assertThat(new TreeMap<>(Binding.write(configuration, ""))).isEqualTo(values);
    }

    @Test
    void knowsEachKeyByItsNamesInJson() {
        ConfigurationKeys.all().stream()
                // Pelican's name for docker.network.network_mode.
                .filter(key -> !key.name().equals("docker.network.mode"))
                .forEach(key -> assertThat(
                                ConfigurationKeys.ofJsonPath(key.jsonPath().toUpperCase(Locale.ROOT)))
                        .hasValue(key.name()));
        assertThat(ConfigurationKeys.ofJsonPath("system.CrashDetection")).hasValue("system.crash_detection");
        assertThat(ConfigurationKeys.ofJsonPath("system.sftp.read_only")).hasValue("system.sftp.read_only");
        assertThat(ConfigurationKeys.ofJsonPath("nonsense")).isEmpty();
    }

    // CVE-2024-34066
    @Test
    void letsNoPanelSayWhereThingsLie() {
        assertThat(ConfigurationKeys.all().stream().filter(key -> key.type() == ConfigurationKey.ValueType.PATH))
                .isNotEmpty()
                .noneMatch(ConfigurationKey::fromPanel);
        assertThat(ConfigurationKeys.all().stream().filter(key -> !key.fromPanel()))
                .extracting(ConfigurationKey::name)
                .contains(
                        "remote",
                        "allowed_mounts",
                        "BlockBaseDirMount",
                        "api.disable_remote_download",
                        "docker.socket");
    }

    @Test
    void findsTheNearestKey() {
        assertThat(ConfigurationKeys.nearest("api.prot")).isEqualTo("api.port");
        assertThat(ConfigurationKeys.nearest("tokn")).isEqualTo("token");
    }

    /** Writes the page to {@code target/config-yml.md} if it differs, to be copied. */
    @Test
    @Tag("source-tree")
    void isDocumentedAsItIs() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        var expected = page.substring(0, begin) + table() + page.substring(page.indexOf(END));

        if (!page.equals(expected)) {
            Files.writeString(Path.of("target", "config-yml.md"), expected);
        }
        assertThat(page).isEqualTo(expected);
    }

    private static String table() {
        var text = new StringBuilder(
                "| Key | Type | Default | Known to | From a panel | Meaning |\n|---|---|---|---|---|---|\n");
        ConfigurationKeys.all()
                .forEach(key -> text.append("| `")
                        .append(key.name())
                        .append("` | ")
                        .append(type(key))
                        .append(" | ")
                        .append(defaults(key))
                        .append(" | ")
                        .append(knownTo(key))
                        .append(" | ")
                        .append(key.fromPanel() ? jsonName(key) : "never")
                        .append(" | ")
                        .append(key.meaning())
                        .append(" |\n"));
        return text.toString();
    }

    private static String type(ConfigurationKey key) {
        if (!key.choices().isEmpty()) {
            return key.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "));
        }
        return key.type().unit().isEmpty()
                ? key.type().words()
                : "whole number, " + key.type().unit();
    }

    private static String defaults(ConfigurationKey key) {
        var pelican = key.defaults().get(Dialect.PELICAN);
        if (pelican == null) {
            return "";
        }
        return "`" + YamlText.of(pelican) + "`"
                + key.defaults().entrySet().stream()
                        .filter(other -> other.getKey() != Dialect.PELICAN)
                        .sorted(Map.Entry.comparingByKey())
                        .map(other -> ", " + name(other.getKey()) + " `" + YamlText.of(other.getValue()) + "`")
                        .collect(Collectors.joining());
    }

    private static String knownTo(ConfigurationKey key) {
        return key.knownTo().isEmpty()
                ? "Rookery"
                : key.knownTo().stream()
                        .sorted()
                        .map(ConfigurationKeysTest::name)
                        .collect(Collectors.joining(", "));
    }

    private static String jsonName(ConfigurationKey key) {
        return key.jsonPath().equals(key.name()) ? "yes" : "as `" + key.jsonPath() + "`";
    }

    private static String name(Dialect dialect) {
        return dialect.wireName().substring(0, 1).toUpperCase(Locale.ROOT)
                + dialect.wireName().substring(1);
    }
}
