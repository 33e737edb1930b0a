package dev.rookery.panel.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Agrees with cron-utils, another implementation of UNIX cron, where clocks are not changed. */
class CronReferenceTest {

    private static final int EXPRESSIONS = 1_500;
    private static final int TIMES = 5;
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final Random random = new Random(20_261_121);

    @Test
    void agreesWithCronUtilsOnRandomExpressions() {
        for (int i = 0; i < EXPRESSIONS; i++) {
            var text = String.join(
                    " ", field(0, 59, true), field(0, 23, true), field(1, 28, false), field(1, 12, true), weekdays());
            var start = LocalDateTime.of(2026, 1, 1, 0, 0)
                    .plusMinutes(random.nextInt(2 * 365 * 24 * 60))
                    .toInstant(ZoneOffset.UTC);

            assertThat(CronExpression.parse(text).upcoming(start, ZoneOffset.UTC, TIMES))
                    .as("%s after %s", text, start)
                    .isEqualTo(reference(text, start));
        }
    }

    private static List<Instant> reference(String text, Instant start) {
        var execution = ExecutionTime.forCron(PARSER.parse(text));
        var times = new ArrayList<Instant>();
        var time = start.atZone(ZoneOffset.UTC);
        while (times.size() < TIMES) {
            time = execution.nextExecution(time).orElseThrow();
            times.add(time.toInstant());
        }
        return times;
    }

    private String field(int min, int max, boolean steps) {
        return switch (random.nextInt(steps ? 6 : 4)) {
            case 0, 1 -> "*";
            case 2 -> Integer.toString(between(min, max));
            case 3 ->
                random.ints(3, min, max + 1)
                        .sorted()
                        .distinct()
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
            case 4 -> "*/" + between(2, max / 2);
            default -> {
                int first = between(min, max - 1);
                yield first + "-" + between(first + 1, max);
            }
        };
    }

    private String weekdays() {
        return List.of("*", "*", "*", "1-5", "0", "6", "1,3,5", "MON-FRI", "SAT")
                .get(random.nextInt(9));
    }

    private int between(int min, int max) {
        return min + random.nextInt(max - min + 1);
    }
}
