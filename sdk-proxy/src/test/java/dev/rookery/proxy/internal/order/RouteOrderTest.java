package dev.rookery.proxy.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.Reject;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RouteOrderTest {

    @Test
    void goesByPriorityAndPathWhateverOtherNamesARouteHas() {
        var all = route("all", List.of("a.example.net", "shared.example.net"), List.of());
        var part = route("part", List.of("b.example.net", "shared.example.net"), List.of(PathMatch.prefix("/part")));

        assertThat(RouteOrder.on(Listener.PLAIN, List.of(all, part)))
                .extracting(Emission::id)
                .containsExactly("part", "all");
    }

    @Test
    void asksHostsBeforeWildcardsWhateverThePriority() {
        var wildcard = HttpRoute.builder("wildcard", new Reject(OptionalInt.empty()))
                .exposure(Exposure.PLAIN_HTTP)
                .addDomains("*.example.net", "c.example.net")
                .priority(1000)
                .build();
        var host = route("host", List.of("a.example.net"), List.of());

        assertThat(RouteOrder.on(Listener.PLAIN, List.of(wildcard, host)))
                .extracting(Emission::id)
                .containsExactly("wildcard", "host", "wildcard~w");
    }

    private static HttpRoute route(String id, List<String> domains, List<PathMatch> paths) {
        return HttpRoute.builder(id, new Reject(OptionalInt.empty()))
                .exposure(Exposure.PLAIN_HTTP)
                .domains(domains)
                .paths(paths)
                .build();
    }
}
