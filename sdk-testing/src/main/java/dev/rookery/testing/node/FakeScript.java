package dev.rookery.testing.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the next calls of a {@link FakeNode} shall do instead of what the node would do. Each step holds for one call of its method, on
 * whichever server it is made; several steps of a method are taken in order. Thread-safe.
 *
 * <pre>{@code
 * node.script().on(NodeFiles.class, "list").fails(new UnavailableException("not now"));
 * node.script().on(Node.class, "servers").delays(Duration.ofSeconds(2));
 * }</pre>
 */
public final class FakeScript {

    private final Map<String, Deque<Act>> acts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    FakeScript() {}

    /** What one call does. */
    private record Act(
            Duration delay,
            @Nullable RookeryException failure,
            @Nullable Object answer,
            boolean answers) {}

    /**
     * Returns a step for the next call of a method that no other step waits for.
     *
     * @param port the interface, such as {@code NodeFiles.class}
     * @param method the method's name
     * @throws InvalidInputException if the interface has no such method
     */
    public Step on(Class<?> port, String method) {
        requireNonNull(method, "method");
        if (Arrays.stream(port.getMethods())
                .noneMatch(candidate -> candidate.getName().equals(method))) {
            throw new InvalidInputException(
                    "method: '" + method + "' (expected: a method of " + port.getSimpleName() + ")");
        }
        return new Step(key(port, method));
    }

    /** Returns how often a method was called so far. */
    public int calls(Class<?> port, String method) {
        var count = calls.get(key(port, method));
        return count == null ? 0 : count.get();
    }

    /** A step that is not yet decided. */
    public final class Step {

        private final String key;

        private Step(String key) {
            this.key = key;
        }

        /** Makes the call fail. */
        public void fails(RookeryException failure) {
            add(new Act(Duration.ZERO, requireNonNull(failure, "failure"), null, false));
        }

        /**
         * Makes the call return a value; the node itself does nothing.
         *
         * @param answer the value; null for a method without one
         */
        public void answers(@Nullable Object answer) {
            add(new Act(Duration.ZERO, null, answer, true));
        }

        /** Makes the call wait before it does what it always does. It fails at its deadline, or when it is cancelled, like any other. */
        public void delays(Duration delay) {
            add(new Act(requireNonNull(delay, "delay"), null, null, false));
        }

        private void add(Act act) {
            acts.computeIfAbsent(key, name -> new ArrayDeque<>());
            acts.computeIfPresent(key, (name, waiting) -> {
                waiting.add(act);
                return waiting;
            });
        }
    }

    /** Makes one call, or what the script has for it. */
    @SuppressWarnings({"unchecked", "NullAway"}) // The answer is the test's own, null for methods without one.
    <T> T call(Class<?> port, String method, CallOptions options, Supplier<T> otherwise) {
        var key = key(port, method);
        calls.computeIfAbsent(key, name -> new AtomicInteger()).incrementAndGet();
        var act = next(key);
        if (act == null) {
            return otherwise.get();
        }
        await(act.delay(), options);
        if (act.failure() != null) {
            throw act.failure();
        }
        return act.answers() ? (T) act.answer() : otherwise.get();
    }

    /** Returns the port with this script before it. */
    <T> T over(Class<T> port, CallOptions options, T target) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> {
                    var args = given == null ? new Object[0] : given;
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(target, args);
                    }
                    return call(port, method.getName(), options, () -> {
                        try {
                            method.setAccessible(true);
                            return method.invoke(target, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() instanceof RuntimeException failure
                                    ? failure
                                    : new IllegalStateException(e.getCause());
                        } catch (IllegalAccessException e) {
                            throw new IllegalStateException("an interface's methods are public", e);
                        }
                    });
                }));
    }

    private @Nullable Act next(String key) {
        var taken = new Act[1];
        acts.computeIfPresent(key, (name, waiting) -> {
            taken[0] = waiting.poll();
            return waiting;
        });
        return taken[0];
    }

    private static void await(Duration delay, CallOptions options) {
        if (delay.isZero()) {
            return;
        }
        var cancelled = new CountDownLatch(1);
        var registration = options.cancel().map(signal -> signal.onCancel(cancelled::countDown));
        var deadline = options.deadline().filter(limit -> limit.compareTo(delay) < 0);
        try {
            if (cancelled.await(deadline.orElse(delay).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("the call was cancelled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        } finally {
            registration.ifPresent(taken -> taken.close());
        }
        deadline.ifPresent(limit -> {
            throw new DeadlineException("not answered within " + limit);
        });
    }

    private static String key(Class<?> port, String method) {
        return port.getSimpleName() + "." + method;
    }
}
