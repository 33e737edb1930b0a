package dev.rookery.proxy.internal.apply;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Ends a process before or after one of the calls by which it changes something; after that nothing of it runs any more. */
final class Halts {

    private static final Set<String> CHANGES = Set.of("commit", "keep", "apply", "restore", "sync");

    private final int at;
    private int steps;

    /** Ends before this step, from 1. */
    Halts(int at) {
        this.at = at;
    }

    /** The process is gone. */
    static final class Halted extends Error {
        private static final long serialVersionUID = 1L;
    }

    boolean happened() {
        return steps >= at;
    }

    <T> T over(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            boolean change = CHANGES.contains(method.getName());
            step(change);
            try {
                return method.invoke(part, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                step(change);
            }
        }));
    }

    private void step(boolean change) {
        if (change) {
            steps++;
        }
        if (happened()) {
            throw new Halted();
        }
    }
}
