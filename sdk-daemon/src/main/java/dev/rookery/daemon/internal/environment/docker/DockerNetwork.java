package dev.rookery.daemon.internal.environment.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.daemon.NetworkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network that servers are on: created if it is missing. Thread-safe. */
final class DockerNetwork {

    private static final Logger LOG = LoggerFactory.getLogger(DockerNetwork.class);
    /** Networks that the engine brings along. */
    private static final Set<String> BUILT_IN = Set.of("host", "bridge", "none", "default");

    private static final String LOOPBACK = "127.0.0.1";

    /** How often a network is looked for and created before what the engine says about it counts. */
    private static final int ATTEMPTS = 5;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final NetworkOptions options;
    private final EngineConnection connection;
    private final EngineCalls calls;
    private final ReentrantLock creating = new ReentrantLock();

    DockerNetwork(NetworkOptions options, EngineConnection connection, EngineCalls calls) {
        this.options = options;
        this.connection = connection;
        this.calls = calls;
    }

    /** Returns the host's address on the network, which is created if it is missing. */
    String gateway(CancelSignal cancel) {
        if (BUILT_IN.contains(options.networkMode()) && !"bridge".equals(options.networkMode())) {
            return LOOPBACK;
        }
        var client = connection.client(cancel);
        var gateway = calls.run("find network " + options.name(), cancel, () -> find(client));
        return options.interfaceAddress().orElse(gateway);
    }

    /**
     * Returns what a container is given as its network: the one of all servers, or one whose traffic leaves by an address of its own, which
     * is made if it is missing.
     */
    String networkFor(ProcessSpec spec, CancelSignal cancel) {
        var outgoing = spec.outgoingAddress().filter(address -> {
            boolean usable = address.indexOf(':') < 0 && "bridge".equals(options.driver());
            if (!usable) {
                LOG.warn("{}: outgoing address {} is left out (expected: IPv4, on a bridge)", spec.name(), address);
            }
            return usable;
        });
        if (outgoing.isEmpty()) {
            return options.networkMode();
        }
        var name = "ip-" + outgoing.get().replace('.', '-');
        var client = connection.client(cancel);
        calls.run(
                "find network " + name,
                cancel,
                () -> findOrCreate(client, name, attempt -> createOutgoing(client, name, outgoing.get())));
        return name;
    }

    /** Whether containers have an address of their own there. */
    boolean hasOwnAddresses() {
        return "macvlan".equals(options.driver());
    }

    private void createOutgoing(DockerClient client, String name, String address) {
        client.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withInternal(options.internal())
                .withEnableIpv6(false)
                .withOptions(Map.of(
                        "encryption",
                        "false",
                        "com.docker.network.bridge.default_bridge",
                        "false",
                        "com.docker.network.driver.mtu",
                        Integer.toString(options.mtu()),
                        "com.docker.network.host_ipv4",
                        address))
                .exec();
        LOG.info("created network {}, whose traffic leaves by {}", name, address);
    }

    private String find(DockerClient client) throws InterruptedException {
        var name = BUILT_IN.contains(options.networkMode()) ? options.networkMode() : options.name();
        return gatewayOf(findOrCreate(client, name, attempt -> create(client, attempt)));
    }

    /**
     * One at a time: two servers that start together must not both create it. Other processes may, and what the engine says to whoever is
     * not the first depends on how far the first has come: it counts only if some more looks have not found a network.
     *
     * @param creation told which attempt it is, from 1
     */
    private Network findOrCreate(DockerClient client, String name, IntConsumer creation) throws InterruptedException {
        creating.lock();
        try {
            for (int attempt = 1; true; attempt++) {
                try {
                    if (named(client, name).isEmpty()) {
                        creation.accept(attempt);
                    }
                    return client.inspectNetworkCmd()
                            .withNetworkId(only(client, name).getId())
                            .exec();
                } catch (DockerException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    LOG.debug("network {}: the engine refused attempt {}", name, attempt, e);
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } finally {
            creating.unlock();
        }
    }

    /**
     * Returns the network of this name. Two processes that create it at the same moment get one each, of one name, and no container can be
     * given either of them: all but the oldest are removed, which is the same one to everybody.
     */
    private static Network only(DockerClient client, String name) {
        var all = named(client, name);
        if (all.isEmpty()) {
            throw new NotFoundException("network " + name + " went away");
        }
        for (var other : all.subList(1, all.size())) {
            try {
                client.removeNetworkCmd(other.getId()).exec();
                LOG.info(
                        "removed network {} {}: another process has created one of this name, too",
                        name,
                        other.getId());
            } catch (NotFoundException ignored) {
                // Another process was faster.
            }
        }
        return all.get(0);
    }

    private static List<Network> named(DockerClient client, String name) {
        return client.listNetworksCmd().withNameFilter(name).exec().stream()
                .filter(network -> network.getName().equals(name))
                .sorted(Comparator.comparing(Network::getCreated).thenComparing(Network::getId))
                .toList();
    }

    /** Creates the network of servers. That its subnet is taken may be said of this very network while another process creates it. */
    private void create(DockerClient client, int attempt) {
        try {
            create(client, true);
            LOG.info("created network {} ({})", options.name(), options.subnet());
        } catch (DockerException e) {
            if (attempt == 1 || !subnetTaken(e)) {
                throw e;
            }
            LOG.warn("subnet {} of network {} is taken, the engine chooses another", options.subnet(), options.name());
            create(client, false);
        }
    }

    private void create(DockerClient client, boolean withSubnet) {
        var command = client.createNetworkCmd()
                .withName(options.name())
                .withDriver(options.driver())
                .withCheckDuplicate(true)
                .withInternal(options.internal())
                .withEnableIpv6(options.ipv6().isPresent())
                .withOptions(driverOptions());
        if (withSubnet) {
            var parts = new ArrayList<Network.Ipam.Config>();
            parts.add(new Network.Ipam.Config().withSubnet(options.subnet()).withGateway(options.gateway()));
            options.ipv6()
                    .ifPresent(v6 -> parts.add(
                            new Network.Ipam.Config().withSubnet(v6.subnet()).withGateway(v6.gateway())));
            command.withIpam(new Network.Ipam().withConfig(parts));
        }
        command.exec();
    }

    private Map<String, String> driverOptions() {
        var driver = new LinkedHashMap<String, String>();
        if ("bridge".equals(options.driver())) {
            driver.put("com.docker.network.bridge.default_bridge", "false");
            driver.put("com.docker.network.bridge.enable_icc", Boolean.toString(options.interContainer()));
            driver.put("com.docker.network.bridge.enable_ip_masquerade", "true");
            driver.put("com.docker.network.bridge.host_binding_ipv4", "0.0.0.0");
            driver.put("com.docker.network.driver.mtu", Integer.toString(options.mtu()));
            if (!options.bridgeName().isEmpty()) {
                driver.put("com.docker.network.bridge.name", options.bridgeName());
            }
        }
        return driver;
    }

    private static boolean subnetTaken(DockerException e) {
        var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("pool overlaps") || message.contains("invalid pool request");
    }

    private String gatewayOf(Network network) {
        List<Network.Ipam.Config> parts =
                network.getIpam() == null || network.getIpam().getConfig() == null
                        ? List.of()
                        : network.getIpam().getConfig();
        return parts.stream()
                .map(Network.Ipam.Config::getGateway)
                .filter(address -> address != null && address.indexOf(':') < 0)
                .findFirst()
                .orElse(options.gateway());
    }
}
