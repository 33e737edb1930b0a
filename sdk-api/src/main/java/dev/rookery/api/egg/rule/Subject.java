package dev.rookery.api.egg.rule;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is checked.
 *
 * @param value null if there is none
 * @param present whether it was submitted, be it as null
 * @param counted whether the rules say that it is a number, so that sizes are numbers and not lengths
 */
record Subject(@Nullable String value, boolean present, boolean counted) {

    /** The value as PHP makes a text of it. */
    String text() {
        return value == null ? "" : value;
    }

    boolean blank() {
        return value != null && PhpText.blank(value);
    }

    boolean missing() {
        return value == null || PhpText.blank(value);
    }

    boolean numeric() {
        return value != null && PhpText.numeric(value);
    }

    /** Returns the size that size rules compare, empty if it is a number out of bounds. */
    Optional<BigDecimal> size(boolean numberIfNumeric) {
        return numberIfNumeric && numeric()
                ? PhpText.number(text())
                : Optional.of(BigDecimal.valueOf(PhpText.codePoints(text())));
    }
}
