package dev.rookery.api.egg.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "required;\"\";'' (expected: a value)",
                "integer;abc;'abc' (expected: a whole number)",
                "max:3;abcd;'abcd' (expected: at most 3 characters)",
                "between:3,5;ab;'ab' (expected: 3 to 5 characters)",
                "boolean;true;'true' (expected: 0 or 1)",
                "digits_between:1,5;-1;'-1' (expected: 1 to 5 digits)",
                "in:easy,hard;x;'x' (expected: one of easy, hard)",
                "in:, b;x;'x' (expected: one of '', ' b')",
                "gt:0;0;'0' (expected: a number of more than 0)",
                "regex:/^[a-z]+$/;A;'A' (expected: a text that matches /^[a-z]+$/)",
                "url;x;'x' (expected: a URL such as https://example.com/)"
            })
    void saysForPeopleWhatTheValueIsAndWhatWasExpected(String rule, String value, String message) {
        assertThat(VariableRules.of(List.of(rule)).check(value))
                .extracting(RuleFailure::message)
                .containsExactly(message);
    }

    @Test
    void comparesTheNumberIfTheRulesSayThatItIsOne() {
        var rules = VariableRules.of(List.of("required", "integer", "between:1024,65535"));
        assertThat(rules.accepts("25565")).isTrue();
        assertThat(rules.check("80"))
                .extracting(RuleFailure::message)
                .containsExactly("'80' (expected: a number from 1024 to 65535)");
        assertThat(rules.expectations()).containsExactly("a value", "a whole number", "a number from 1024 to 65535");
    }

    @Test
    void tellsMissingValues() {
        assertThat(VariableRules.of(List.of("required")).checkNull())
                .extracting(RuleFailure::message)
                .containsExactly("no value (expected: a value)");
        assertThat(VariableRules.of(List.of("nullable", "string")).checkNull()).isEmpty();
        assertThat(VariableRules.of(List.of("present")).checkAbsent()).hasSize(1);
    }

    @Test
    void reportsRulesThatItDoesNotEnforce() {
        var rules = VariableRules.of(
                List.of("foo", "max:abc", "between:1", "regex:/(/", "required_if:A,b", "gt:OTHER", ""));
        assertThat(rules.accepts("anything")).isTrue();
        assertThat(rules.problems())
                .extracting(RuleProblem::reason)
                .containsExactly(
                        RuleProblem.Reason.UNKNOWN_RULE,
                        RuleProblem.Reason.BAD_PARAMETER,
                        RuleProblem.Reason.MISSING_PARAMETER,
                        RuleProblem.Reason.BAD_PATTERN,
                        RuleProblem.Reason.NOT_CHECKED,
                        RuleProblem.Reason.NOT_CHECKED);
        assertThat(rules.problems().get(1).message())
                .isEqualTo("'max:abc' is not enforced: its parameter 'abc' (expected: a number)");
    }

    @Test
    void comparesChoicesAsTheVersionDoes() {
        var rules = List.of("in:0,1");
        assertThat(VariableRules.of(rules, LaravelVersion.LARAVEL_11).accepts("00"))
                .isTrue();
        assertThat(VariableRules.of(rules, LaravelVersion.LARAVEL_13).accepts("00"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"in:a,b;SELECT", "boolean;TOGGLE", "int;NUMBER", "numeric;NUMBER", "string;TEXT"})
    void choosesTheControl(String rule, InputKind kind) {
        assertThat(VariableRules.of(List.of("required", rule)).inputKind()).isEqualTo(kind);
    }

    @Test
    void offersTheChoices() {
        assertThat(VariableRules.of(List.of("required", "in:easy,\"a,b\"")).choices())
                .contains(List.of("easy", "a,b"));
        assertThat(VariableRules.of(List.of("required")).choices()).isEmpty();
    }

    @Test
    void refusesWhatNoProcessCanBeGiven() {
        var rules = VariableRules.of(List.of("nullable"));
        assertThat(rules.accepts("x".repeat(VariableRules.LONGEST))).isTrue();
        assertThat(rules.check("x".repeat(VariableRules.LONGEST + 1)))
                .extracting(RuleFailure::expected)
                .containsExactly("at most 131072 characters");
    }

    @Test
    void refusesAValueThatTakesTooLongToSearch() {
        var value = "a".repeat(60) + "!";
        assertThat(VariableRules.of(List.of("regex:/^(?=a)(a|aa)+$/")).accepts(value))
                .isFalse();
        assertThat(VariableRules.of(List.of("not_regex:/^(?=a)(a|aa)+$/")).accepts(value))
                .isFalse();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void enforcesABoundedNumberOfRules() {
        var rules = new ArrayList<>(Collections.nCopies(600_000, "max:1"));
        rules.set(0, "numeric");
        var checked = VariableRules.of(rules);

        assertThat(checked.check("9".repeat(VariableRules.LONGEST))).hasSize(VariableRules.MOST - 1);
        assertThat(checked.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(RuleProblem.Reason.TOO_MANY);
            assertThat(problem.message()).contains("600000 rules (expected: at most 100)");
        });
    }

    @Test
    void enforcesABoundedNumberOfPatterns() {
        var checked = VariableRules.of(Collections.nCopies(12, "regex:/a/"));

        assertThat(checked.check("b")).hasSize(10);
        assertThat(checked.problems())
                .extracting(RuleProblem::reason)
                .containsExactly(RuleProblem.Reason.TOO_MANY, RuleProblem.Reason.TOO_MANY);
    }

    @ParameterizedTest
    @CsvSource({"5,+05,true", "-0,0,true", "10,1e1,true", "10,1e2,false", "007,7.0,true", "7,7x,false", "x,x,true"})
    void comparesNumbersAsPhpDoes(String choice, String value, boolean same) {
        assertThat(VariableRules.of(List.of("in:" + choice), LaravelVersion.LARAVEL_11)
                        .accepts(value))
                .isEqualTo(same);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void longNumbersAreComparedDigitByDigit() {
        var choices = "in:" + "9".repeat(2_000_000) + ",8".repeat(500_000);
        var rules = VariableRules.of(List.of(choices), LaravelVersion.LARAVEL_11);

        assertThat(rules.accepts("7".repeat(VariableRules.LONGEST))).isFalse();
        assertThat(rules.accepts("0".repeat(VariableRules.LONGEST - 1) + "8")).isTrue();
    }
}
