package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.daemon.ConsoleLogOptions;
import dev.rookery.daemon.ConsoleLogOptionsBuilder;
import dev.rookery.daemon.ThrottleOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoreTest {

    private static final long MANY = 1 << 20;

    @TempDir
    Path root;

    @Test
    void givesBackEveryCharacterOfALine() throws IOException {
        var texts = List.of(
                "plain", "a\tb", "back\\slash", "\\n is no line end", "a\nb", "grün 日本 \uD83D\uDE00", "\u001b[31m\r\0");
        var store = HistoryStore.open(directory(), MANY);
        long number = 0;
        for (var text : texts) {
            store.append(List.of(new HistoryLine(++number, 1700000000000L + number, text)));
        }

        assertThat(lines(store).stream().map(HistoryLine::text)).containsExactlyElementsOf(texts);
        assertThat(lines(store).get(2)).isEqualTo(new HistoryLine(3, 1700000000003L, "back\\slash"));
    }

    @Test
    void goesOnAfterTheLastNumberWhenItIsOpenedAgain() throws IOException {
        var store = HistoryStore.open(directory(), MANY);
        store.append(lines(1, 10));
        store.close();

        var again = HistoryStore.open(directory(), MANY);
        again.append(lines(5, 20));

        assertThat(again.lastNumber()).isEqualTo(20);
        assertThat(numbers(again)).containsExactlyElementsOf(range(1, 20));
    }

    @Test
    void cutsOffALineThatWasNotWrittenToItsEnd() throws IOException {
        var store = HistoryStore.open(directory(), MANY);
        store.append(lines(1, 10));
        store.close();
        var file = store.segments().get(0);
        for (var torn : List.of("11\t17", "11\t1700\thalf a li", "\0\0\0\0\0\0", "\0\0\0\n\0\0", "3\t1700\told\n")) {
            long whole = file.bytes();
            Files.writeString(path(1), torn, StandardOpenOption.APPEND);

            var again = HistoryStore.open(directory(), MANY);

            assertThat(again.lastNumber()).as(torn).isEqualTo(10);
            assertThat(Files.size(path(1))).as(torn).isEqualTo(whole);
            assertThat(numbers(again)).containsExactlyElementsOf(range(1, 10));
        }
    }

    @Test
    void findsItsEndBehindAVeryLongLine() throws IOException {
        var store = HistoryStore.open(directory(), 16 * MANY);
        var whole = List.of(new HistoryLine(1, 1, "short"), new HistoryLine(2, 1, "x".repeat(300_000)));
        store.append(whole);
        store.close();
        Files.writeString(path(1), "3\t1700\t" + "y".repeat(100_000), StandardOpenOption.APPEND);

        var again = HistoryStore.open(directory(), 16 * MANY);

        assertThat(again.lastNumber()).isEqualTo(2);
        assertThat(lines(again)).containsExactlyElementsOf(whole);
    }

    @Test
    void takesNothingMoreOnceItIsClosed() throws IOException {
        var store = HistoryStore.open(directory(), MANY);
        store.append(lines(1, 10));
        store.close();

        store.append(lines(11, 20));

        assertThat(numbers(store)).containsExactlyElementsOf(range(1, 10));
    }

    @Test
    void givesNoNumberTwiceAfterItsOnlyFileWasDestroyed() throws IOException {
        Files.createDirectories(directory());
        Files.write(path(500), new byte[100]);

        var store = HistoryStore.open(directory(), MANY);

        assertThat(store.lastNumber()).isEqualTo(499);
        assertThat(store.segments()).isEmpty();
        store.append(lines(500, 501));
        assertThat(numbers(store)).containsExactly(500L, 501L);
    }

    @Test
    void removesTheOldestLinesWhenItIsFull() throws IOException {
        var store = HistoryStore.open(directory(), 8_000);
        for (int i = 0; i < 100; i++) {
            store.append(lines(i * 10 + 1, i * 10 + 10));
            assertThat(store.bytes()).isLessThanOrEqualTo(8_000);
        }

        var numbers = numbers(store);
        assertThat(numbers).endsWith(1000L).doesNotContain(1L);
        assertThat(numbers).containsExactlyElementsOf(range(numbers.get(0), 1000));
        assertThat(onDisk()).isEqualTo(store.bytes()).isGreaterThan(4_000);
    }

    @Test
    void leavesFilesAloneThatAreNotItsOwn() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("notes.txt"), "mine");

        var store = HistoryStore.open(directory(), MANY);
        store.append(lines(1, 2));

        assertThat(numbers(store)).containsExactly(1L, 2L);
        assertThat(directory().resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void keepsItsFilesFromOthers() throws IOException {
        HistoryStore.open(directory(), MANY).append(lines(1, 2));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void showsLinesTheDiskDidNotKeepUpWithAsAHole() {
        var options = options().maxLines(10).build();
        try (var writer = writer(options)) {
            var log = new ConsoleLog(options, Clock.systemUTC());
            var history = new ConsoleHistory(ServerId.random(), writer, log, store());
            log.appendLine("line");
            history.write();
            for (int i = 2; i <= 100; i++) {
                log.appendLine("line");
            }
            history.write();

            assertThat(all(history)).containsExactly(1L, 91L, 92L, 93L, 94L, 95L, 96L, 97L, 98L, 99L, 100L);
        }
    }

    @Test
    void numbersGoOnOverARestartOfTheDaemon() {
        var server = ServerId.random();
        var options = options().build();
        try (var writer = writer(options)) {
            var console = new ServerConsole(server, options, Clock.systemUTC(), writer);
            LongStream.rangeClosed(1, 100).forEach(i -> console.line("line " + i));
        }
        try (var writer = writer(options)) {
            var console = new ServerConsole(server, options, Clock.systemUTC(), writer);
            assertThat(console.log().lastNumber()).isEqualTo(100);
            assertThat(console.known(List.of(new NumberedLine(90, "line 90"))))
                    .hasSize(50)
                    .endsWith(new NumberedLine(100, "line 100"));
            console.line("line 101");

            assertThat(all(console.history())).containsExactlyElementsOf(range(1, 101));
        }
    }

    @Test
    void removesTheOldestOfAllServersWhenTheNodeIsFull() {
        var options = options().historyBytes(40_000).nodeHistoryBytes(60_000).build();
        try (var writer = writer(options)) {
            var histories = new ArrayList<ConsoleHistory>();
            for (int server = 0; server < 3; server++) {
                var console = new ServerConsole(ServerId.random(), options, Clock.systemUTC(), writer);
                histories.add(console.history());
                for (int i = 0; i < 1000; i++) {
                    console.line("line " + i);
                }
                console.history().write();
            }
            writer.sweep();

            assertThat(histories.stream().mapToLong(ConsoleHistory::bytes).sum())
                    .isLessThanOrEqualTo(60_000)
                    .isGreaterThan(40_000);
            assertThat(histories.get(2).bytes()).isGreaterThan(histories.get(0).bytes());
        }
    }

    @Test
    void removesWhatIsTooOld() {
        var options = options().historyAge(Duration.ofDays(2)).build();
        var clock = Clock.systemUTC();
        var server = ServerId.random();
        try (var writer = writer(options)) {
            var console = new ServerConsole(server, options, clock, writer);
            console.line("old");
            console.history().write();

            writer.sweep();
            assertThat(all(console.history())).containsExactly(1L);
        }
        // A writer sweeps by itself when its thread begins, too: this one must not be there before.
        var threeDaysOn = Clock.offset(clock, Duration.ofDays(3));
        try (var later = new HistoryWriter(root, options, threeDaysOn, "later")) {
            var console = new ServerConsole(server, options, threeDaysOn, later);

            later.sweep();
            assertThat(all(console.history())).isEmpty();
            console.line("new");
            assertThat(all(console.history())).containsExactly(2L);
        }
    }

    @Test
    void storesNothingMoreOnceItIsDeleted() throws IOException {
        var options = options().build();
        try (var writer = writer(options)) {
            var server = ServerId.random();
            var console = new ServerConsole(server, options, Clock.systemUTC(), writer);
            console.line("one");
            console.history().write();
            assertThat(root.resolve(server.toString())).isDirectory();

            console.history().delete();
            console.line("two");
            console.history().write();
            console.history().delete();

            assertThat(root.resolve(server.toString())).doesNotExist();
        }
    }

    @Test
    void removesADeletedServersConsoleWhateverLiesThere() throws IOException {
        var server = ServerId.random();
        try (var writer = writer(options().build())) {
            var console = new ServerConsole(server, options().build(), Clock.systemUTC(), writer);
            console.line("one");
            console.history().write();
            Files.writeString(root.resolve(server.toString()).resolve("notes.txt"), "mine");

            console.history().delete();

            assertThat(root.resolve(server.toString())).doesNotExist();
        }
    }

    @Test
    void removesAConsoleThatWasStoredInEarlierTimes() throws IOException {
        var server = ServerId.random();
        try (var writer = writer(options().build())) {
            new ServerConsole(server, options().build(), Clock.systemUTC(), writer).line("one");
        }
        assertThat(root.resolve(server.toString())).isDirectory();
        var off = options().historyBytes(0).build();
        try (var writer = writer(off)) {
            new ServerConsole(server, off, Clock.systemUTC(), writer).history().delete();

            assertThat(root.resolve(server.toString())).doesNotExist();
        }
    }

    @Test
    void storesWhatWasPrintedWhileNobodyListenedThoughItIsMoreThanTheLogHolds() {
        var options = options().maxLines(10).build();
        try (var writer = writer(options)) {
            var console = new ServerConsole(ServerId.random(), options, Clock.systemUTC(), writer);
            var printed = range(1, 500).stream().map(i -> "line " + i).toList();

            console.takeStored(printed, 0, 0, List.of());

            assertThat(all(console.history())).containsExactlyElementsOf(range(1, 500));
            assertThat(console.lastLines(2)).containsExactly("line 499", "line 500");
        }
    }

    @Test
    void goesOnWhereTheDiskCannotBeWritten() throws IOException {
        var options = options().build();
        Files.writeString(root.resolve("file"), "");
        try (var writer = new HistoryWriter(root.resolve("file"), options, Clock.systemUTC(), "history")) {
            var console = new ServerConsole(ServerId.random(), options, Clock.systemUTC(), writer);
            console.line("one");

            assertThat(all(console.history())).isEmpty();
            assertThat(console.lastLines(10)).containsExactly("one");
        }
    }

    @Test
    void answersFromMemoryIfNothingIsStored() {
        var options = options().historyBytes(0).build();
        try (var writer = writer(options)) {
            var console = new ServerConsole(ServerId.random(), options, Clock.systemUTC(), writer);
            console.say("no line");
            console.line("one");
            console.line("two");

            assertThat(all(console.history())).containsExactly(1L, 2L);
            assertThat(root).isEmptyDirectory();
        }
    }

    private static ConsoleLogOptionsBuilder options() {
        return ConsoleLogOptions.builder()
                .throttle(ThrottleOptions.builder().enabled(false).build());
    }

    private HistoryWriter writer(ConsoleLogOptions options) {
        return new HistoryWriter(root, options, Clock.systemUTC(), "history");
    }

    private Optional<HistoryStore> store() {
        try {
            return Optional.of(HistoryStore.open(directory(), MANY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path directory() {
        return root.resolve("server");
    }

    private Path path(long first) {
        return directory().resolve(String.format(Locale.ROOT, "%020d.log", first));
    }

    private long onDisk() throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(directory())) {
            for (var file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static List<HistoryLine> lines(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(i -> new HistoryLine(i, 1700000000000L, "line " + i))
                .toList();
    }

    private static List<HistoryLine> lines(HistoryStore store) throws IOException {
        var lines = new ArrayList<HistoryLine>();
        for (var segment : store.segments()) {
            lines.addAll(segment.lines());
        }
        return lines;
    }

    private static List<Long> numbers(HistoryStore store) throws IOException {
        return lines(store).stream().map(HistoryLine::number).toList();
    }

    private static List<Long> all(ConsoleHistory history) {
        return history.query(ConsoleHistoryQuery.builder().after(0).limit(1000).build()).lines().stream()
                .map(line -> line.number())
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
