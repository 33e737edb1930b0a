package dev.rookery.panel;

import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ScheduleStore;
import dev.rookery.panel.spi.ServerStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A real store behind a process that halts at its n-th step: every store call has a step before and one after it. */
final class HaltingStore implements PanelStore {

    private final PanelStore store;
    private final Halt halt;

    HaltingStore(PanelStore store, Halt halt) {
        this.store = store;
        this.halt = halt;
    }

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
    public ScheduleStore schedules() {
        return halting(ScheduleStore.class, store.schedules());
    }

    private <T> T halting(Class<T> type, T part) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            halt.step();
            try {
                var result = method.invoke(part, args);
                halt.step();
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /** Counts steps and ends the process at one of them; after that nothing of it runs any more. */
    static final class Halt {

        private final int at;
        private int steps;

        Halt(int at) {
            this.at = at;
        }

        void step() {
            steps++;
            if (steps >= at) {
                throw new Halted();
            }
        }

        boolean happened() {
            return steps >= at;
        }
    }

    /** The process is gone. */
    static final class Halted extends Error {
        private static final long serialVersionUID = 1L;
    }
}
