package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleHistoryQueryBuilder;
import dev.rookery.api.console.ConsoleSearch;
import dev.rookery.daemon.internal.console.HistorySearch.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistorySearchTest {

    private static final Limits WIDE = new Limits(1 << 20, 1 << 30, TimeUnit.HOURS.toNanos(1));

    @TempDir
    Path root;

    @Test
    void looksThroughAllSegmentsInBothDirections() throws IOException {
        var store = stored(5000, "line ");
        assertThat(store.segments()).hasSizeGreaterThan(3);

        assertThat(walk(store, query(170), WIDE)).containsExactlyElementsOf(range(1, 5000));
        assertThat(walk(store, query(170).after(0), WIDE)).containsExactlyElementsOf(range(1, 5000));
        assertThat(walk(store, query(7).after(1234).before(1300), WIDE)).containsExactlyElementsOf(range(1235, 1299));
        assertThat(walk(store, query(7).before(20), WIDE)).containsExactlyElementsOf(range(1, 19));
        assertThat(walk(store, query(7).after(5000), WIDE)).isEmpty();
        assertThat(walk(store, query(7).before(1), WIDE)).isEmpty();
    }

    @Test
    void findsTextsInsideColours() throws IOException {
        var store = stored(100, "\u001b[31mli\u001b[0mne ");

        assertThat(walk(store, query(10).search(ConsoleSearch.text("line 42")), WIDE))
                .containsExactly(42L);
        assertThat(walk(store, query(10).search(ConsoleSearch.regex("^line 4.$")), WIDE))
                .containsExactlyElementsOf(range(40, 49));
    }

    @Test
    void comesBackEarlyAndGoesOnWhereItWas() throws IOException {
        var store = stored(2000, "line ");
        var little = new Limits(1 << 20, 500, TimeUnit.HOURS.toNanos(1));
        var rare = ConsoleSearch.regex("line (3|1999)$");

        var first = page(store, query(10).after(0).search(rare).build(), little);

        assertThat(first.lines()).hasSize(1);
        assertThat(first.next().orElseThrow()).isBetween(4L, 200L);
        assertThat(walk(store, query(10).after(0).search(rare), little)).containsExactly(3L, 1999L);
        assertThat(walk(store, query(10).search(rare), little)).containsExactly(3L, 1999L);
    }

    @Test
    void comesBackWhenTheTimeIsOver() throws IOException {
        var store = stored(2000, "line ");
        var ticks = new long[1];
        var search = new HistorySearch(
                query(10).after(0).search(ConsoleSearch.text("absent")).build(),
                new Limits(1 << 20, 1 << 30, 5),
                () -> ticks[0]++);

        var page = search.run(store.segments());

        assertThat(page.lines()).isEmpty();
        assertThat(page.next().orElseThrow()).isBetween(1L, 1000L);
    }

    @Test
    void givesNoMoreTextThanAPageMayHave() throws IOException {
        var store = stored(100, "x".repeat(200));
        var small = new Limits(1000, 1 << 30, TimeUnit.HOURS.toNanos(1));

        assertThat(page(store, query(100).build(), small).lines()).hasSize(4);
        assertThat(walk(store, query(100), small)).containsExactlyElementsOf(range(1, 100));
        assertThat(walk(store, query(100).after(0), new Limits(1, 1 << 30, TimeUnit.HOURS.toNanos(1))))
                .containsExactlyElementsOf(range(1, 100));
    }

    @Test
    void isNotHeldUpByExpressionsThatBlowUpOtherEngines() throws IOException {
        var store = stored(2, "a".repeat(50_000));

        // Those that try each way would not come back.
        for (var bomb : List.of("(a+)+$b", "((a*)*)*b", "(a|a)*b", "(.*a){20}b")) {
            assertThat(walk(store, query(10).search(ConsoleSearch.regex(bomb)), Limits.USUAL))
                    .isEmpty();
        }
    }

    private HistoryStore stored(int count, String prefix) throws IOException {
        var store = HistoryStore.open(root.resolve("server"), 1 << 18);
        store.append(LongStream.rangeClosed(1, count)
                .mapToObj(i -> new HistoryLine(i, 1700000000000L, prefix + i))
                .toList());
        return store;
    }

    private static ConsoleHistoryQueryBuilder query(int limit) {
        return ConsoleHistoryQuery.builder().limit(limit);
    }

    private static ConsoleHistoryPage page(HistoryStore store, ConsoleHistoryQuery query, Limits limits)
            throws IOException {
        return new HistorySearch(query, limits, System::nanoTime).run(store.segments());
    }

    /** Returns the numbers of all pages. */
    private static List<Long> walk(HistoryStore store, ConsoleHistoryQueryBuilder builder, Limits limits)
            throws IOException {
        var query = builder.build();
        var numbers = new ArrayList<Long>();
        for (var next = OptionalLong.of(0); next.isPresent(); ) {
            var page = page(store, query, limits);
            numbers.addAll(page.lines().stream().map(line -> line.number()).toList());
            next = page.next();
            if (next.isPresent()) {
                query = query.next(next.getAsLong());
            }
        }
        return numbers.stream().sorted().toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
