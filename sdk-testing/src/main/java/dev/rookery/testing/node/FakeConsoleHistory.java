package dev.rookery.testing.node;

import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** The last lines of a fake server, as its console's history. For one thread at a time. */
final class FakeConsoleHistory {

    private static final int KEPT = 10_000;

    private final List<ConsoleHistoryPage.Line> lines = new ArrayList<>();

    void add(long number, String text) {
        lines.add(new ConsoleHistoryPage.Line(number, Instant.now(), text));
        if (lines.size() > KEPT) {
            lines.remove(0);
        }
    }

    ConsoleHistoryPage answer(ConsoleHistoryQuery query) {
        boolean forward = query.after().isPresent();
        var matcher = query.search().map(ConsoleSearch::matcher).orElse(line -> true);
        var wanted = new ArrayList<>(lines.stream()
                .filter(line -> line.number() > query.after().orElse(-1))
                .filter(line -> line.number() < query.before().orElse(Long.MAX_VALUE))
                .filter(line -> matcher.test(line.text()))
                .toList());
        if (!forward) {
            Collections.reverse(wanted);
        }
        var page = new ArrayList<>(wanted.subList(0, Math.min(query.limit(), wanted.size())));
        var next = page.size() < wanted.size()
                ? OptionalLong.of(page.get(page.size() - 1).number())
                : OptionalLong.empty();
        if (!forward) {
            Collections.reverse(page);
        }
        var oldest = lines.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(lines.get(0).number());
        return new ConsoleHistoryPage(page, next, oldest);
    }
}
