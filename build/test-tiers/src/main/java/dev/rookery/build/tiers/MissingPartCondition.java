package dev.rookery.build.tiers;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves out tests whose tag asks for a {@link Part} that is missing; fails them when the build must be complete. */
public final class MissingPartCondition implements ExecutionCondition {
    static final String REQUIRE_ALL = "ROOKERY_REQUIRE_ALL";

    private final Function<Part, Optional<String>> missing;
    private final boolean requireAll;

    /** Creates the condition from this machine and its environment. */
    public MissingPartCondition() {
        this(Machine::missing, "1".equals(System.getenv(REQUIRE_ALL)));
    }

    MissingPartCondition(Function<Part, Optional<String>> missing, boolean requireAll) {
        this.missing = missing;
        this.requireAll = requireAll;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Arrays.stream(Part.values())
                .filter(part -> context.getTags().contains(part.tag()))
                .flatMap(part -> missing.apply(part).map(reason -> leaveOut(part, reason)).stream())
                .findFirst()
                .orElseGet(() -> ConditionEvaluationResult.enabled("every part it needs is there"));
    }

    private ConditionEvaluationResult leaveOut(Part part, String reason) {
        if (requireAll && part.belongsToEveryBuild()) {
            throw new IllegalStateException(
                    "needs " + part.tag() + ", and " + REQUIRE_ALL + "=1 forbids to leave it out: " + reason);
        }
        return ConditionEvaluationResult.disabled("needs " + part.tag() + ": " + reason);
    }
}
