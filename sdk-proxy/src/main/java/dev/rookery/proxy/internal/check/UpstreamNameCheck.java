package dev.rookery.proxy.internal.check;

import dev.rookery.kit.NamedThreads;
import dev.rookery.kit.net.AddressBlock;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.UpstreamNames;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Discovery;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Looks up the names that routes lead to by a change: an address that is refused is no better for having a name. */
public final class UpstreamNameCheck {

    private static final int THREADS = 16;
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final UpstreamNames names;
    private final Set<String> allowedNames;
    private final List<AddressBlock> allowed;
    private final Findings found = new Findings();

    private UpstreamNameCheck(ProxyDocument document, UpstreamNames names) {
        this.names = names;
        allowedNames = Set.copyOf(document.settings().allowedUpstreams());
        allowed = Scope.allowed(document.settings());
    }

    /** Returns what is wrong with where names lead that routes in use have, but did not have before. */
    public static List<Finding> check(ProxyDocument before, ProxyDocument document, UpstreamNames names) {
        var places = new LinkedHashMap<String, List<Findings>>();
        var check = new UpstreamNameCheck(document, names);
        collect(
                check.found,
                document,
                (name, place) ->
                        places.computeIfAbsent(name, any -> new ArrayList<>()).add(place));
        if (places.isEmpty()) {
            return List.of();
        }
        collect(new Findings(), before, (name, place) -> places.remove(name));
        places.keySet().removeAll(check.allowedNames);
        check.lookUp(places);
        return check.found.all();
    }

    private static void collect(Findings found, ProxyDocument document, BiConsumer<String, Findings> names) {
        for (int i = 0; i < document.routes().size(); i++) {
            var route = document.routes().get(i);
            if (route.enabled()) {
                collect(found.at("routes", i).of(route.id()), route, names);
            }
        }
        for (int i = 0; i < document.l4Routes().size(); i++) {
            var route = document.l4Routes().get(i);
            for (int j = 0; route.enabled() && j < route.upstreams().size(); j++) {
                var place = found.at("l4Routes", i).of(route.id()).at("upstreams", j);
                name(route.upstreams().get(j).host(), place.at("host"), names);
            }
        }
    }

    private static void collect(Findings place, HttpRoute route, BiConsumer<String, Findings> names) {
        if (route.action() instanceof ProxyTo proxy) {
            var action = place.at("action");
            for (int i = 0; i < proxy.upstreams().size(); i++) {
                name(proxy.upstreams().get(i), action.at("upstreams", i), names);
            }
            proxy.discovery()
                    .filter(discovery -> discovery.kind() == Discovery.Kind.ADDRESS)
                    .ifPresent(discovery ->
                            name(discovery.name(), action.at("discovery").at("name"), names));
        }
        for (int i = 0; i < route.auth().size(); i++) {
            if (route.auth().get(i) instanceof ForwardAuth forward) {
                name(forward.service(), place.at("auth", i).at("service"), names);
            }
        }
    }

    private static void name(Upstream upstream, Findings place, BiConsumer<String, Findings> names) {
        if (upstream.scheme() != Upstream.Scheme.UNIX) {
            name(upstream.host(), place.at("host"), names);
        }
    }

    private static void name(String host, Findings place, BiConsumer<String, Findings> names) {
        if (UpstreamCheck.isName(host)) {
            names.accept(host.toLowerCase(Locale.ROOT), place);
        }
    }

    private void lookUp(Map<String, List<Findings>> places) {
        if (places.isEmpty()) {
            return;
        }
        var asked = List.copyOf(places.keySet());
        var threads = Executors.newFixedThreadPool(
                Math.min(THREADS, asked.size()), NamedThreads.waiting("proxy-upstream-names"));
        try {
            var tasks = asked.stream()
                    .map(name -> (Callable<List<InetAddress>>) () -> names.addresses(name))
                    .toList();
            var answers = threads.invokeAll(tasks, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < asked.size(); i++) {
                var name = asked.get(i);
                judge(name, answers.get(i), places.getOrDefault(name, List.of()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Whoever still waits for a DNS server ends with its answer.
            threads.shutdownNow();
        }
    }

    private void judge(String name, Future<List<InetAddress>> answer, List<Findings> places) {
        var unresolved = "host '" + Shown.of(name) + "' has no address here";
        try {
            var forbidden = forbidden(answer.get());
            forbidden.ifPresent(
                    address -> places.forEach(
                            place -> place.error(
                                    "UPSTREAM_FORBIDDEN",
                                    "host '" + Shown.of(name) + "' is " + address.getHostAddress()
                                            + ", which leads to the proxy's own machine or link (expected: another one, or the name in allowedUpstreams of the settings)")));
        } catch (CancellationException e) {
            places.forEach(place -> place.warning(
                    "UPSTREAM_UNRESOLVED", unresolved + ": no answer within " + LIMIT.toSeconds() + " s"));
        } catch (ExecutionException e) {
            places.forEach(place -> place.warning("UPSTREAM_UNRESOLVED", unresolved + " (expected: one that exists)"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<InetAddress> forbidden(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> UpstreamCheck.forbidden(address, allowed))
                .findFirst();
    }
}
