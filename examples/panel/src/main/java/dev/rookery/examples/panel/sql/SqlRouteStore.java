package dev.rookery.examples.panel.sql;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import dev.rookery.proxy.store.StoreLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's routes in the panel's database: a revision is a row that is never changed, and one row says which is the newest, which is changed only by who
 * names the one before. Several panels may share it. Thread-safe.
 */
public final class SqlRouteStore implements RouteStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** So often may others save while the newest is read. */
    private static final int READS_MAX = 20;

    private final Jdbi jdbi;
    private final RouteLocks locks;
    private volatile @Nullable Revision known;

    /** Creates a store over a database, which it does not close. */
    public SqlRouteStore(Database database) {
        this.jdbi = database.jdbi();
        this.locks = database.routeLocks();
    }

    @Override
    public Revision head() {
        return read(handle -> head(new RevisionRows(handle)));
    }

    @Override
    public Optional<Revision> find(long number) {
        return read(handle -> {
            if (number == 0) {
                return Optional.of(Revision.NONE);
            }
            var rows = new RevisionRows(handle);
            var newest = rows.head().number();
            if (number < 0 || number > newest) {
                return Optional.empty();
            }
            var head = number == newest ? Optional.of(head(rows)) : Optional.<Revision>empty();
            // Somebody may have saved another one since.
            return head.filter(revision -> revision.number() == number).or(() -> rows.find(number));
        });
    }

    @Override
    public List<RevisionHeader> history(long before, int limit) {
        if (limit < 1) {
            throw new InvalidInputException("limit: " + limit + " (expected: 1 or more)");
        }
        return read(handle -> new RevisionRows(handle).headers(before, limit));
    }

    @Override
    public Revision commit(String etag, ProxyDocument document, ChangeNote note) {
        requireNonNull(etag, "etag");
        requireNonNull(document, "document");
        requireNonNull(note, "note");
        var saved = changed(handle -> {
            var rows = new RevisionRows(handle);
            var head = head(rows);
            if (!head.etag().equals(etag)) {
                throw new StoreException(
                        Problem.STALE,
                        "revision " + head.number() + " was saved meanwhile by '"
                                + head.note().author() + "' (expected: the change made anew from that)");
            }
            var next = head.next(document, note);
            rows.append(head, next);
            rows.thin(next);
            return next;
        });
        known = saved;
        return saved;
    }

    @Override
    public Optional<StageState> stage(String name) {
        checked(name);
        return read(handle -> new StageRows(handle).find(name));
    }

    @Override
    public void keep(StageState state) {
        checked(state.name());
        changed(handle -> {
            locks.requireHeld(handle, state.name());
            new StageRows(handle).keep(state);
            return state;
        });
    }

    @Override
    public StoreLock lock(String name, Duration limit) {
        return locks.take(checked(name), limit);
    }

    /**
     * Goes on from the newest revision that can be read: its document is saved anew, with a number of its own. What cannot be read stays where it is. Does
     * nothing if all is well.
     *
     * @return the head
     * @throws StoreException {@link Problem#NEWER} if a newer version wrote it, which can be read by that
     */
    public Revision recover(ChangeNote note) {
        requireNonNull(note, "note");
        return changed(handle -> {
            var rows = new RevisionRows(handle);
            try {
                return rows.newest(rows.head());
            } catch (StoreException e) {
                if (e.problem() != Problem.BROKEN) {
                    throw e;
                }
            }
            return rows.recover(note);
        });
    }

    /** Leaves the database open, which is the panel's. */
    @Override
    public void close() {}

    /** What was read once is read again only if it is another one. */
    private Revision head(RevisionRows rows) {
        for (int i = 1; ; i++) {
            var head = rows.head();
            var present = known;
            if (present != null && present.etag().equals(head.etag())) {
                return present;
            }
            try {
                var read = rows.newest(head);
                known = read;
                return read;
            } catch (StoreException e) {
                // Outside of a transaction, so many others may have come first that it was tidied away already.
                if (i == READS_MAX || rows.head().equals(head)) {
                    throw e;
                }
            }
        }
    }

    /** Without a transaction: in SQLite, each one waits for those who write. */
    private <T> T read(Function<Handle, T> access) {
        return guarded(() -> jdbi.withHandle(access::apply));
    }

    private <T> T changed(Function<Handle, T> access) {
        return guarded(() -> jdbi.inTransaction(access::apply));
    }

    private static <T> T guarded(Supplier<T> access) {
        try {
            return access.get();
        } catch (JdbiException | UnavailableException e) {
            throw new StoreException(
                    Problem.UNAVAILABLE, "the database could not be read or written: " + e.getMessage(), e);
        }
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException("name: '" + name + "' (expected: letters, digits and hyphens)");
        }
        return name;
    }
}
