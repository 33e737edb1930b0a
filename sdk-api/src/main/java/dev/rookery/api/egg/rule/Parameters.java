package dev.rookery.api.egg.rule;

import dev.rookery.api.egg.rule.RuleProblem.Reason;
import java.math.BigDecimal;

/** What a rule says behind its colon. */
record Parameters(ParsedRule rule) {

    void require(int count) throws Check.Refused {
        if (rule.parameters().size() < count) {
            throw new Check.Refused(
                    rule,
                    Reason.MISSING_PARAMETER,
                    "it has " + rule.parameters().size() + " parameters (expected: at least " + count + ")");
        }
    }

    boolean has(int index) {
        return rule.parameters().size() > index;
    }

    String text(int index) throws Check.Refused {
        require(index + 1);
        return rule.parameters().get(index);
    }

    BigDecimal number(int index) throws Check.Refused {
        var text = text(index);
        return PhpText.number(text)
                .orElseThrow(() -> new Check.Refused(
                        rule, Reason.BAD_PARAMETER, "its parameter '" + text + "' (expected: a number)"));
    }

    boolean first(String wanted) {
        return has(0) && rule.parameters().get(0).equals(wanted);
    }
}
