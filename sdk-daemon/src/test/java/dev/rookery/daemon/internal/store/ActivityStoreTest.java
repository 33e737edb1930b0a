package dev.rookery.daemon.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

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

            assertThat(store.add(numbers(1, 4))).isZero();
            assertThat(store.add(numbers(4, 8))).isEqualTo(2);

            assertThat(store.oldest(10))
                    .extracting(ActivityStore.Stored::entry)
                    .containsExactly("3", "4", "5", "6", "7");
            store.removeUntil(store.oldest(2).get(1).id());
            assertThat(store.oldest(1)).extracting(ActivityStore.Stored::entry).containsExactly("5");
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
