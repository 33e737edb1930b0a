package dev.rookery.proxy.internal.apply;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends this process, as kill -9 does, before or after one of the calls to the parts it is put over. Thread-safe. */
final class Doom {

    private static final int KILLED = 137;

    private final int at;
    private final AtomicInteger steps = new AtomicInteger();

    /** Ends at this step, from 1; never at 0. */
    Doom(int at) {
        this.at = at;
    }

    <T> T over(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            step();
            try {
                return method.invoke(part, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                step();
            }
        }));
    }

    private void step() {
        if (steps.incrementAndGet() == at) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
