package dev.rookery.testing.panel;

import dev.rookery.panel.spi.ActivityStore;
import dev.rookery.panel.spi.BackupStore;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.ObjectStore;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ScheduleStore;
import dev.rookery.panel.spi.ServerStore;
import dev.rookery.panel.spi.TransferStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a panel's process between two of its steps; after that nothing of it runs any more. A step is whatever changes something: in the
 * store, on a node, in an object store. What only reads makes no difference to what is left behind.
 */
final class Halt {

    private static final Set<String> READS = Set.of(
            "find",
            "findByTokenId",
            "findByShortId",
            "list",
            "allocations",
            "awaited",
            "latest",
            "running",
            "sign",
            "download");

    private final AtomicInteger steps = new AtomicInteger();
    private final ThreadLocal<Boolean> inStore = ThreadLocal.withInitial(() -> false);
    private volatile int at;

    /**
     * Creates a process that ends before a step.
     *
     * @param at which one, from 1; {@link Integer#MAX_VALUE} for none
     */
    Halt(int at) {
        this.at = at;
    }

    /** The process is gone. */
    static final class Halted extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** From the next step on the process is gone. */
    void now() {
        at = 0;
    }

    boolean happened() {
        return steps.get() >= at;
    }

    void step() {
        if (steps.incrementAndGet() >= at) {
            throw new Halted();
        }
    }

    /** A step on a node, which must not happen within a call of the store: that would be within a transaction. */
    void outside() {
        if (inStore.get()) {
            throw new IllegalStateException("a node was called while the store was at work");
        }
        step();
    }

    PanelStore over(PanelStore store) {
        return new PanelStore() {
            @Override
            public NodeStore nodes() {
                return halting(NodeStore.class, store.nodes());
            }

            @Override
            public EggStore eggs() {
                return halting(EggStore.class, store.eggs());
            }

            @Override
            public ServerStore servers() {
                return halting(ServerStore.class, store.servers());
            }

            @Override
            public OperationStore operations() {
                return halting(OperationStore.class, store.operations());
            }

            @Override
            public BackupStore backups() {
                return halting(BackupStore.class, store.backups());
            }

            @Override
            public TransferStore transfers() {
                return halting(TransferStore.class, store.transfers());
            }

            @Override
            public ScheduleStore schedules() {
                return halting(ScheduleStore.class, store.schedules());
            }

            @Override
            public ActivityStore activity() {
                return halting(ActivityStore.class, store.activity());
            }
        };
    }

    ObjectStore over(ObjectStore objects) {
        return halting(ObjectStore.class, objects);
    }

    private <T> T halting(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (!READS.contains(method.getName())) {
                step();
            } else if (happened()) {
                throw new Halted();
            }
            boolean store = part instanceof ObjectStore ? inStore.get() : true;
            inStore.set(store);
            try {
                return method.invoke(part, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                inStore.set(false);
            }
        }));
    }
}
