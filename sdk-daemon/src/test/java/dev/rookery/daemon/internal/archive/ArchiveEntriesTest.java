package dev.rookery.daemon.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.ArchiveEntry;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.daemon.internal.archive.MaliciousArchives.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveEntriesTest {

    private static final ArchiveLimits SMALL =
            new ArchiveLimits(5000, 8 << 20, 20, 1 << 20, 128, 4096, 1 << 20, 32 << 20, Duration.ofSeconds(60));
    private static final Comparator<ArchiveEntry> ORDER =
            Comparator.comparing(ArchiveEntry::directory).reversed().thenComparing(ArchiveEntry::name);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path root;

    private final CancelSignal cancel = CancelSignal.create();
    private ArchiveGround ground;
    private ArchiveEntries entries;

    @BeforeEach
    void open() throws IOException {
        ground = new ArchiveGround(root, SMALL, 0, "secret*");
        entries = within(LONG, LONG);
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    void listsEachFormatAndReadsOneFileOfIt() throws IOException {
        ground.write("world/region/r.0.0.mca", "blocks");
        ground.write("a.txt", "a");
        for (var format : List.of("tar.gz", "tar.zst", "tar.bz2", "tar.xz", "tar", "zip")) {
            var name = ground.pack(new ArchiveFormat(format), "/", "world", "a.txt")
                    .name();

            assertThat(names(list(name, ""))).as(format).containsExactly("world", "a.txt");
            assertThat(names(list(name, "world"))).as(format).containsExactly("region");
            assertThat(list(name, "world/region").entries().get(0).sizeBytes()).hasValue(6);
            assertThat(read(name, "world/region/r.0.0.mca")).as(format).isEqualTo("blocks");
        }
        put("7z", MaliciousArchives.sevenZip(List.of(Item.file("d/one"), Item.file("two"))));
        assertThat(names(list("7z", ""))).containsExactly("d", "two");
        assertThat(read("7z", "d/one")).isEqualTo("content");
    }

    @Test
    void showsOneFileThatIsCompressedUnderItsOwnName() throws IOException {
        put("server.log.gz", MaliciousArchives.gzip("line\n".getBytes(StandardCharsets.UTF_8)));

        var only = list("server.log.gz", "").entries();

        assertThat(only).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("server.log");
            assertThat(entry.sizeBytes()).isEmpty();
        });
        assertThat(read("server.log.gz", "server.log")).isEqualTo("line\n");
    }

    @Test
    void givesAllEntriesOnceInOrderPageByPage() throws IOException {
        var items = new ArrayList<Item>();
        for (int i = 0; i < 2500; i++) {
            items.add(Item.file(i % 10 == 0 ? "d" + i + "/x" : "f" + i));
            items.add(Item.file("other/" + i));
        }
        Collections.shuffle(items, new Random(1));
        put("many.tar", MaliciousArchives.tar(items));

        var found = new ArrayList<ArchiveEntry>();
        var query = ArchiveQuery.of("many.tar").limit(700);
        var page = entries.list(ground.volume(), query, cancel);
        found.addAll(page.entries());
        while (page.next().isPresent()) {
            assertThat(page.entries()).hasSize(700);
            page = entries.list(ground.volume(), query.after(page.next().get()), cancel);
            found.addAll(page.entries());
        }

        assertThat(found).extracting(ArchiveEntry::name).doesNotHaveDuplicates().hasSize(2501);
        assertThat(found).isSortedAccordingTo(ORDER);
    }

    @Test
    void saysWhatTheArchiveSaysOfADirectoryWhereverItStands() throws IOException {
        put(
                "late.tar",
                MaliciousArchives.tar(
                        List.of(Item.file("d/x"), new Item("d/", '5', "", new byte[0]), Item.file("d/y"))));

        assertThat(list("late.tar", "").entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.modified()).isPresent());
        assertThat(names(list("late.tar", "d"))).containsExactly("x", "y");
    }

    @Test
    void leavesOutNamesThatLeadOutAndCountsThem() throws IOException {
        var items = List.of(
                Item.file("../../etc/passwd"),
                Item.file("/etc/shadow"),
                Item.file("x".repeat(256)),
                Item.file("good\u001b[31m.txt"),
                Item.link("link", "/etc/passwd"));
        for (var archive : Map.of("bad.tar", MaliciousArchives.tar(items), "bad.zip", MaliciousArchives.zip(items))
                .entrySet()) {
            put(archive.getKey(), archive.getValue());

            var listing = list(archive.getKey(), "");

            assertThat(listing.refused()).as(archive.getKey()).isEqualTo(3);
            assertThat(listing.entries())
                    .extracting(ArchiveEntry::name, ArchiveEntry::kind)
                    .containsExactly(
                            tuple("good\u001b[31m.txt", ArchiveEntry.Kind.FILE), tuple("link", ArchiveEntry.Kind.LINK));
            assertThat(listing.entries().get(1).target()).hasValue("/etc/passwd");
            assertThatThrownBy(() -> read(archive.getKey(), "link")).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> read(archive.getKey(), "etc/shadow")).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void readsTheFileThatAHardLinkNames() throws IOException {
        put(
                "hard.tar",
                MaliciousArchives.tar(List.of(
                        Item.file("d/first"),
                        Item.hardLink("second", "d/first"),
                        Item.hardLink("third", "second"),
                        Item.hardLink("out", "../first"))));

        assertThat(list("hard.tar", "").entries().get(2).kind()).isEqualTo(ArchiveEntry.Kind.HARD_LINK);
        assertThat(read("hard.tar", "second")).isEqualTo("content");
        assertThatThrownBy(() -> read("hard.tar", "third")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> read("hard.tar", "out")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void givesTheLastBytesOfAFileOnlyIfItsChecksumFits() throws IOException {
        var noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        var zip = MaliciousArchives.zip(List.of(new Item("noise", '0', "", noise)));
        zip[60_000] ^= 1;
        put("damaged.zip", zip);

        try (var content = entries.read(ground.volume(), "damaged.zip", "noise", cancel)) {
            assertThat(content.sizeBytes()).hasValue(noise.length);
            var stream = content.stream();
            // As an edge does: it counts, and never asks for the end.
            assertThatThrownBy(() -> stream.readNBytes(noise.length)).hasMessageContaining("checksum");
        }
    }

    @Test
    void holdsOneFileToTheLimitsOfTheWholeArchive() throws IOException {
        put(
                "bomb.tar.gz",
                MaliciousArchives.gzip(MaliciousArchives.tar(
                        List.of(new Item("a", '0', "", "a".repeat(4 << 20).getBytes(StandardCharsets.UTF_8))))));

        // To list it is to decompress it.
        assertThatThrownBy(() -> list("bomb.tar.gz", "")).hasMessageContaining("times as long");
        assertThatThrownBy(() -> read("bomb.tar.gz", "a")).hasMessageContaining("times as long");
    }

    @Test
    void refusesWhatIsNoArchiveOrHasTooManyEntries() throws IOException {
        var items = new ArrayList<Item>();
        for (int i = 0; i < 5001; i++) {
            items.add(Item.file("f" + i));
        }
        put("many.tar", MaliciousArchives.tar(items));
        ground.write("plain.zip", "no archive");
        Files.createDirectory(root.resolve("dir"));

        assertThatThrownBy(() -> list("many.tar", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("5000 entries");
        assertThatThrownBy(() -> list("plain.zip", "")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> list("dir", "")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> list("absent.zip", "")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> list("../absent.zip", "")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void looksIntoNoArchiveThatTheEggDenies() throws IOException {
        put("secret.tar", MaliciousArchives.tar(List.of(Item.file("a"))));
        Files.createSymbolicLink(root.resolve("open.tar"), Path.of("secret.tar"));

        for (var path : List.of("secret.tar", "./secret.tar")) {
            assertThatThrownBy(() -> list(path, "")).isInstanceOf(DeniedException.class);
            assertThatThrownBy(() -> read(path, "a")).isInstanceOf(DeniedException.class);
        }
        assertThatThrownBy(() -> list("open.tar", "")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void answersWithWhatItHasSeenWhenItsTimeIsUp() throws IOException {
        put("a.tar", MaliciousArchives.tar(List.of(Item.file("a"))));
        put("a.zip", MaliciousArchives.zip(List.of(Item.file("a"))));
        var hurried = within(Duration.ZERO, Duration.ZERO);

        for (var archive : List.of("a.tar", "a.zip")) {
            var listing = hurried.list(ground.volume(), ArchiveQuery.of(archive).in("d"), cancel);
            assertThat(listing.complete()).as(archive).isFalse();
            assertThat(listing.entries()).isEmpty();
        }
        assertThatThrownBy(() -> hurried.read(ground.volume(), "a.tar", "a", cancel))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not found within 0 s");
    }

    @Test
    void endsWhenItIsCancelled() throws IOException {
        put("a.tar.gz", MaliciousArchives.gzip(MaliciousArchives.tar(List.of(Item.file("a")))));
        cancel.cancel();

        assertThatThrownBy(() -> list("a.tar.gz", ""))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("cancelled");
        assertThatThrownBy(() -> read("a.tar.gz", "a")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void letsAServerLookIntoSoManyArchivesAtATime() throws IOException {
        put("a.tar", MaliciousArchives.tar(List.of(Item.file("a"))));
        var one = entries.read(ground.volume(), "a.tar", "a", cancel);
        var two = entries.read(ground.volume(), "a.tar", "a", cancel);
        var three = entries.read(ground.volume(), "a.tar", "a", cancel);

        assertThatThrownBy(() -> list("a.tar", "")).isInstanceOf(ConflictException.class);
        one.close();
        one.close();
        assertThat(names(list("a.tar", ""))).containsExactly("a");
        assertThatThrownBy(() -> read("a.tar", "absent")).isInstanceOf(NotFoundException.class);
        assertThat(names(list("a.tar", ""))).containsExactly("a");
        two.close();
        three.close();
    }

    private ArchiveEntries within(Duration list, Duration find) {
        return new ArchiveEntries(
                SMALL,
                new ArchiveEntries.Times(list, find, Duration.ZERO),
                new WorkMemory(SMALL.memoryBytes()),
                ground.threads);
    }

    private ArchiveListing list(String archive, String directory) {
        return entries.list(ground.volume(), ArchiveQuery.of(archive).in(directory), cancel);
    }

    private String read(String archive, String entry) throws IOException {
        try (var content = entries.read(ground.volume(), archive, entry, cancel)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void put(String name, byte[] archive) throws IOException {
        Files.write(root.resolve(name), archive);
    }

    private static List<String> names(ArchiveListing listing) {
        return listing.entries().stream().map(ArchiveEntry::name).toList();
    }
}
