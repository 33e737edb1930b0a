package dev.rookery.daemon.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.daemon.internal.store.ActivityStore.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened and the panel has not taken. */
class ActivityStoreTest {

    @TempDir
    Path root;

    @Test
    void removesTheOldestBeyondItsBoundAndSaysHowMany() {
        try (var database = Database.open(root.resolve("rookery.db"))) {
            Schema.apply(database);
            var store = new ActivityStore(database, 5);

            assertThat(store.apply(numbers(1, 4))).isZero();
            assertThat(store.apply(numbers(4, 8))).isEqualTo(2);

            assertThat(store.due(10, 0))
                    .extracting(ActivityStore.Stored::entry)
                    .containsExactly("3", "4", "5", "6", "7");
            store.remove(store.due(2, 0));
            assertThat(store.due(1, 0)).extracting(ActivityStore.Stored::entry).containsExactly("5");
        }
    }

    @Test
    void holdsBackWhatMayTurnOutNotToBeTrue() {
        try (var database = Database.open(root.resolve("rookery.db"))) {
            Schema.apply(database);
            var store = new ActivityStore(database, 5);
            store.apply(List.of(new Entry("a", 1_000, "one"), new Entry("b", 1_000, "two"), new Entry("c", 0, null)));

            assertThat(store.due(10, 999))
                    .extracting(ActivityStore.Stored::entry)
                    .containsExactly("c");
            store.apply(List.of(new ActivityStore.Withdrawal("one")));
            assertThat(store.due(10, 1_000))
                    .extracting(ActivityStore.Stored::entry)
                    .containsExactly("b", "c");
            assertThat(store.due(10, -130_000))
                    .as("the clock was set back")
                    .extracting(ActivityStore.Stored::entry)
                    .containsExactly("b", "c");
        }
    }

    private static List<ActivityStore.Change> numbers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> (ActivityStore.Change) new Entry(Integer.toString(number), 0, null))
                .toList();
    }
}
