package dev.rookery.examples.panel.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the routes' store does beyond its contract, in any database: history, what is broken, many processes. */
abstract class RouteRowsCases {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int PROCESSES = 8;
    private static final int ROUTES = 6;

    @TempDir
    Path folder;

    /** Returns the database, in which nothing is when a test begins. */
    abstract Database database();

    /** Returns by what another process opens it. */
    abstract String place();

    abstract String password();

    private SqlRouteStore store() {
        return new SqlRouteStore(database());
    }

    @Test
    void ofEightProcessesNoneLosesAnythingAndOneAtATimeHasTheLock() throws Exception {
        var processes = new ArrayList<Process>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(writer("p" + i, ROUTES));
            }
            for (int i = 0; i < PROCESSES; i++) {
                assertThat(processes.get(i).waitFor(180, TimeUnit.SECONDS)).isTrue();
                assertThat(processes.get(i).exitValue())
                        .as("%s", folder.resolve("p" + i + ".log").toFile())
                        .isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        var head = store().head();
        assertThat(head.number()).isEqualTo(2 * PROCESSES * ROUTES);
        assertThat(head.document().routes())
                .extracting(HttpRoute::id)
                .doesNotHaveDuplicates()
                .hasSize(2 * PROCESSES * ROUTES);
    }

    @Test
    void aProcessThatIsKilledGivesItsLockBackAndLosesNothingThatItSaid() throws Exception {
        var writer = writer("killed", 1_000_000);
        long said;
        try (var out = writer.inputReader()) {
            out.readLine();
            out.readLine();
            writer.toHandle().destroyForcibly();
            said = 1 + out.lines().count();
        }
        assertThat(writer.waitFor()).isEqualTo(137);

        store().lock("caddy", Duration.ofSeconds(60)).close();
        assertThat(store().head().number()).isGreaterThanOrEqualTo(2 * said);
        assertThat(store().head().document().routes())
                .hasSize((int) store().head().number());
    }

    @Test
    void keepsTheLastFiftyAndOneOfEachDayAndWhatAnEngineHas() {
        var store = store();
        var first = NOW.minus(Duration.ofDays(120));
        // Four a day for two days that are too long ago, then four a day for ten days, then sixty today.
        for (int i = 0; i < 8; i++) {
            save(store, first.plus(Duration.ofHours(6L * i)));
        }
        for (int i = 0; i < 40; i++) {
            save(store, NOW.minus(Duration.ofDays(11)).plus(Duration.ofHours(6L * i)));
        }
        store.keep(new StageState("caddy", 3, 3, 3, StageState.Outcome.DONE, "", NOW, ""));
        for (int i = 0; i < 60; i++) {
            save(store, NOW.plusSeconds(i));
        }

        var kept = numbers(store);
        assertThat(kept.subList(0, 50)).as("the last fifty").startsWith(108L).endsWith(59L);
        assertThat(kept.subList(50, kept.size()))
                .as("the last of each day, and what the engine has")
                .containsExactly(48L, 46L, 42L, 38L, 34L, 30L, 26L, 22L, 18L, 14L, 10L, 3L);
        assertThat(store.find(3)).isPresent();
        assertThat(store.find(4)).isEmpty();
    }

    @Test
    void whatIsNotWhatWasSavedIsSaidAndNeverOverwritten() {
        save(store(), NOW);
        save(store(), NOW);
        change(
                "UPDATE proxy_revisions SET document = REPLACE(document, 'example.net', 'example.com') WHERE number = 2");

        assertProblem(Problem.BROKEN, () -> store().head());
        assertProblem(Problem.BROKEN, () -> store().find(2));
        assertProblem(Problem.BROKEN, () -> save(store(), NOW));
        assertThat(store().find(1)).as("what is whole can be read").isPresent();

        var saved = store().recover(RouteRows.note("recovered", NOW));
        assertThat(saved.number()).isEqualTo(3);
        assertThat(saved.document()).isEqualTo(store().find(1).orElseThrow().document());
        assertThat(store().head()).isEqualTo(saved);
        assertProblem(Problem.BROKEN, () -> store().find(2));
        assertThat(store().recover(RouteRows.note("again", NOW)))
                .as("all is well")
                .isEqualTo(saved);
    }

    @Test
    void aRevisionThatWasExchangedForAnotherIsSaid() {
        save(store(), NOW);
        save(store(), NOW);
        save(store(), NOW);
        var other = Revision.NONE.next(RouteRows.with(ProxyDocument.EMPTY, "other"), RouteRows.note("other", NOW));
        var lines = new String(other.toBytes(), UTF_8).split("\n", -1);
        database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE proxy_revisions SET head = ?, document = ? WHERE number = 1", lines[0], lines[1]));

        assertProblem(Problem.BROKEN, () -> store().find(1));
        change("UPDATE proxy_head SET etag = 'another'");
        assertProblem(Problem.BROKEN, () -> store().head());
    }

    @Test
    void lostRowsAreNoEmptyStore() {
        save(store(), NOW);
        save(store(), NOW);
        change("DELETE FROM proxy_revisions WHERE number = 2");
        assertProblem(Problem.BROKEN, () -> store().head());
        change("DELETE FROM proxy_head");
        assertProblem(Problem.BROKEN, () -> store().head());
        assertProblem(Problem.BROKEN, () -> save(store(), NOW));

        assertThat(store().recover(RouteRows.note("recovered", NOW)).number()).isEqualTo(2);
        assertThat(store().head().document().routes()).hasSize(1);
    }

    @Test
    void whatANewerVersionWroteIsLeftAlone() {
        save(store(), NOW);
        change("UPDATE proxy_head SET form = 2");
        assertProblem(Problem.NEWER, () -> store().head());
        assertProblem(Problem.NEWER, () -> save(store(), NOW));
        assertProblem(Problem.NEWER, () -> store().recover(RouteRows.note("recovered", NOW)));
    }

    @Test
    void aStageThatCannotBeReadIsSaid() {
        store().keep(new StageState("caddy", 3, 3, 3, StageState.Outcome.DONE, "", NOW, ""));
        change("UPDATE proxy_stages SET outcome = 'SOMETHING'");
        assertProblem(Problem.BROKEN, () -> store().stage("caddy"));
    }

    final Process writer(String prefix, int routes) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RouteWriter.class.getName(),
                        place(),
                        prefix,
                        Integer.toString(routes),
                        folder.resolve("mark").toString())
                .redirectError(file(prefix));
        builder.environment().put(RouteWriter.PASSWORD, password());
        return builder.start();
    }

    private File file(String prefix) {
        return folder.resolve(prefix + ".log").toFile();
    }

    private static void save(SqlRouteStore store, Instant at) {
        var head = store.head();
        store.commit(
                head.etag(), RouteRows.with(ProxyDocument.EMPTY, "r" + head.number()), RouteRows.note("saved", at));
    }

    private static List<Long> numbers(SqlRouteStore store) {
        return store.history(Long.MAX_VALUE, 1000).stream()
                .map(RevisionHeader::number)
                .toList();
    }

    private void change(String sql) {
        database().jdbi().useHandle(handle -> assertThat(handle.execute(sql)).isPositive());
    }

    static void assertProblem(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StoreException.class))
                .extracting(StoreException::problem)
                .isEqualTo(problem);
    }
}
