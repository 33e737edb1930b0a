package dev.rookery.testing.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Several threads that want the same at the same time. */
final class Race {

    private Race() {}

    /** What each of them does. */
    interface Racer<T> {
        T run(int number) throws Exception;
    }

    /** Runs them and returns what each got, in the order of their numbers. */
    static <T> List<T> of(int racers, Racer<T> racer) {
        var pool = Executors.newFixedThreadPool(racers);
        try {
            var calls = new ArrayList<Callable<T>>();
            for (int i = 0; i < racers; i++) {
                int number = i;
                calls.add(() -> racer.run(number));
            }
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a racer failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
