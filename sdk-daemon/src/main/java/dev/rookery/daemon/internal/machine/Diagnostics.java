package dev.rookery.daemon.internal.machine;

import dev.rookery.api.RookeryException;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.Utilization;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.DaemonLog;
import dev.rookery.daemon.DaemonOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the report for people: what runs here, and the last lines of the log. Secrets are taken out of all of it; the addresses of panel
 * and node too, unless they are asked for. Source: node API §2.1.
 */
public final class Diagnostics {

    private static final Logger LOG = LoggerFactory.getLogger(Diagnostics.class);
    private static final String HIDDEN = "[hidden]";
    private static final String GROUPS = "[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6}";
    /** An address of IPv4 or IPv6; a time of day is none. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w.:])(?:\\d{1,3}(?:\\.\\d{1,3}){3}|(?:[0-9A-Fa-f]{1,4}:){7}"
                    + "[0-9A-Fa-f]{1,4}|(?:" + GROUPS + ")?::(?:" + GROUPS + ")?)(?![\\w:])");

    private static final long MEBIBYTE = 1L << 20;

    private final DaemonOptions options;
    private final DaemonLog log;
    private final StringBuilder text = new StringBuilder();

    /**
     * Creates a report.
     *
     * @param options of the daemon
     * @param log where its log can be read
     */
    public Diagnostics(DaemonOptions options, DaemonLog log) {
        this.options = options;
        this.log = log;
    }

    /**
     * Returns the report.
     *
     * @param details asks machine and engine
     * @param utilization what the machine uses
     * @param servers of the node
     * @param addresses of the machine
     * @param secrets what must not be said
     */
    public String write(
            DiagnosticsRequest request,
            Supplier<MachineDetails> details,
            Supplier<Utilization> utilization,
            Collection<ServerDetails> servers,
            List<String> addresses,
            SecretWords secrets) {
        text.append("Rookery node, report for people\n");
        section("Machine and engine", () -> machine(details.get()));
        section("Use", () -> use(utilization.get()));
        section("Configuration", this::configuration);
        if (request.includeEndpoints()) {
            section("Endpoints", () -> endpoints(addresses));
        }
        section("Servers", () -> servers(servers));
        if (request.includeLogs()) {
            section("Last lines of the log", () -> lines(request.logLines()));
        }
        var clean = secrets.redact(text.toString());
        return request.includeEndpoints() ? clean : hideEndpoints(clean, addresses);
    }

    private void section(String title, Runnable body) {
        text.append('\n')
                .append(title)
                .append('\n')
                .append("-".repeat(title.length()))
                .append('\n');
        try {
            body.run();
        } catch (RookeryException e) {
            // A report is wanted most where something is wrong.
            text.append("cannot be told: ").append(e.getMessage()).append('\n');
        } catch (RuntimeException e) {
            LOG.warn("the section '{}' of the report failed", title, e);
            text.append("cannot be told: ").append(e).append('\n');
        }
    }

    private void machine(MachineDetails details) {
        var system = details.system();
        var docker = details.docker();
        line("Version", details.version());
        line("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        line("System", system.os() + ", " + system.kernelVersion() + ", " + system.architecture());
        line("Processors", Integer.toString(system.cpuThreads()));
        line("Memory", system.memoryBytes() / MEBIBYTE + " MiB");
        line("Engine", docker.version().isEmpty() ? "not asked or away" : docker.version());
        line(
                "Control groups",
                "version " + docker.cgroups().version() + ", "
                        + docker.cgroups().driver());
        line("Storage", docker.storage().driver() + " " + docker.storage().filesystem());
        line("Runtime", docker.runc().version());
        var containers = docker.containers();
        line("Containers", containers.total() + ", running " + containers.running());
    }

    private void use(Utilization use) {
        line("Memory", use.memoryUsedBytes() / MEBIBYTE + " of " + use.memoryTotalBytes() / MEBIBYTE + " MiB");
        line("Load", use.loadAverage1() + " " + use.loadAverage5() + " " + use.loadAverage15());
        line("Processor", String.format(Locale.ROOT, "%.1f %%", use.cpuPercent()));
        use.disks()
                .forEach(disk -> line(
                        "Disk " + disk.mountpoint(),
                        disk.usedBytes() / MEBIBYTE + " of " + disk.totalBytes() / MEBIBYTE + " MiB "
                                + String.join(", ", disk.tags())));
    }

    private void configuration() {
        var system = options.system();
        line("Node", options.nodeUuid().toString());
        line("Debug", Boolean.toString(options.debug()));
        line("Dialect", options.api().map(api -> api.dialect().wireName()).orElse("no HTTP edge"));
        line("TLS", Boolean.toString(options.api().flatMap(ApiOptions::tls).isPresent()));
        line("Root", system.rootDirectory().toString());
        line("Data", system.dataDirectory().toString());
        line("Log", system.logDirectory().toString());
        line("Backups", system.backupDirectory().toString());
        line("Temporary", system.tmpDirectory().toString());
        line("User", system.username() + " " + system.uid() + ":" + system.gid());
        line("Time zone", system.timezone().toString());
        line("Engine at", options.docker().socket());
        line("Network", options.docker().network().name());
        line(
                "Allowed mounts",
                options.allowedMounts().stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    private void endpoints(List<String> addresses) {
        line("Panel", options.panelUrl().map(URI::toString).orElse("none"));
        options.api().ifPresent(api -> line("Listens on", api.host() + " port " + api.port()));
        line("Addresses", String.join(", ", addresses));
    }

    private void servers(Collection<ServerDetails> servers) {
        Map<String, Long> states = servers.stream()
                .collect(Collectors.groupingBy(
                        server -> server.state().toString(), TreeMap::new, Collectors.counting()));
        line("Servers", Integer.toString(servers.size()));
        states.forEach((state, count) -> line("  " + state, Long.toString(count)));
        line(
                "Suspended",
                Long.toString(servers.stream().filter(ServerDetails::suspended).count()));
    }

    private void lines(int count) {
        var lines = log.lastLines(count);
        if (lines.isEmpty()) {
            text.append("The log is kept outside of this program.\n");
        }
        lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "%20s: %s%n", name, value));
    }

    private String hideEndpoints(String report, List<String> addresses) {
        var hidden = report;
        var host = options.panelUrl().flatMap(url -> Optional.ofNullable(url.getHost()));
        if (host.isPresent()) {
            hidden = hidden.replace(host.get(), HIDDEN);
        }
        for (var address : addresses) {
            if (!address.isEmpty()) {
                hidden = hidden.replace(address, HIDDEN);
            }
        }
        // The log names who has asked: the panel, and users.
        return ADDRESS.matcher(hidden).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }
}
