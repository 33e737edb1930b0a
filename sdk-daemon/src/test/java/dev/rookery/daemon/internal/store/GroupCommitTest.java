package dev.rookery.daemon.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.InvalidInputException;
import dev.rookery.kit.NamedThreads;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work of many callers that shares a transaction. */
class GroupCommitTest {

    @TempDir
    Path root;

    private final ExecutorService threads = NamedThreads.perTask("commit-test");
    private final CountDownLatch busy = new CountDownLatch(1);
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(root.resolve("test.db"));
        database.transaction(db -> db.update("CREATE TABLE words (word TEXT PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        busy.countDown();
        threads.shutdownNow();
        database.close();
    }

    @Test
    void whoFailsUndoesNobodyElsesWork() throws Exception {
        keepBusy();
        var one = add("one");
        var failing = threads.submit(() -> database.transaction(db -> {
            db.update("INSERT INTO words VALUES ('half')");
            throw new InvalidInputException("changed its mind");
        }));
        var two = add("two");
        var broken = threads.submit(() -> database.transaction(db -> db.update("INSERT INTO nowhere VALUES (1)")));
        var three = add("three");
        await().until(() -> database.waiting() == 5);
        busy.countDown();
        assertThat(one.get() + two.get() + three.get()).isEqualTo(3);
        assertThatThrownBy(failing::get).hasCauseInstanceOf(InvalidInputException.class);
        assertThatThrownBy(broken::get).hasCauseInstanceOf(StoreException.class).hasMessageContaining("nowhere");
        assertThat(words()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void whatWaitsTogetherIsFlushedTogether() throws Exception {
        keepBusy();
        var runs = new AtomicInteger();
        var onDisk = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            var word = "word " + i;
            threads.submit(() -> database.transaction(db -> {
                runs.incrementAndGet();
                onDisk.accumulateAndGet(committed(), Math::max);
                return db.update("INSERT INTO words VALUES (?)", word);
            }));
        }
        await().until(() -> database.waiting() == 20);
        busy.countDown();
        await().until(() -> words().size() == 20);
        assertThat(runs).hasValue(20);
        assertThat(onDisk).as("flushed before all were done").hasValue(0);
    }

    @Test
    void anInterruptDoesNotHideWhetherItWasDone() throws Exception {
        keepBusy();
        var interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            int added = database.transaction(db -> db.update("INSERT INTO words VALUES ('kept')"));
            return added == 1 && Thread.interrupted();
        });
        await().until(() -> database.waiting() == 1);
        busy.countDown();
        assertThat(interrupted.get()).isTrue();
        assertThat(words()).containsExactly("kept");
    }

    @Test
    void doesWhatWaitsBeforeItCloses() throws Exception {
        keepBusy();
        var last = add("last");
        await().until(() -> database.waiting() == 1);
        var closing = threads.submit(database::close);
        busy.countDown();
        closing.get();
        assertThat(last.get()).isEqualTo(1);
        assertThatThrownBy(this::words).isInstanceOf(StoreException.class).hasMessageContaining("closed");
        database = Database.open(root.resolve("test.db"));
        assertThat(words()).containsExactly("last");
    }

    /** How many words another connection sees. */
    private int committed() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("test.db"));
                var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT count(*) FROM words")) {
            return count.getInt(1);
        }
    }

    private Future<Integer> add(String word) {
        return threads.submit(() -> database.transaction(db -> db.update("INSERT INTO words VALUES (?)", word)));
    }

    private List<String> words() {
        return database.transaction(db -> db.query("SELECT word FROM words", row -> row.getString(1)));
    }

    /** Everything that comes now waits until the latch is open. */
    private void keepBusy() throws InterruptedException {
        var begun = new CountDownLatch(1);
        threads.submit(() -> database.transaction(db -> {
            begun.countDown();
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }));
        begun.await();
    }
}
