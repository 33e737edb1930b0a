package dev.rookery.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.StoreException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the files of a store. */
@SuppressWarnings("NullAway.Init") // JUnit opens the store before each test
class FileRouteStoreFilesTest {

    @TempDir
    Path folder;

    private FileRouteStore store;

    @BeforeEach
    void fill() {
        store = FileRouteStore.open(folder);
        for (var id : new String[] {"one", "two", "three"}) {
            StoredRoutes.add(store, id);
        }
        // What was read before may be known still.
        store = FileRouteStore.open(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "rev/00000003.jsonl"})
    void saysWhatCannotBeReadAndLeavesItAlone(String name) throws IOException {
        for (var content : new String[] {"", "{", "null", "\0\0\0\0", "{}\n{}\n"}) {
            Files.writeString(folder.resolve(name), content);

            assertProblem(Problem.BROKEN, store::head, name);
            assertProblem(Problem.BROKEN, () -> StoredRoutes.add(store, "four"), name);
            assertProblem(Problem.BROKEN, () -> FileRouteStore.open(folder).head(), name);
            assertThat(folder.resolve(name)).hasContent(content);
        }
    }

    @Test
    void seesEveryByteThatChanged() throws IOException {
        var file = folder.resolve("rev/00000003.jsonl");
        byte[] saved = Files.readAllBytes(file);
        for (int i = 0; i < saved.length; i++) {
            byte[] changed = saved.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertProblem(Problem.BROKEN, store::head, "rev/00000003.jsonl");
        }
        for (int length = 0; length < saved.length; length++) {
            Files.write(file, Arrays.copyOf(saved, length));
            assertProblem(Problem.BROKEN, store::head, "rev/00000003.jsonl");
        }
    }

    @Test
    void seesAnOlderRevisionThatIsNotWhatTheNextOneSays() throws IOException {
        var file = folder.resolve("rev/00000002.jsonl");
        Files.writeString(file, Files.readString(file).replace("tester", "nobody"));

        assertProblem(Problem.BROKEN, () -> store.find(2), "rev/00000002.jsonl");
        assertThat(store.head().number()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "rev/00000003.jsonl"})
    void goesOnFromWhatCanBeReadWhenAsked(String name) throws IOException {
        var broken = folder.resolve(name);
        Files.writeString(broken, "mud");

        var recovered = store.recover(StoredRoutes.note("repaired"));

        var best = name.equals("HEAD") ? 3 : 2;
        assertThat(recovered.number()).isGreaterThanOrEqualTo(3);
        assertThat(recovered.document().routes()).hasSize(best);
        assertThat(FileRouteStore.open(folder).head()).isEqualTo(recovered);
        try (var aside = Files.list(folder.resolve("broken"))) {
            assertThat(aside.filter(file -> file.getFileName().toString().startsWith(broken.getFileName() + ".")))
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("mud"));
        }
        assertThat(StoredRoutes.add(store, "four").number()).isEqualTo(recovered.number() + 1);
    }

    @Test
    void hasNothingToRecoverWhenAllIsWell() {
        assertThat(store.recover(StoredRoutes.note("in vain"))).isEqualTo(store.head());
        assertThat(store.head().number()).isEqualTo(3);
        assertThat(folder.resolve("broken")).doesNotExist();
    }

    @Test
    void aHeadThatIsGoneIsNotTakenForAStoreWithoutRevisions() throws IOException {
        Files.delete(folder.resolve("HEAD"));

        assertProblem(Problem.BROKEN, () -> FileRouteStore.open(folder).head(), "HEAD is missing");
    }

    @Test
    void refusesWhatANewerVersionKeeps() throws IOException {
        var head = folder.resolve("HEAD");
        Files.writeString(head, Files.readString(head).replace("\"form\" : 1", "\"form\" : 2"));

        assertProblem(Problem.NEWER, store::head, "form 1");
        assertProblem(Problem.NEWER, () -> store.recover(StoredRoutes.note("no")), "form 1");
        assertThat(head).content().contains("\"form\" : 2");
    }

    @Test
    void refusesADocumentOfANewerVersion() {
        var document = ProxyDocument.builder().schema(2).build();
        var bytes = Revision.NONE
                .next(document, StoredRoutes.note("from the future"))
                .toBytes();

        assertProblem(Problem.NEWER, () -> Revision.fromBytes(bytes), "schema 1");
    }

    @Test
    void whatWasWrittenButNotCommittedIsNeverOverwritten() throws IOException {
        var revision = store.head().next(StoredRoutes.with(store.head().document(), "lost"), StoredRoutes.note("lost"));
        Files.write(folder.resolve("rev/00000004.jsonl"), revision.toBytes());

        assertThat(store.head().number()).isEqualTo(3);
        assertThat(store.find(4)).isEmpty();
        assertThat(StoredRoutes.add(store, "four").number()).isEqualTo(4);
        try (var aside = Files.list(folder.resolve("broken"))) {
            assertThat(aside).singleElement().satisfies(file -> assertThat(file).hasBinaryContent(revision.toBytes()));
        }
    }

    @Test
    void othersMayNotRead() throws IOException {
        store.keep(new StageState("caddy", 1, 1, 1, StageState.Outcome.DONE, "", StoredRoutes.NOW, ""));
        store.lock("caddy", Duration.ofSeconds(1)).close();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void keepsTheLastRevisionsAndOneOfEachDayAndWhatSomethingIsAt() {
        var options = new FileStoreOptions(3, Duration.ofDays(5), Duration.ofSeconds(10));
        var tidy = FileRouteStore.open(folder.resolve("tidy"), options);
        tidy.keep(new StageState("caddy", 2, 2, 2, StageState.Outcome.DONE, "", StoredRoutes.NOW, ""));
        for (int hour = 0; hour < 10 * 24; hour += 8) {
            var head = tidy.head();
            var at = StoredRoutes.NOW.plus(Duration.ofHours(hour));
            tidy.commit(head.etag(), head.document(), StoredRoutes.note("hour " + hour, at));
        }

        // Revisions are at 12:00, 20:00 and 4:00; the last one of a day is at 20:00.
        assertThat(tidy.history(Long.MAX_VALUE, 100))
                .extracting(RevisionHeader::number)
                .containsExactly(30L, 29L, 28L, 26L, 23L, 20L, 17L, 2L);
        assertThat(tidy.find(14)).isEmpty();
        assertThat(tidy.find(17)).isPresent();
    }

    /** Otherwise the second would lose the first one's lock to other processes. */
    @Test
    void aLockIsTheSameByWhicheverWayItsDirectoryIsReached() throws IOException {
        var way = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-way"), folder);
        var lock = store.lock("caddy", Duration.ofSeconds(1));
        try {
            var other = FileRouteStore.open(way);
            assertProblem(Problem.LOCKED, () -> other.lock("caddy", Duration.ZERO), "caddy.lock");
        } finally {
            lock.close();
            Files.delete(way);
        }
    }

    /** Here a folder stands where a revision should: on a real disk, a bad sector would do the same. */
    @Test
    void savesThoughAnOldRevisionCannotBeReadAtAll() throws IOException {
        var options = new FileStoreOptions(2, Duration.ZERO, Duration.ofSeconds(10));
        store = FileRouteStore.open(folder, options);
        Files.delete(folder.resolve("rev/00000001.jsonl"));
        Files.createDirectories(folder.resolve("rev/00000001.jsonl/bad"));

        assertThat(StoredRoutes.add(store, "four").number()).isEqualTo(4);
        assertThat(FileRouteStore.open(folder).head().number()).isEqualTo(4);
        assertThat(store.history(Long.MAX_VALUE, 100))
                .extracting(RevisionHeader::number)
                .containsExactly(4L, 3L);
        assertThat(folder.resolve("rev/00000001.jsonl")).exists();
    }

    private static void assertProblem(Problem problem, ThrowingCallable call, String said) {
        assertThatThrownBy(call)
                .hasMessageContaining(said)
                .asInstanceOf(type(StoreException.class))
                .extracting(StoreException::problem)
                .isEqualTo(problem);
    }
}
