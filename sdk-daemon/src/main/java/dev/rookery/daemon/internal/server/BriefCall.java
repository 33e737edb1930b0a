package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.UnavailableException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives a call to the engine less time than the environment would: somebody waits for it who has to be told. */
final class BriefCall {

    /** The longest first try; with it, whoever asked for a kill has an answer within two seconds. */
    static final Duration FIRST_TRY = Duration.ofMillis(1500);

    private BriefCall() {}

    /** Makes the call; it fails when the time is over. */
    static void run(NodeServices services, Duration longest, Consumer<CancelSignal> call) {
        var cancel = CancelSignal.create();
        var end = schedule(services, longest, cancel);
        try {
            call.accept(cancel);
        } catch (UnavailableException e) {
            if (cancel.cancelled()) {
                throw new DeadlineException(
                        "the container engine has not answered within " + longest.toMillis() + " ms", e);
            }
            throw e;
        } finally {
            if (end != null) {
                end.cancel(false);
            }
        }
    }

    private static @Nullable Future<?> schedule(NodeServices services, Duration longest, CancelSignal cancel) {
        try {
            return services.timer()
                    .schedule(
                            () -> services.threads().execute(cancel::cancel),
                            longest.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ignored) {
            // The daemon is closing, which ends the call too.
            return null;
        }
    }
}
