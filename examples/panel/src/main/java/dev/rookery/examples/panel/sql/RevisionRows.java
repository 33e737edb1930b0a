package dev.rookery.examples.panel.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Revisions, within one transaction. */
record RevisionRows(Handle handle) {

    private static final int FORM = 1;
    private static final int LAST = 50;
    private static final Duration DAILY_FOR = Duration.ofDays(90);

    /**
     * Which revision is the newest.
     *
     * @param number of it
     * @param etag of it
     */
    record Head(long number, String etag) {}

    private record Saved(long number, long at) {}

    /** Returns what is said to be the newest. In one statement: somebody may save the first revision between two. */
    Head head() {
        return handle.select("SELECT form, number, etag FROM proxy_head"
                        + " UNION ALL SELECT 0, 0, '' WHERE NOT EXISTS (SELECT 1 FROM proxy_head)"
                        + " AND EXISTS (SELECT 1 FROM proxy_revisions)")
                .map((row, context) -> head(row.getInt("form"), row.getLong("number"), row.getString("etag")))
                .findOne()
                .orElseGet(() -> new Head(0, Revision.NONE.etag()));
    }

    private static Head head(int form, long number, String etag) {
        if (form > FORM) {
            throw new StoreException(
                    Problem.NEWER, "a newer version keeps these routes (expected: form " + FORM + " or older)");
        }
        if (form == 0) {
            throw new StoreException(Problem.BROKEN, "it is lost which revision is the newest (expected: recover)");
        }
        return new Head(number, etag);
    }

    /** Returns the newest revision. */
    Revision newest(Head head) {
        if (head.number() == 0) {
            return Revision.NONE;
        }
        var revision = read(head.number())
                .orElseThrow(() -> new StoreException(
                        Problem.BROKEN, "revision " + head.number() + " is missing (expected: recover)"));
        if (!revision.etag().equals(head.etag())) {
            throw new StoreException(
                    Problem.BROKEN, "revision " + head.number() + " is not what was saved (expected: recover)");
        }
        return revision;
    }

    /** Returns a revision that is not the newest. */
    Optional<Revision> find(long number) {
        var found = read(number);
        boolean other = found.isPresent()
                && previousOf(number + 1)
                        .filter(before -> !before.equals(found.get().etag()))
                        .isPresent();
        if (other) {
            throw new StoreException(
                    Problem.BROKEN, "revision " + number + " is not what the next one says that was before it");
        }
        return found;
    }

    /** Lists revisions. What cannot be read is left out: it is no reason not to show the others. */
    List<RevisionHeader> headers(long before, int limit) {
        long newest = head().number();
        var headers = new ArrayList<RevisionHeader>();
        var rows = handle.createQuery("SELECT head FROM proxy_revisions WHERE number < :before AND number <= :newest"
                        + " ORDER BY number DESC LIMIT :limit")
                .bind("before", before)
                .bind("newest", newest)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
        for (var row : rows) {
            try {
                headers.add(RevisionHeader.fromBytes((row + "\n").getBytes(UTF_8)));
            } catch (StoreException ignored) {
                // Whoever asks for it is told.
            }
        }
        return headers;
    }

    /** Saves a revision behind the head. That somebody else does so at the same moment ends the transaction of one of both. */
    void append(Revision head, Revision next) {
        int moved = head.number() == 0
                ? handle.execute(
                        "INSERT INTO proxy_head (id, form, number, etag) VALUES (1, ?, ?, ?)",
                        FORM,
                        next.number(),
                        next.etag())
                : handle.execute(
                        "UPDATE proxy_head SET number = ?, etag = ? WHERE etag = ?",
                        next.number(),
                        next.etag(),
                        head.etag());
        if (moved != 1) {
            throw new StoreException(Problem.STALE, "another revision was saved meanwhile (expected: to try again)");
        }
        write(next);
    }

    /** Removes what nobody wants to go back to any more: neither people nor an engine that is behind. */
    void thin(Revision newest) {
        var days = new HashSet<LocalDate>();
        var oldest = newest.note().at().minus(DAILY_FOR);
        int place = 0;
        for (var saved : saved()) {
            var at = Instant.ofEpochMilli(saved.at());
            boolean ofItsDay = days.add(at.atZone(ZoneOffset.UTC).toLocalDate()) && !at.isBefore(oldest);
            place++;
            if (place > LAST && !ofItsDay) {
                handle.execute(
                        "DELETE FROM proxy_revisions WHERE number = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM proxy_stages WHERE revision = ?)",
                        saved.number(),
                        saved.number());
            }
        }
    }

    private List<Saved> saved() {
        return handle.select("SELECT number, saved_at FROM proxy_revisions ORDER BY number DESC")
                .map((row, context) -> new Saved(row.getLong("number"), row.getLong("saved_at")))
                .list();
    }

    /** Saves anew the newest document that can be read, behind all that is there. */
    Revision recover(ChangeNote note) {
        var all = saved();
        var whole = all.stream()
                .flatMap(saved -> whole(saved.number()).stream())
                .findFirst()
                .orElse(Revision.NONE);
        long number = all.stream().mapToLong(Saved::number).max().orElse(0) + 1;
        var behind = new Revision(number - 1, whole.etag(), "", whole.note(), whole.document());
        var next = behind.next(whole.document(), note);
        handle.execute("DELETE FROM proxy_head");
        handle.execute(
                "INSERT INTO proxy_head (id, form, number, etag) VALUES (1, ?, ?, ?)",
                FORM,
                next.number(),
                next.etag());
        write(next);
        return next;
    }

    private Optional<Revision> whole(long number) {
        try {
            return read(number);
        } catch (StoreException e) {
            if (e.problem() != Problem.BROKEN) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void write(Revision revision) {
        var text = new String(revision.toBytes(), UTF_8);
        int end = text.indexOf('\n');
        handle.createUpdate("INSERT INTO proxy_revisions (number, saved_at, head, document)"
                        + " VALUES (:number, :at, :head, :document)")
                .bind("number", revision.number())
                .bind("at", revision.note().at().toEpochMilli())
                .bind("head", text.substring(0, end))
                .bind("document", text.substring(end + 1, text.length() - 1))
                .execute();
    }

    /** Returns which etag a revision says that the one before it has; empty if there is no such revision, or it does not say so. */
    private Optional<String> previousOf(long number) {
        return handle.select("SELECT head FROM proxy_revisions WHERE number = ?", number)
                .mapTo(String.class)
                .findOne()
                .map(Rows::texts)
                .map(line -> line.get("previous"));
    }

    private Optional<Revision> read(long number) {
        try {
            var found = handle.select("SELECT head, document FROM proxy_revisions WHERE number = ?", number)
                    .map((row, context) -> Revision.fromBytes(
                            (row.getString("head") + "\n" + row.getString("document") + "\n").getBytes(UTF_8)))
                    .findOne();
            found.filter(revision -> revision.number() != number).ifPresent(revision -> {
                throw new StoreException(Problem.BROKEN, "it is revision " + revision.number());
            });
            return found;
        } catch (StoreException e) {
            throw new StoreException(e.problem(), "revision " + number + ": " + e.getMessage(), e);
        }
    }
}
