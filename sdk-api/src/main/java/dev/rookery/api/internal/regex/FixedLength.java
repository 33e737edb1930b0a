package dev.rookery.api.internal.regex;

import dev.rookery.api.internal.regex.RegexNode.Again;
import dev.rookery.api.internal.regex.RegexNode.Atomic;
import dev.rookery.api.internal.regex.RegexNode.Choice;
import dev.rookery.api.internal.regex.RegexNode.Group;
import dev.rookery.api.internal.regex.RegexNode.OneOf;
import dev.rookery.api.internal.regex.RegexNode.Repeat;
import dev.rookery.api.internal.regex.RegexNode.Sequence;

/** How many characters a part takes, which PCRE wants to know before it looks behind. */
final class FixedLength {

    private static final int UNKNOWN = -1;

    private FixedLength() {}

    /** Returns whether each alternative takes a number of characters that is known. */
    static boolean known(RegexNode node) {
        if (node instanceof Choice choice) {
            return choice.parts().stream().allMatch(part -> of(part) != UNKNOWN);
        }
        return of(node) != UNKNOWN;
    }

    private static int of(RegexNode node) {
        if (node instanceof OneOf) {
            return 1;
        }
        if (node instanceof Sequence sequence) {
            int sum = 0;
            for (var part : sequence.parts()) {
                int length = of(part);
                if (length == UNKNOWN) {
                    return UNKNOWN;
                }
                sum = Math.min(sum + length, Short.MAX_VALUE);
            }
            return sum;
        }
        if (node instanceof Choice choice) {
            int first = of(choice.parts().get(0));
            return choice.parts().stream().allMatch(part -> of(part) == first) ? first : UNKNOWN;
        }
        if (node instanceof Repeat repeat) {
            int length = of(repeat.part());
            return length == UNKNOWN || repeat.min() != repeat.max()
                    ? UNKNOWN
                    : Math.min(length * repeat.min(), Short.MAX_VALUE);
        }
        if (node instanceof Group group) {
            return of(group.part());
        }
        if (node instanceof Atomic atomic) {
            return of(atomic.part());
        }
        return node instanceof Again ? UNKNOWN : 0;
    }
}
