package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleHistoryQueryBuilder;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.console.ConsoleSearch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.permission.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every node does that keeps what its servers print: it gives it back page by page, and searches it. */
public abstract class ConsoleHistoryContract extends ContractFixture {

    private static final int FLOOD_LINES = 1000;

    /** Creates the contract's instance of one test. */
    protected ConsoleHistoryContract() {}

    @BeforeEach
    void assumeHistory() {
        assumeOffered(Capability.CONSOLE_HISTORY);
        assumeProgram();
    }

    @Test
    void givesTheNewestLinesFirstAndTheRestByPages() {
        var server = flooded();

        var pages = new ArrayList<ConsoleHistoryPage>();
        var query = newest(300).search(ConsoleSearch.text("flood ")).build();
        pages.add(server.consoleHistory(query));
        for (var next = pages.get(0).next(); next.isPresent(); ) {
            query = query.next(next.getAsLong());
            var page = server.consoleHistory(query);
            pages.add(0, page);
            next = page.next();
        }

        assertThat(texts(pages)).containsExactlyElementsOf(flood(1, FLOOD_LINES));
        assertThat(numbers(pages)).isSorted().doesNotHaveDuplicates();
        assertThat(pages).allSatisfy(page -> assertThat(page.lines()).hasSizeLessThanOrEqualTo(300));
    }

    @Test
    void givesWhatFollowsALineInOrder() {
        var server = flooded();
        long first = numberOf(server, "flood 1");

        var page = server.consoleHistory(newest(50).after(first + 99).build());

        assertThat(texts(List.of(page))).containsExactlyElementsOf(flood(101, 150));
        assertThat(numbers(List.of(page)))
                .containsExactlyElementsOf(
                        LongStream.range(first + 100, first + 150).boxed().toList());
        assertThat(page.next()).hasValue(first + 149);
    }

    @Test
    void givesWhatLiesBetweenTwoLines() {
        var server = flooded();
        long first = numberOf(server, "flood 1");

        var page = server.consoleHistory(
                newest(1000).after(first + 9).before(first + 20).build());

        assertThat(texts(List.of(page))).containsExactlyElementsOf(flood(11, 20));
        assertThat(page.next()).isEmpty();
        assertThat(server.consoleHistory(
                                newest(10).after(first + 20).before(first + 10).build())
                        .lines())
                .isEmpty();
    }

    @Test
    void findsByTextAndByExpression() {
        var server = flooded();

        assertThat(found(server, ConsoleSearch.text("flood 99")))
                .containsExactly(
                        "flood 99",
                        "flood 990",
                        "flood 991",
                        "flood 992",
                        "flood 993",
                        "flood 994",
                        "flood 995",
                        "flood 996",
                        "flood 997",
                        "flood 998",
                        "flood 999");
        assertThat(found(server, ConsoleSearch.text("FLOOD 99"))).isEmpty();
        assertThat(found(server, ConsoleSearch.regex("(?i)^FLOOD [1-3]00$")))
                .containsExactly("flood 100", "flood 200", "flood 300");
        assertThat(found(server, ConsoleSearch.text(".*"))).isEmpty();
    }

    @Test
    void answersAnExpressionThatBlowsUpOtherEngines() {
        var server = flooded();
        var begun = Instant.now();

        assertThat(found(server, ConsoleSearch.regex("((((\\w|\\d| )+)+)+)+!$")))
                .isEmpty();

        assertThat(Duration.between(begun, Instant.now())).isLessThan(SOON);
    }

    @Test
    void refusesWhatIsNoQuery() {
        assertThatThrownBy(() -> newest(0).build()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> newest(1001).build()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> newest(1).after(-1).build()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ConsoleSearch.regex("(a)\\1")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ConsoleSearch.text("")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void tellsWhenALineWasHeard() {
        var before = Instant.now().minusSeconds(5);
        var server = flooded();

        var lines = server.consoleHistory(newest(10).build()).lines();

        assertThat(lines)
                .hasSize(10)
                .allSatisfy(line ->
                        assertThat(line.time()).isBetween(before, Instant.now().plusSeconds(5)));
    }

    @Test
    void isEmptyBeforeTheFirstLine() {
        var page = installed().consoleHistory(newest(10).build());

        assertThat(page.lines()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @Test
    void needsThePermissionToConnect() {
        var id = installed().id();
        var query = newest(10).build();

        assertThatThrownBy(() -> asUser(Permission.START).server(id).consoleHistory(query))
                .isInstanceOf(DeniedException.class);
        assertThat(asUser(Permission.CONNECT).server(id).consoleHistory(query)).isNotNull();
    }

    @Test
    void knowsNoOtherServer() {
        var absent = node().server(ServerId.random());

        assertThatThrownBy(() -> absent.consoleHistory(newest(10).build())).isInstanceOf(NotFoundException.class);
    }

    private NodeServer flooded() {
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);
            open.sendCommand(ContractServer.FLOOD);
            console.awaitLine("flood " + FLOOD_LINES, LATER);
        }
        kill(server);
        return server;
    }

    private static ConsoleHistoryQueryBuilder newest(int limit) {
        return ConsoleHistoryQuery.builder().limit(limit);
    }

    private static List<String> found(NodeServer server, ConsoleSearch search) {
        var query = newest(1000).search(search).build();
        var page = server.consoleHistory(query);
        var pages = new ArrayList<>(List.of(page));
        for (OptionalLong next = page.next();
                next.isPresent();
                next = pages.get(0).next()) {
            query = query.next(next.getAsLong());
            pages.add(0, server.consoleHistory(query));
        }
        return texts(pages);
    }

    private static long numberOf(NodeServer server, String line) {
        return server.consoleHistory(
                        newest(1).search(ConsoleSearch.regex("^" + line + "$")).build())
                .lines()
                .get(0)
                .number();
    }

    private static List<String> flood(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "flood " + i).toList();
    }

    private static List<String> texts(List<ConsoleHistoryPage> pages) {
        return pages.stream()
                .flatMap(page -> page.lines().stream())
                .map(ConsoleHistoryPage.Line::text)
                .toList();
    }

    private static List<Long> numbers(List<ConsoleHistoryPage> pages) {
        return pages.stream()
                .flatMap(page -> page.lines().stream())
                .map(ConsoleHistoryPage.Line::number)
                .toList();
    }
}
