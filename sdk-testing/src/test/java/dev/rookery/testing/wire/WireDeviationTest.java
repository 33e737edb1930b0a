package dev.rookery.testing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of places where we answer otherwise holds nothing that is no such place, and people can read it. */
class WireDeviationTest {

    private static final Path PAGE = Path.of("..", "docs", "protocol", "node-edge.md");
    private static final Pattern EXCHANGE = Pattern.compile("`([a-z0-9-]+)`");

    @Test
    void namesAReasonForEach() {
        assertThat(WireDeviation.all()).allSatisfy(deviation -> {
            assertThat(deviation.why())
                    .as(deviation.id())
                    .hasSizeGreaterThan(10)
                    .contains(".");
            assertThat(deviation.dialects()).as(deviation.id()).isNotEmpty();
        });
    }

    @Test
    void isAboutARecordedExchangeThatItChanges() {
        for (var deviation : WireDeviation.all()) {
            for (var name : deviation.dialects()) {
                var recorded = WireFacts.of(Dialect.parse(name)).answers().get(deviation.id());

                assertThat(recorded).as("%s of %s", deviation.id(), name).isNotNull();
                assertThat(deviation.instead(recorded))
                        .as("%s of %s", deviation.id(), name)
                        .isNotEqualTo(recorded);
            }
        }
    }

    @Test
    void namesEachExchangeOfADialectOnce() {
        var seen = new ArrayList<String>();
        WireDeviation.all()
                .forEach(deviation -> deviation.dialects().forEach(name -> seen.add(deviation.id() + " of " + name)));

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void isWholeInTheDocumentation() throws IOException {
        var page = Files.readString(PAGE);
        var table = page.substring(page.indexOf("## Where it answers otherwise"), page.indexOf("## Bounds"));
        var rows = table.lines().filter(line -> line.startsWith("| `")).toList();
        var named = rows.stream()
                .flatMap(row ->
                        EXCHANGE.matcher(row.substring(0, row.indexOf(" | "))).results())
                .map(result -> result.group(1))
                .toList();

        assertThat(named)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(WireDeviation.all().stream()
                        .map(WireDeviation::id)
                        .distinct()
                        .toList());
    }
}
