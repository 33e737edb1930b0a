package dev.rookery.testing.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RouteStore} has to do. Extend it and hand in an empty store; a second one over the same is another process to it. */
@Incubating
@SuppressWarnings("NullAway.Init") // JUnit opens the store before each test
public abstract class RouteStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final int WRITERS = 8;
    private static final int CHANGES = 20;
    /** More than a store has to keep. */
    private static final int COMMITS = 120;

    private final List<RouteStore> opened = new ArrayList<>();
    private RouteStore store;

    /** For the classes that extend this one. */
    protected RouteStoreContract() {}

    /** Opens the store of this test; nothing was saved in it before the test. Called again, it opens the same anew. */
    protected abstract RouteStore open();

    @BeforeEach
    void openFirst() {
        store = another();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(RouteStore::close);
    }

    @Test
    void beginsWithNothing() {
        assertThat(store.head()).isEqualTo(Revision.NONE);
        assertThat(store.head().document()).isEqualTo(ProxyDocument.EMPTY);
        assertThat(store.history(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store.find(1)).isEmpty();
        assertThat(store.stage("caddy")).isEmpty();
    }

    @Test
    void whatIsSavedIsTheHeadAndComesBackAsItWent() {
        var document = with(ProxyDocument.EMPTY, "lobby");
        var saved = store.commit(store.head().etag(), document, note("a new lobby"));

        assertThat(saved.number()).isEqualTo(1);
        assertThat(saved.previous()).isEqualTo(Revision.NONE.etag());
        assertThat(saved.document()).isEqualTo(document);
        assertThat(saved.note()).isEqualTo(note("a new lobby"));
        assertThat(store.head()).isEqualTo(saved);
        assertThat(another().head()).as("to another process").isEqualTo(saved);
        assertThat(another().find(1)).contains(saved);
    }

    @Test
    void aChangeOfWhatIsNotTheHeadAnyMoreIsRefused() {
        var seen = store.head();
        another().commit(seen.etag(), with(seen.document(), "first"), note("first"));

        assertProblem(Problem.STALE, () -> store.commit(seen.etag(), with(seen.document(), "second"), note("second")));
        assertProblem(Problem.STALE, () -> store.commit("", with(seen.document(), "second"), note("second")));
        assertThat(store.head().document()).isEqualTo(with(ProxyDocument.EMPTY, "first"));
        assertThat(store.history(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void theSameDocumentSavedTwiceAreTwoRevisions() {
        var first = save("one");
        var second = store.commit(first.etag(), first.document(), note("once more"));

        assertThat(second.etag()).isNotEqualTo(first.etag());
        assertProblem(Problem.STALE, () -> store.commit(first.etag(), first.document(), note("stale")));
    }

    @Test
    void historyIsListedFromTheNewest() {
        var one = save("one");
        var two = save("two");
        var three = save("three");

        assertThat(store.history(Long.MAX_VALUE, 10)).containsExactly(three.header(), two.header(), one.header());
        assertThat(store.history(3, 1)).containsExactly(two.header());
        assertThat(store.history(1, 10)).isEmpty();
        assertThat(store.find(2)).contains(two);
        assertThat(store.find(4)).isEmpty();
        assertThat(store.find(-1)).isEmpty();
        assertThat(store.find(0)).contains(Revision.NONE);
    }

    @Test
    void ofManyWritersNoneLosesAnything() throws Exception {
        race(writer -> {
            var mine = another();
            for (int i = 0; i < CHANGES; i++) {
                add(mine, "w" + writer + "-" + i);
            }
            return writer;
        });

        var head = another().head();
        assertThat(head.number()).isEqualTo(WRITERS * CHANGES);
        assertThat(head.document().routes())
                .extracting(HttpRoute::id)
                .doesNotHaveDuplicates()
                .hasSize(WRITERS * CHANGES);
    }

    @Test
    void theNewestIsFoundWhileOthersAreSaved() throws Exception {
        save("first");
        var others = Executors.newSingleThreadExecutor();
        try {
            var saving = others.submit(() -> {
                for (int i = 0; i < COMMITS; i++) {
                    save("more");
                }
            });
            while (!saving.isDone()) {
                long number = store.head().number();
                assertThat(store.find(number)).map(Revision::number).contains(number);
            }
            saving.get(60, TimeUnit.SECONDS);
        } finally {
            others.shutdownNow();
        }
    }

    /** Such as the one that an engine goes back to, which was away for long. */
    @Test
    void whatSomethingIsAtStaysHoweverManyAreSaved() {
        var one = save("one");
        save("two");
        store.keep(new StageState("caddy", one.number(), 1, 1, StageState.Outcome.DONE, "", NOW, ""));
        for (int i = 0; i < COMMITS; i++) {
            save("more");
        }

        assertThat(store.find(one.number())).contains(one);
    }

    @Test
    void howFarSomethingHasComeIsKeptByItsName() {
        var caddy = new StageState("caddy", 3, 2, 4, StageState.Outcome.ROLLED_BACK, "port 443 is taken", NOW, "ab12");
        var cloud = new StageState("cloud", 1, 1, 1, StageState.Outcome.DONE, "", NOW, "");
        store.keep(caddy);
        store.keep(cloud);
        assertThat(another().stage("caddy")).contains(caddy);
        assertThat(another().stage("cloud")).contains(cloud);

        var next = new StageState("caddy", 4, 4, 4, StageState.Outcome.DONE, "", NOW.plusSeconds(1), "cd34");
        store.keep(next);
        assertThat(another().stage("caddy")).contains(next);
        assertThat(store.head()).isEqualTo(Revision.NONE);
    }

    @Test
    void namesAreLettersDigitsAndHyphens() {
        for (var name : List.of("", "../caddy", "a b", "caddy\n", "x".repeat(65))) {
            assertThatThrownBy(() -> store.stage(name)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> store.lock(name, Duration.ZERO)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> store.keep(StageState.none(name))).isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> store.history(Long.MAX_VALUE, 0)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aLockIsForOneAtATime() throws Exception {
        var running = new AtomicInteger();
        race(writer -> {
            var lock = another().lock("caddy", Duration.ofSeconds(30));
            try {
                assertThat(running.incrementAndGet()).isEqualTo(1);
                assertThat(store.head()).isEqualTo(Revision.NONE);
                running.decrementAndGet();
            } finally {
                lock.close();
                lock.close();
            }
            return writer;
        });
        assertThat(running).hasValue(0);
    }

    @Test
    void aLockThatSomebodyHasIsNotWaitedForForever() throws Exception {
        var lock = store.lock("caddy", Duration.ofSeconds(30));
        try {
            onAnotherThread(() -> {
                assertProblem(Problem.LOCKED, () -> another().lock("caddy", Duration.ofMillis(50)));
                another().lock("nginx", Duration.ofSeconds(30)).close();
                add(another(), "while it is locked");
                return true;
            });
        } finally {
            lock.close();
        }
        onAnotherThread(() -> {
            another().lock("caddy", Duration.ofSeconds(30)).close();
            return true;
        });
        assertThat(store.head().number()).isEqualTo(1);
    }

    /** Opens the store anew, closed behind the test. */
    private synchronized RouteStore another() {
        var another = open();
        opened.add(another);
        return another;
    }

    private Revision save(String id) {
        return store.commit(store.head().etag(), with(store.head().document(), id), note(id));
    }

    private static void add(RouteStore store, String id) {
        while (true) {
            var head = store.head();
            try {
                store.commit(head.etag(), with(head.document(), id.replace(' ', '-')), note(id));
                return;
            } catch (StoreException e) {
                if (e.problem() != Problem.STALE) {
                    throw e;
                }
            }
        }
    }

    private static ProxyDocument with(ProxyDocument document, String id) {
        return ProxyDocument.builder()
                .from(document)
                .addRoutes(HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                        .addDomains(id + ".example.net")
                        .build())
                .build();
    }

    private static ChangeNote note(String reason) {
        return new ChangeNote("ärger@example.net", reason, NOW);
    }

    private static void assertProblem(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StoreException.class))
                .extracting(StoreException::problem)
                .isEqualTo(problem);
    }

    private static <T> void race(Writer<T> writer) throws Exception {
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                running.add(threads.submit(() -> writer.write(number)));
            }
            for (var one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> void onAnotherThread(Callable<T> task) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            thread.submit(task).get();
        } finally {
            thread.shutdownNow();
        }
    }

    /** One of several. */
    @FunctionalInterface
    private interface Writer<T> {
        T write(int number) throws Exception;
    }
}
