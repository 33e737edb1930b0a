package dev.rookery.proxy.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.FileCloud;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.store.RouteStore;
import java.util.stream.Collectors;

/** Store, engine and cloud have the same. */
final class Converged {

    private Converged() {}

    static void check(RouteStore store, FileEngine engine, FileCloud cloud) {
        var document = store.head().document();
        var running = engine.running();
        assertThat(running.is(engine.candidate(document, running.content().revision())))
                .as("the engine runs revision %s: %s", store.head().number(), running.guard())
                .isTrue();
        assertThat(engine.boots()).as("what it starts with").isEqualTo(running.guard());
        assertThat(cloud.told())
                .isEqualTo(document.routes().stream()
                        .map(route -> route.id())
                        .sorted()
                        .collect(Collectors.joining(" ")));
    }
}
