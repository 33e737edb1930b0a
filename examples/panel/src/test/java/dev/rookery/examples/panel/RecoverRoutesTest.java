package dev.rookery.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.examples.panel.sql.Database;
import dev.rookery.examples.panel.sql.SqlRouteStore;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that goes on from what can be read of the routes. */
class RecoverRoutesTest {

    @TempDir
    Path folder;

    @Test
    void goesOnFromTheNewestRevisionThatCanBeRead() {
        var first = store(store -> save(store, "one"));
        store(store -> save(store, "two"));
        try (var database = Database.open(folder)) {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE proxy_revisions SET document = REPLACE(document, 'two', 'too') WHERE number = 2"));
        }
        assertThatThrownBy(() -> store(SqlRouteStore::head)).isInstanceOf(StoreException.class);

        assertThat(recover()).isZero();

        var head = store(SqlRouteStore::head);
        assertThat(head.number()).isEqualTo(3);
        assertThat(head.document()).isEqualTo(first.document());
        assertThat(head.note().reason()).isEqualTo("recover-routes");
    }

    @Test
    void changesNothingIfAllIsWell() {
        var saved = store(store -> save(store, "one"));

        assertThat(recover()).isZero();

        assertThat(store(SqlRouteStore::head)).isEqualTo(saved);
    }

    @Test
    void leavesAloneWhatANewerVersionWrote() {
        store(store -> save(store, "one"));
        try (var database = Database.open(folder)) {
            database.jdbi().useHandle(handle -> handle.execute("UPDATE proxy_head SET form = 2"));
        }

        assertThat(recover()).isEqualTo(2);
    }

    private int recover() {
        return Main.run("recover-routes", "--data", folder.toString());
    }

    private <T> T store(Function<SqlRouteStore, T> work) {
        try (var database = Database.open(folder);
                var store = new SqlRouteStore(database)) {
            return work.apply(store);
        }
    }

    private static Revision save(SqlRouteStore store, String id) {
        var head = store.head();
        var document = ProxyDocument.builder()
                .from(head.document())
                .addRoutes(HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                        .addDomains(id + ".example.net")
                        .build())
                .build();
        return store.commit(head.etag(), document, new ChangeNote("tester", id, Instant.parse("2026-03-01T12:00:00Z")));
    }
}
