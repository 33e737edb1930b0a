package dev.rookery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.Placeholders;
import dev.rookery.api.egg.StartupCommand;
import dev.rookery.api.egg.rule.LaravelVersion;
import dev.rookery.api.egg.rule.VariableRules;
import dev.rookery.api.egg.simulation.EggSimulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is made of an egg that was read: rules, placeholders, and all of it together. */
class EggMeaningFuzzTest {

    private static final int RULES = 6;
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String ADDRESS = "172.18.0.1";

    /** Rules, one a line, and a value. */
    @FuzzTest(maxDuration = "10m")
    void rulesAreReportedOrAnswerInBoundedTime(byte[] input) {
        var lines = new ArrayList<>(Arrays.asList(new String(input, StandardCharsets.UTF_8).split("\n", RULES)));
        var value = lines.remove(lines.size() - 1);
        for (var version : LaravelVersion.values()) {
            long start = System.nanoTime();
            var rules = VariableRules.of(lines, version);
            assertThat(rules.accepts(value)).isEqualTo(rules.check(value).isEmpty());
            rules.checkNull();
            rules.checkAbsent();
            assertThat(rules.problems()).hasSizeLessThanOrEqualTo(lines.size());
            assertThat(rules.expectations()).doesNotContainNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        }
    }

    /** A pattern with its delimiters, a line end, and a text. */
    @FuzzTest(maxDuration = "10m")
    void patternsAreReportedOrSearchedInBoundedTime(byte[] input) {
        var parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        var rules = VariableRules.of(List.of("regex:" + parts[0]));
        long start = System.nanoTime();
        // Long enough for a search that is not bounded to show itself.
        rules.accepts(parts.length > 1 ? parts[1].repeat(Math.max(1, 2_000 / Math.max(1, parts[1].length()))) : "a");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    @FuzzTest(maxDuration = "10m")
    void placeholdersGiveAwayNothingButWhatIsListed(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        var unknown = new ArrayList<String>();

        var resolved = Placeholders.ofNode(ADDRESS).resolve(text, unknown::add);
        assertThat(resolved.replace(ADDRESS, "").length()).isLessThanOrEqualTo(text.length());
        assertThat(unknown).allMatch(key -> key.startsWith("config."));
        if (!text.contains("config.docker.")) {
            assertThat(resolved).isEqualTo(text);
        }

        var values = Map.of("A", "{{B}}${B}", "B", "x", "SERVER_PORT", "1");
        var command = new StartupCommand(text).render(values);
        assertThat(command.length()).isLessThanOrEqualTo(3 * text.length());
        if (!text.contains("{{") && !text.contains("${")) {
            assertThat(command).isEqualTo(text);
            assertThat(Placeholders.resolveNames(text, values)).isEqualTo(text);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void everyEggThatIsReadIsSimulated(byte[] input) {
        try {
            var egg = EggReader.read(input).egg();
            assertThat(EggSimulation.of(egg, Map.of()).text()).isNotEmpty();
        } catch (EggException ignored) {
            // Refused.
        }
    }
}
