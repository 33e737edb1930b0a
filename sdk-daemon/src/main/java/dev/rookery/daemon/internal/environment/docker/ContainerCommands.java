package dev.rookery.daemon.internal.environment.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessSpec.Hardening;
import dev.rookery.daemon.DockerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Puts a container's description into the engine's words. Source: daemon behaviour §2.3, §3.2. Immutable. */
final class ContainerCommands {

    private static final long CPU_PERIOD_MICROS = 100_000;
    private static final int CPU_SHARES = 1024;
    private static final Capability[] DROPPED_FOR_SERVERS = {
        Capability.SETPCAP, Capability.MKNOD, Capability.AUDIT_WRITE, Capability.NET_RAW, Capability.DAC_OVERRIDE,
        Capability.FOWNER, Capability.FSETID, Capability.NET_BIND_SERVICE, Capability.SYS_CHROOT, Capability.SETFCAP,
        Capability.SYS_PTRACE
    };
    // Package managers in install scripts change owners and users, so those capabilities stay.
    private static final Capability[] DROPPED_FOR_INSTALLERS = {
        Capability.SETPCAP,
        Capability.MKNOD,
        Capability.AUDIT_WRITE,
        Capability.NET_RAW,
        Capability.SYS_CHROOT,
        Capability.SETFCAP,
        Capability.SYS_PTRACE
    };

    private final DockerOptions options;
    private final UUID nodeUuid;

    ContainerCommands(DockerOptions options, UUID nodeUuid) {
        this.options = options;
        this.nodeUuid = nodeUuid;
    }

    /**
     * Creates a container.
     *
     * @param network what it joins
     * @param ownAddress whether it has its primary address for itself there
     */
    String create(DockerClient client, ProcessSpec spec, String network, boolean ownAddress) {
        var labels = new LinkedHashMap<>(spec.labels());
        labels.put(DockerEnvironment.NODE_LABEL, nodeUuid.toString());
        var command = client.createContainerCmd(spec.image())
                .withName(spec.name())
                .withHostName(spec.hostname())
                .withDomainName(options.domainname())
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withStdinOpen(true)
                .withTty(true)
                .withEnv(spec.environment())
                .withLabels(labels)
                .withExposedPorts(bindings(spec).stream()
                        .map(PortBinding::getExposedPort)
                        .distinct()
                        .toList())
                .withHostConfig(hostConfig(spec, network));
        if (ownAddress) {
            spec.address().filter(address -> address.indexOf(':') < 0).ifPresent(command::withIpv4Address);
        }
        spec.user().ifPresent(command::withUser);
        if (!spec.command().isEmpty()) {
            command.withCmd(spec.command());
        }
        return command.exec().getId();
    }

    private HostConfig hostConfig(ProcessSpec spec, String network) {
        boolean server = spec.hardening() == Hardening.SERVER;
        var host = HostConfig.newHostConfig()
                .withMounts(spec.mounts().stream()
                        .map(mount -> new Mount()
                                .withType(MountType.BIND)
                                .withSource(mount.source())
                                .withTarget(mount.target())
                                .withReadOnly(mount.readOnly()))
                        .toList())
                .withPortBindings(bindings(spec))
                .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,size=" + options.tmpfsSizeMebibytes() + "M"))
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(server)
                .withCapDrop(server ? DROPPED_FOR_SERVERS : DROPPED_FOR_INSTALLERS)
                .withNetworkMode(network)
                .withDns(options.network().dns());
        if (!options.log().type().isEmpty()) {
            host.withLogConfig(new LogConfig(
                    LogConfig.LoggingType.fromValue(options.log().type()),
                    options.log().config()));
        }
        if (!options.usernsMode().isEmpty()) {
            host.withUsernsMode(options.usernsMode());
        }
        limit(host, spec.limits());
        return host;
    }

    private static void limit(HostConfig host, ProcessSpec.Limits limits) {
        if (limits.memoryBytes() > 0) {
            host.withMemory(limits.memoryBytes())
                    .withMemoryReservation(limits.reservationBytes())
                    .withMemorySwap(limits.swapTotalBytes())
                    .withOomKillDisable(!limits.oomKiller());
        }
        if (limits.cpuPercent() > 0) {
            host.withCpuQuota(limits.cpuPercent() * (CPU_PERIOD_MICROS / 100))
                    .withCpuPeriod(CPU_PERIOD_MICROS)
                    .withCpuShares(CPU_SHARES);
        }
        if (!limits.cpus().isEmpty()) {
            host.withCpusetCpus(limits.cpus());
        }
        if (limits.ioWeight() > 0) {
            host.withBlkioWeight(limits.ioWeight());
        }
        if (limits.pids() > 0) {
            host.withPidsLimit(limits.pids());
        }
    }

    private static List<PortBinding> bindings(ProcessSpec spec) {
        var bindings = new ArrayList<PortBinding>();
        for (var port : spec.ports()) {
            Stream.of(InternetProtocol.TCP, InternetProtocol.UDP)
                    .map(protocol -> new PortBinding(
                            Ports.Binding.bindIpAndPort(port.ip(), port.port()),
                            new ExposedPort(port.port(), protocol)))
                    .forEach(bindings::add);
        }
        return bindings;
    }
}
