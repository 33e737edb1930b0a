package dev.rookery.examples.panel.sql;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Runs each transaction as if it were alone, and again where another panel came first: its checks then see what the other one did.
 * Nothing but statements happens in a transaction, so it may be repeated.
 */
final class RepeatedTransactions extends DelegatingTransactionHandler {

    private static final int ATTEMPTS = 30;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    /** Could not be serialized; deadlock; somebody else took what is unique, or removed what is referred to. */
    private static final Set<String> CAME_SECOND = Set.of("40001", "40P01", "23505", "23503");

    RepeatedTransactions() {
        this(LocalTransactionHandler.binding());
    }

    private RepeatedTransactions(TransactionHandler delegate) {
        super(delegate);
    }

    @Override
    public TransactionHandler specialize(Handle handle) throws SQLException {
        return new RepeatedTransactions(getDelegate().specialize(handle));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the method that is overridden
    public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> callback) throws X {
        for (int attempt = 1; ; attempt++) {
            try {
                return getDelegate().inTransaction(handle, TransactionIsolationLevel.SERIALIZABLE, callback);
            } catch (RuntimeException e) {
                if (attempt >= ATTEMPTS || !cameSecond(e) || !rested(attempt)) {
                    throw e;
                }
            }
        }
    }

    private static boolean cameSecond(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CAME_SECOND.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** Waits for a moment, longer each time; says whether it was not interrupted. */
    private static boolean rested(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, Math.min(4 * attempt, LONGEST_PAUSE_MILLIS)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
