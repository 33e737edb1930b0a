package dev.rookery.proxy.internal.json;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.kit.net.PublicAddresses;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.Upstream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The upstreams of one route of another program's list. */
final class RoutesFileUpstreams {

    private static final Set<String> KNOWN = Set.of("scheme", "host", "port");
    private static final Set<String> PAST_THE_PROXY = Set.of("ssh", "tcp", "rdp");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final int PORT_MAX = 65_535;

    private final List<Upstream> read = new ArrayList<>();
    private Optional<String> unknown = Optional.empty();
    private boolean foreignScheme;

    RoutesFileUpstreams(String place, @Nullable Json given) {
        if (!(given instanceof Json.Array list)) {
            throw new InvalidInputException("at '" + place + "': no list (expected: a list of upstreams)");
        }
        for (int i = 0; i < list.items().size(); i++) {
            if (!(list.items().get(i) instanceof Json.Obj upstream)) {
                throw new InvalidInputException("at '" + place + "/" + i + "': no object (expected: an upstream)");
            }
            read.add(upstream(place + "/" + i, upstream));
        }
    }

    List<Upstream> read() {
        return read;
    }

    /** Returns a member that has no counterpart, or what was said by one that has. */
    Optional<String> unknown() {
        return unknown;
    }

    /** Returns how the route is reached if one of its upstreams is past the proxy there. */
    Optional<Exposure> past(int port) {
        var past = read.stream()
                .filter(upstream -> foreignScheme || upstream.effectivePort() == port)
                .findFirst();
        return past.map(upstream -> publicAddress(upstream.host()) ? Exposure.DIRECT_DNS : Exposure.TUNNEL_TCP);
    }

    private Upstream upstream(String place, Json.Obj given) {
        given.members().keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> unknown = Optional.of(name));
        if (!(given.members().get("host") instanceof Json.Text host)) {
            throw new InvalidInputException("at '" + place + "/host': no text (expected: an address or a name)");
        }
        var builder = Upstream.builder().host(host.value()).scheme(scheme(place, given));
        port(place, given).ifPresent(builder::port);
        return builder.build();
    }

    private Upstream.Scheme scheme(String place, Json.Obj given) {
        var value = given.members().getOrDefault("scheme", Json.Null.INSTANCE);
        if (value == Json.Null.INSTANCE) {
            return Upstream.Scheme.HTTP;
        }
        var text = value instanceof Json.Text scheme ? scheme.value() : "";
        if (PAST_THE_PROXY.contains(text)) {
            foreignScheme = true;
            unknown = Optional.of("scheme");
            return Upstream.Scheme.HTTP;
        }
        for (var known : Upstream.Scheme.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
                return known;
            }
        }
        throw new InvalidInputException("at '" + place + "/scheme': '" + Shown.of(text)
                + "' (expected: http, https, h2c, unix, ssh, tcp or rdp)");
    }

    private static OptionalInt port(String place, Json.Obj given) {
        var value = given.members().getOrDefault("port", Json.Null.INSTANCE);
        if (value == Json.Null.INSTANCE) {
            return OptionalInt.empty();
        }
        var number = value instanceof Json.Num num ? num.value() : BigDecimal.ZERO;
        boolean port = number.stripTrailingZeros().scale() <= 0
                && number.signum() > 0
                && number.compareTo(BigDecimal.valueOf(PORT_MAX)) <= 0;
        if (!port) {
            throw new InvalidInputException("at '" + place + "/port': no port (expected: 1 to " + PORT_MAX + ")");
        }
        return OptionalInt.of(number.intValueExact());
    }

    /** Names are not asked for: the same file is to become the same document everywhere. */
    private static boolean publicAddress(String host) {
        try {
            return ADDRESS.matcher(host).matches() && PublicAddresses.contain(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
