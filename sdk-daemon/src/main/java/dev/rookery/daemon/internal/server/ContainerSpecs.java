package dev.rookery.daemon.internal.server;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.egg.ContainerEnvironment;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessSpec.Hardening;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DockerOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what the containers of a server are to be made of. Source: daemon behaviour §2.3, §3. Immutable. */
public final class ContainerSpecs {

    /** Appended to the server's uuid for the name of its install container. */
    public static final String INSTALLER_SUFFIX = "_installer";

    private static final long MEBIBYTE = 1 << 20;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String HOME = "/home/container";
    private static final Pattern IP_V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    /** 32 pages, the zero byte at the end included. Source: execve(2), "Limits on size of arguments and environment". */
    private static final int VARIABLE_MAX_BYTES = 131_072;

    private static final int SHOWN = 80;

    private final DaemonOptions options;

    /** Creates it for one node. */
    public ContainerSpecs(DaemonOptions options) {
        this.options = options;
    }

    /**
     * Describes a server's container.
     *
     * @param gateway this host's address on the servers' network
     */
    public ProcessSpec server(ServerSettings settings, String gateway) {
        var environment = ContainerEnvironment.of(settings, options.system().timezone(), gateway);
        return ProcessSpec.builder()
                .name(settings.uuid().toString())
                .hostname(settings.uuid().toString())
                .image(withoutMark(settings.container().image()))
                .user(options.system()
                        .containerUser()
                        .orElse(options.system().uid() + ":" + options.system().gid()))
                .environment(passable(environment))
                .labels(labels(settings, "server_process"))
                .mounts(mounts(settings))
                .ports(ports(settings, gateway))
                .address(address(settings))
                .outgoingAddress(settings.allocations().forceOutgoingIp() ? address(settings) : Optional.empty())
                .limits(limits(
                        settings.build(),
                        settings.build().memoryMebibytes(),
                        settings.build().cpuPercent()))
                .hardening(Hardening.SERVER)
                .build();
    }

    /**
     * Describes a server's install container.
     *
     * @param scriptDirectory holds {@code install.sh}
     */
    public ProcessSpec installer(ServerSettings settings, InstallScript script, Path scriptDirectory) {
        var build = settings.build();
        var least = options.docker().installerLimits();
        long memory = Math.max(build.memoryMebibytes(), least.memoryMebibytes());
        boolean unlimited = build.cpuPercent() == 0 || least.cpuPercent() == 0;
        long cpu = unlimited ? 0 : Math.max(build.cpuPercent(), least.cpuPercent());
        return ProcessSpec.builder()
                .name(settings.uuid() + INSTALLER_SUFFIX)
                .hostname("installer")
                .image(withoutMark(script.containerImage()))
                .command(List.of(script.entrypoint(), "/mnt/install/install.sh"))
                .environment(passable(
                        ContainerEnvironment.of(settings, options.system().timezone())))
                .labels(labels(settings, "server_installer"))
                .mounts(List.of(
                        new ProcessSpec.Mount(dataDirectory(settings).toString(), "/mnt/server", false),
                        new ProcessSpec.Mount(scriptDirectory.toString(), "/mnt/install", false)))
                .ports(List.of())
                .address(address(settings))
                .limits(limits(build, memory, cpu))
                .hardening(Hardening.INSTALLER)
                .build();
    }

    /** Returns where a server's files are. */
    public Path dataDirectory(ServerSettings settings) {
        return options.system().dataDirectory().resolve(settings.uuid().toString());
    }

    /** A container with a longer one would be made, and end as soon as it is started. */
    private static List<String> passable(ContainerEnvironment environment) {
        for (var variable : environment.variables().entrySet()) {
            int bytes = variable.getKey().length() + variable.getValue().getBytes(StandardCharsets.UTF_8).length + 2;
            if (bytes > VARIABLE_MAX_BYTES) {
                throw new InvalidInputException("variable " + shortened(variable.getKey()) + ": " + bytes
                        + " bytes (expected: at most " + VARIABLE_MAX_BYTES + ", which is what Linux passes on)");
            }
        }
        return environment.toList();
    }

    private static String shortened(String name) {
        return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
    }

    private ProcessSpec.Limits limits(Build build, long memoryMebibytes, long cpuPercent) {
        long memory = Math.round(memoryMebibytes * multiplier(options.docker().overhead(), memoryMebibytes) * MEBIBYTE);
        long swap = build.swapMebibytes() < 0 ? -1 : build.swapMebibytes() * MEBIBYTE + memory;
        return new ProcessSpec.Limits(
                memory,
                memoryMebibytes * MEBIBYTE,
                swap,
                build.oomKiller(),
                cpuPercent,
                build.threads().orElse(""),
                build.ioWeight(),
                options.docker().containerPidLimit());
    }

    private static double multiplier(DockerOptions.Overhead overhead, long mebibytes) {
        if (overhead.override()) {
            return overhead.multipliers().entrySet().stream()
                    .filter(entry -> entry.getKey() >= mebibytes)
                    .min(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .orElse(overhead.defaultMultiplier());
        }
        return mebibytes <= 2048 ? 1.15 : mebibytes <= 4096 ? 1.10 : 1.05;
    }

    private Map<String, String> labels(ServerSettings settings, String type) {
        var labels = new LinkedHashMap<>(settings.labels());
        labels.put("Service", options.appName());
        labels.put("ContainerType", type);
        return labels;
    }

    private List<ProcessSpec.Mount> mounts(ServerSettings settings) {
        var mounts = new ArrayList<ProcessSpec.Mount>();
        mounts.add(new ProcessSpec.Mount(dataDirectory(settings).toString(), HOME, false));
        mounts.addAll(new IdentityFiles(options).mounts(settings.uuid()));
        var allowed = new AllowedMounts(options.allowedMounts(), options.baseDirectoryBlocked());
        var taken = new HashSet<Path>(Set.of(Path.of("/"), Path.of("/tmp")));
        mounts.forEach(mount -> taken.add(Path.of(mount.target())));
        for (var mount : settings.mounts()) {
            allowed.source(mount, taken).ifPresent(source -> {
                taken.add(Path.of(mount.target()).normalize());
                mounts.add(new ProcessSpec.Mount(source.toString(), mount.target(), mount.readOnly()));
            });
        }
        return mounts;
    }

    /** Port 0 means that there is no allocation. */
    private static Optional<String> address(ServerSettings settings) {
        var primary = settings.allocations().primary();
        return primary.port() == 0 ? Optional.empty() : Optional.of(primary.ip());
    }

    private List<ProcessSpec.Port> ports(ServerSettings settings, String gateway) {
        boolean ispn = options.docker().network().ispn();
        var ports = new ArrayList<ProcessSpec.Port>();
        settings.allocations().mappings().forEach((ip, numbers) -> {
            for (int number : numbers) {
                // On a network of the provider's there is no address that only this host has.
                if (number >= 1 && number <= 65535 && !(ispn && ip.equals(LOOPBACK))) {
                    requireAddress(ip);
                    ports.add(new ProcessSpec.Port(ip.equals(LOOPBACK) ? gateway : ip, number));
                }
            }
        });
        return ports;
    }

    /** An engine would take what is none for "every address". */
    private static void requireAddress(String ip) {
        // Neither form is ever looked up as a name.
        if (ip.indexOf(':') >= 0 || IP_V4.matcher(ip).matches()) {
            try {
                InetAddress.getByName(ip);
                return;
            } catch (UnknownHostException ignored) {
                // Said below.
            }
        }
        throw new InvalidInputException("allocation: '" + shortened(ip) + "' (expected: an IP address)");
    }

    private static String withoutMark(String image) {
        return image.startsWith("~") ? image.substring(1) : image;
    }
}
