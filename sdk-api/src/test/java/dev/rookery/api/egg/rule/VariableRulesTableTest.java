package dev.rookery.api.egg.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table was recorded with Laravel's validator itself: {@code scripts/rules/record.php}. */
class VariableRulesTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RULES = 0;
    private static final int VALUE = 1;

    /** Extended grapheme clusters are not understood, and a missing length is told where Laravel lets nothing pass. */
    private static final Set<String> NOT_ENFORCED = Set.of("[\"regex:/^\\\\X$/u\"]", "[\"digits:\"]");

    @ParameterizedTest
    @EnumSource
    void agreesWithLaravelOnEveryRecordedValue(LaravelVersion version) throws IOException {
        Map<String, VariableRules> known = new HashMap<>();
        List<String> disagreements = new ArrayList<>();
        for (var line : table()) {
            var columns = line.split("\t", -1);
            var rules = known.computeIfAbsent(columns[RULES], text -> VariableRules.of(list(text), version));
            var failures = failures(rules, columns[VALUE]);
            boolean agrees = switch (columns[version == LaravelVersion.LARAVEL_11 ? 2 : 3]) {
                case "p" -> failures.isEmpty();
                // Whether a pattern is broken, Laravel sees only when there is a text to search in.
                case "f" ->
                    !failures.isEmpty()
                            || (columns[VALUE].equals("null")
                                    && !rules.problems().isEmpty());
                default -> !rules.problems().isEmpty();
            };
            if (!agrees && !NOT_ENFORCED.contains(columns[RULES])) {
                disagreements.add(line + " but " + failures);
            }
        }
        assertThat(disagreements).isEmpty();
    }

    @Test
    void doesNotEnforceWhatLaravelItselfFailsOn() throws IOException {
        Map<String, Boolean> broken = new HashMap<>();
        for (var line : table()) {
            var columns = line.split("\t", -1);
            broken.merge(columns[RULES], columns[3].equals("e"), Boolean::logicalOr);
        }
        broken.keySet().removeAll(NOT_ENFORCED);
        assertThat(broken)
                .allSatisfy((rules, expected) -> assertThat(
                                !VariableRules.of(list(rules)).problems().isEmpty())
                        .as(rules)
                        .isEqualTo(expected));
    }

    private static List<RuleFailure> failures(VariableRules rules, String value) throws IOException {
        if (value.isEmpty()) {
            return rules.checkAbsent();
        }
        return value.equals("null") ? rules.checkNull() : rules.check(JSON.readValue(value, String.class));
    }

    private static List<String> table() throws IOException {
        try (var in = VariableRulesTableTest.class.getResourceAsStream("laravel.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static List<String> list(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
