package dev.rookery.proxy.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.engine.MatchingModel;
import dev.rookery.proxy.engine.RandomNames;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of routes in each other's way is compared with which requests they really have in common. */
class ConflictModelTest {

    private static final int ROUNDS = 2_000;
    private static final Set<String> NEVER_ASKED = Set.of("ROUTE_DUPLICATE", "PATH_SHADOWED");

    @Test
    void saysOfEachPairOfOneNameWhetherItHasRequestsInCommon() {
        long seed = new Random().nextLong();
        System.out.println("routes in each other's way: seed " + seed);
        var random = new RandomNames(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var routes = random.routes();
            var findings = RouteCheck.check(
                    ProxyDocument.builder().addAllRoutes(routes).build(), EngineFeatures.caddy("2.6.2"));
            for (int i = 0; i < routes.size(); i++) {
                for (int j = i + 1; j < routes.size(); j++) {
                    pair(routes.get(i), routes.get(j), findings, "seed " + seed + RandomNames.shown(routes));
                }
            }
        }
    }

    private static void pair(HttpRoute one, HttpRoute other, List<Finding> findings, String shown) {
        if (!one.enabled() || !other.enabled()) {
            return;
        }
        var names = new HashSet<>(one.domains());
        names.retainAll(other.domains());
        if (names.isEmpty()) {
            return;
        }
        var said = findings.stream()
                .filter(finding -> about(finding, one, other) || about(finding, other, one))
                .toList();
        boolean common = RandomNames.PATHS.stream()
                .anyMatch(path -> MatchingModel.fits(one, path) && MatchingModel.fits(other, path));
        if (common && !decided(one, other)) {
            assertThat(said).as("%s and %s of %s", one.id(), other.id(), shown).isNotEmpty();
        }
        for (var finding : said) {
            if (NEVER_ASKED.contains(finding.code())) {
                boolean first = finding.route().orElseThrow().equals(one.id());
                var never = first ? one : other;
                var before = first ? other : one;
                assertThat(RandomNames.PATHS)
                        .as("%s of %s", finding, shown)
                        .noneMatch(path -> MatchingModel.fits(never, path) && !MatchingModel.fits(before, path));
            }
        }
    }

    /** What expressions have in common is not known for certain: whoever gave priorities has decided already. */
    private static boolean decided(HttpRoute one, HttpRoute other) {
        return one.priority() != other.priority()
                && Stream.of(one, other)
                        .anyMatch(
                                route -> route.paths().stream().anyMatch(path -> path.kind() == PathMatch.Kind.REGEX));
    }

    private static boolean about(Finding finding, HttpRoute one, HttpRoute other) {
        return finding.route().filter(one.id()::equals).isPresent()
                && finding.message().matches(".*route " + other.id() + "\\b.*");
    }
}
