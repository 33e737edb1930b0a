package dev.rookery.proxy.internal.apply;

import dev.rookery.kit.Backoff;
import dev.rookery.proxy.internal.Sha256;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What is remembered of a certificate, also over restarts: an authority that has refused too often refuses for a week, and nobody wants to be told of one
 * end twice.
 *
 * @param name under which it is kept
 * @param print of the certificate that it is about; empty if there was none
 * @param told the time before its end, in seconds, that somebody was told of last; -1 if nobody was told
 * @param failures how many tries to get another one failed, one after the other
 * @param asked whether the authority was asked at the last of them
 * @param said why that failed
 * @param at when that was
 */
record CertificateNote(String name, String print, long told, long failures, boolean asked, String said, Instant at) {

    private static final Backoff REFUSED = Backoff.of(Duration.ofMinutes(15), 2, Duration.ofHours(24), 0);
    private static final Backoff UNAVAILABLE = Backoff.of(Duration.ofMinutes(1), 2, Duration.ofMinutes(15), 0);
    private static final int NAME_DIGITS = 24;

    /** Returns what is remembered of a file. */
    static CertificateNote of(RouteStore store, String engine, Path file) {
        var digest = Sha256.of((engine + "\n" + file).getBytes(StandardCharsets.UTF_8));
        var name = "certificate-" + digest.substring(0, NAME_DIGITS);
        return store.stage(name)
                .map(state -> new CertificateNote(
                        name,
                        state.digest(),
                        state.marker() - 1,
                        state.tried(),
                        state.outcome() == StageState.Outcome.FAILED,
                        state.said(),
                        state.at()))
                .orElseGet(() -> new CertificateNote(name, "", -1, 0, false, "", Instant.EPOCH));
    }

    /** Keeps it. No revision is meant by its numbers. */
    void keep(RouteStore store) {
        var outcome = failures == 0
                ? StageState.Outcome.DONE
                : asked ? StageState.Outcome.FAILED : StageState.Outcome.WAITING;
        store.keep(new StageState(name, 0, told + 1, failures, outcome, said, at, print));
    }

    /** Returns when somebody may be asked again. */
    Instant nextAt() {
        return failures == 0
                ? Instant.EPOCH
                : at.plus((asked ? REFUSED : UNAVAILABLE).pauseAfter((int) Math.min(failures, 100)));
    }

    /** Returns the same after another failure. */
    CertificateNote failed(boolean authority, String reason, Instant now) {
        return new CertificateNote(name, print, told, failures + 1, authority, reason, now);
    }

    /** Returns the same about a certificate that is as good as the one before: what failed before counts. */
    CertificateNote withPrint(String present) {
        return new CertificateNote(name, present, told, failures, asked, said, at);
    }

    /** Returns the same after somebody was told. */
    CertificateNote told(long seconds) {
        return new CertificateNote(name, print, seconds, failures, asked, said, at);
    }

    /** Returns what is to be remembered of the certificate that is there now: of another one, nothing yet. */
    CertificateNote about(String present, Instant now) {
        return print.equals(present) ? this : new CertificateNote(name, present, -1, 0, false, "", now);
    }
}
