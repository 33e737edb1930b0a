package dev.rookery.daemon.internal.node;

import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.ServerEvent;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * Tells the servers that what runs their processes is away or back, so that no end of a process is taken for a crash that was the end of
 * the engine; and passes on the rest. Called from one thread at a time.
 */
final class EngineNews implements EnvironmentListener {

    private final NodeRuntime runtime;

    EngineNews(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void exited(String id) {
        runtime.services().processes().exited(id);
    }

    @Override
    public void lost(String reason) {
        var now = runtime.services().clock().instant();
        tell(server -> new ServerEvent.EngineLost(now));
    }

    @Override
    public void back(List<ProcessSummary> processes, boolean sameProcesses) {
        var running = new HashSet<String>();
        for (var process : processes) {
            if (process.running()) {
                running.add(process.id());
            }
        }
        // Before anybody looks what has ended: it is what they find that is to be judged.
        tell(server -> new ServerEvent.EngineBack(!sameProcesses
                && server.runningProcess().filter(id -> !running.contains(id)).isPresent()));
        runtime.services().processes().back(processes, sameProcesses);
    }

    private void tell(Function<ManagedServer, ServerEvent> event) {
        for (var server : runtime.servers()) {
            server.tell(event.apply(server));
        }
    }
}
