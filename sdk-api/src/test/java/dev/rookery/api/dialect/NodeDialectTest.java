package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.node.Capability;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NodeDialectTest {

    @Test
    void tellsTheDialectsApartByTheirHeaders() {
        assertThat(NodeDialect.detect(
                        headers(Map.of("User-Agent", "Pelican Wings/v1.2.3 (id:abc)", "X-Request-Id", "1"))))
                .isEqualTo(Dialect.PELICAN);
        assertThat(NodeDialect.detect(headers(Map.of("X-Request-Id", "1")))).isEqualTo(Dialect.PTERODACTYL);
        assertThat(NodeDialect.detect(headers(Map.of()))).isEqualTo(Dialect.CALAGOPUS);
    }

    @Test
    void noticesThatANodeHasBeenReplaced() {
        var pelican = headers(Map.of("User-Agent", "Pelican Wings/v1.2.3 (id:abc)"));

        assertThat(NodeDialect.of(Dialect.PTERODACTYL).contradicts(200, pelican))
                .isTrue();
        assertThat(NodeDialect.of(Dialect.CALAGOPUS).contradicts(200, headers(Map.of("X-Request-Id", "1"))))
                .isTrue();
        assertThat(NodeDialect.of(Dialect.PELICAN).contradicts(502, headers(Map.of())))
                .as("a proxy's answer")
                .isFalse();
    }

    @Test
    void knowsWhatEachDialectHas() {
        assertThat(NodeDialect.of(Dialect.PELICAN).capabilities())
                .contains(Capability.UTILIZATION, Capability.BACKUPS, Capability.INSTALL)
                .doesNotContain(Capability.ABORT_INSTALL, Capability.NUMBERED_CONSOLE);
        assertThat(NodeDialect.of(Dialect.PTERODACTYL).capabilities())
                .contains(Capability.BACKUPS, Capability.MACHINE_DETAILS)
                .doesNotContain(Capability.UTILIZATION, Capability.INSTALL_LOG, Capability.FILE_SEARCH);
        assertThat(NodeDialect.of(Dialect.CALAGOPUS).capabilities())
                .contains(Capability.ABORT_INSTALL, Capability.FILE_SEARCH, Capability.INSTALL_LOG)
                .doesNotContain(Capability.INSTALL, Capability.MACHINE_DETAILS, Capability.DIAGNOSTICS);
        assertThat(NodeDialect.of(Dialect.NEXUS).capabilities()).isEmpty();
    }

    /** Node API §2.0: 46 routes in Pelican, 37 in Pterodactyl. */
    @Test
    void hasEveryRouteOfTheIndex() {
        // The two forms of /api/system are one route.
        assertThat(distinctRoutes(Dialect.PELICAN)).isEqualTo(46);
        assertThat(distinctRoutes(Dialect.PTERODACTYL)).isEqualTo(37);
        assertThat(distinctRoutes(Dialect.NEXUS))
                .as("reading and listing are one")
                .isEqualTo(6);
    }

    private static long distinctRoutes(Dialect dialect) {
        return Arrays.stream(NodeCall.values())
                .flatMap(call -> NodeDialect.of(dialect).route(call).stream())
                .distinct()
                .count();
    }

    private static Function<String, Optional<String>> headers(Map<String, String> headers) {
        return name -> Optional.ofNullable(headers.get(name));
    }
}
