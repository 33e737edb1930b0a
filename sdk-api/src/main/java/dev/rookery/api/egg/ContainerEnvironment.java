package dev.rookery.api.egg;

import dev.rookery.api.panel.ServerSettings;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a server's containers, as a node makes it from the panel's settings. Source: eggs §9.3, daemon behaviour §3.3.
 *
 * @param variables value by name: TZ, STARTUP (rendered), SERVER_MEMORY, SERVER_IP and SERVER_PORT first, then the panel's variables
 *     in their order, names in upper case
 */
public record ContainerEnvironment(Map<String, String> variables) {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String TIME_ZONE_VARIABLE = "SERVER_TIMEZONE";

    /** Copies the map. */
    public ContainerEnvironment {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /**
     * Returns the environment of an install container, where SERVER_IP is the primary allocation as it is.
     *
     * @param settings what the panel says of the server
     * @param timeZone the node's; the server's variable SERVER_TIMEZONE wins over it if it names a zone
     */
    public static ContainerEnvironment of(ServerSettings settings, ZoneId timeZone) {
        return of(settings, timeZone, LOOPBACK);
    }

    /**
     * Returns the environment of a server container.
     *
     * @param settings what the panel says of the server
     * @param timeZone the node's; the server's variable SERVER_TIMEZONE wins over it if it names a zone
     * @param bridgeAddress what SERVER_IP shows in place of 127.0.0.1: the address of the host in the container network. Not used for
     *     a server without an allocation
     */
    public static ContainerEnvironment of(ServerSettings settings, ZoneId timeZone, String bridgeAddress) {
        var primary = settings.allocations().primary();
        boolean rewritten = primary.port() != 0 && primary.ip().equals(LOOPBACK);
        var memory = Long.toString(settings.build().memoryMebibytes());
        var ip = rewritten ? bridgeAddress : primary.ip();
        var port = Integer.toString(primary.port());

        var startupValues = new LinkedHashMap<>(settings.environment());
        startupValues.put("SERVER_MEMORY", memory);
        startupValues.put("SERVER_IP", ip);
        startupValues.put("SERVER_PORT", port);

        var variables = new LinkedHashMap<String, String>();
        variables.put("TZ", zone(settings.environment()).orElse(timeZone.getId()));
        variables.put("STARTUP", new StartupCommand(settings.invocation()).render(startupValues));
        variables.put("SERVER_MEMORY", memory);
        variables.put("SERVER_IP", ip);
        variables.put("SERVER_PORT", port);
        settings.environment().forEach((name, value) -> {
            if (possible(name, value)) {
                variables.putIfAbsent(name.toUpperCase(Locale.ROOT), value);
            }
        });
        return new ContainerEnvironment(variables);
    }

    /** Returns {@code NAME=value} for each variable, in order: the form that container engines take. */
    public List<String> toList() {
        return variables.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** Returns the startup command, rendered. */
    public String startup() {
        return variables.getOrDefault("STARTUP", "");
    }

    /** Shows the names only: values may be secrets. */
    @Override
    public String toString() {
        return "ContainerEnvironment" + variables.keySet();
    }

    private static Optional<String> zone(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(TIME_ZONE_VARIABLE))
                .map(Map.Entry::getValue)
                .filter(zone -> ZoneId.getAvailableZoneIds().contains(zone))
                .findFirst();
    }

    /** Returns whether the kernel can hold such a variable; an engine refuses the whole container otherwise. */
    private static boolean possible(String name, String value) {
        return !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0 && value.indexOf('\0') < 0;
    }
}
