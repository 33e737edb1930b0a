package dev.rookery.proxy.internal.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What is kept of one binding.
 *
 * @param wish what is wanted; only the newest
 * @param ended whether the binding is none of the document any more
 * @param state what happens next
 * @param doneRevision the revision that was reached last
 * @param attempts how many tries have failed in a row
 * @param nextAt when it is looked at next, in milliseconds
 * @param error why the last try failed
 * @param report of the last try that went through
 * @param memory what Cloudflare cannot tell
 * @param tokenPrint tells one token from another, and nothing else of it
 * @param drift what others have changed
 * @param journal what was written for the wish, and what was there before
 * @param undo whether that is to be taken back
 */
@Value.Builder
record Entry(
        @JsonProperty("wish") Wish wish,
        @JsonProperty("ended") boolean ended,
        @JsonProperty("state") State state,
        @JsonProperty("doneRevision") OptionalLong doneRevision,
        @JsonProperty("attempts") int attempts,
        @JsonProperty("nextAt") OptionalLong nextAt,
        @JsonProperty("error") Optional<String> error,
        @JsonProperty("report") Optional<CloudflareReport> report,
        @JsonProperty("memory") Memory memory,
        @JsonProperty("tokenPrint") Optional<String> tokenPrint,
        @JsonProperty("drift") List<String> drift,
        @JsonProperty("journal") Optional<Journal> journal,
        @JsonProperty("undo") boolean undo) {

    Entry {
        doneRevision = doneRevision == null ? OptionalLong.empty() : doneRevision;
        nextAt = nextAt == null ? OptionalLong.empty() : nextAt;
        error = error == null ? Optional.empty() : error;
        report = report == null ? Optional.empty() : report;
        memory = memory == null ? Memory.NONE : memory;
        tokenPrint = tokenPrint == null ? Optional.empty() : tokenPrint;
        drift = drift == null ? List.of() : List.copyOf(drift);
        journal = journal == null ? Optional.empty() : journal;
    }

    static Entry of(Wish wish) {
        return new EntryBuilder()
                .wish(wish)
                .ended(false)
                .state(State.PENDING)
                .attempts(0)
                .memory(Memory.NONE)
                .undo(false)
                .build();
    }

    EntryBuilder but() {
        return new EntryBuilder().from(this).drift(drift);
    }

    String id() {
        return wish.binding().id();
    }

    /** Returns whether it is time; one that says it runs was left by whoever ran it. */
    boolean due(Instant now) {
        return switch (state) {
            case PENDING, RUNNING -> true;
            case WAITING, DONE -> nextAt.isPresent() && nextAt.getAsLong() <= now.toEpochMilli();
            case PAUSED, FAILED, UNDONE -> false;
        };
    }

    /**
     * Returns it with another wish. One that asks for nothing else than before changes nothing about when it is tried: whoever repeats a wish during an outage
     * does not have Cloudflare asked more often. What was taken back is done for a later revision that asks for it, too.
     */
    Entry wanting(Wish next, boolean end) {
        if (next.revision() < wish.revision()) {
            return this;
        }
        var changed = but().wish(next).ended(end);
        boolean takenBack = state == State.UNDONE && next.revision() > wish.revision();
        if (end == ended && !takenBack && next.equals(wish.at(next.revision()))) {
            return state == State.DONE ? changed.doneRevision(next.revision()).build() : changed.build();
        }
        return changed.state(State.PENDING)
                .undo(false)
                .attempts(0)
                .nextAt(OptionalLong.empty())
                .build();
    }

    /** Returns it as one whose writes are to be taken back; the same if there are none for what is wanted. */
    Entry undoing() {
        if (journal.filter(one -> one.revision() == wish.revision()).isEmpty()) {
            return this;
        }
        return but().state(State.PENDING)
                .undo(true)
                .attempts(0)
                .nextAt(OptionalLong.empty())
                .build();
    }

    CloudflareStatus status() {
        return new CloudflareStatus(
                id(),
                state,
                wish.revision(),
                doneRevision,
                attempts,
                nextAt.isPresent() ? Optional.of(Instant.ofEpochMilli(nextAt.getAsLong())) : Optional.empty(),
                error,
                report,
                drift);
    }
}
