package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.api.panel.ServerSettingsBuilder;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DaemonOptionsBuilder;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.daemon.NetworkOptionsBuilder;
import dev.rookery.daemon.SystemOptions;
import dev.rookery.daemon.internal.environment.docker.DockerEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the engine says of containers made from a panel's settings. Source: daemon behaviour, sections 2.3, 3.2 to 3.7. */
@Tag("docker")
@Timeout(120)
class CreateParametersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CancelSignal NEVER = CancelSignal.create();
    private static final String OUTGOING = "ip-127-0-0-9";

    /** JSON pointers into the engine's description, and what is expected there. */
    private static final String SERVER = """
            /Name                              "/<id>"
            /Config/Hostname                   "<id>"
            /Config/Domainname                 "games.example"
            /Config/User                       "1234:1235"
            /Config/AttachStdin                true
            /Config/AttachStdout               true
            /Config/AttachStderr               true
            /Config/OpenStdin                  true
            /Config/StdinOnce                  false
            /Config/Tty                        true
            /Config/Image                      "rookery/test:1"
            /Config/Cmd                        ["/entrypoint.sh"]
            /Config/Labels/Service             "Rookery"
            /Config/Labels/ContainerType       "server_process"
            /Config/Labels/mine                "yes"
            /Config/Env/0                      "TZ=Europe/Berlin"
            /Config/Env/1                      "STARTUP=echo 7"
            /Config/Env/2                      "SERVER_MEMORY=100"
            /Config/Env/3                      "SERVER_IP=<gateway>"
            /Config/Env/4                      "SERVER_PORT=25565"
            /Config/Env/5                      "LUCK=7"
            /HostConfig/PortBindings           {"25565/tcp":[{"HostIp":"<gateway>","HostPort":"25565"}],"25565/udp":[{"HostIp":"<gateway>","HostPort":"25565"}],"25566/tcp":[{"HostIp":"0.0.0.0","HostPort":"25566"}],"25566/udp":[{"HostIp":"0.0.0.0","HostPort":"25566"}],"25567/tcp":[{"HostIp":"::1","HostPort":"25567"}],"25567/udp":[{"HostIp":"::1","HostPort":"25567"}]}
            /HostConfig/Tmpfs                  {"/tmp":"rw,exec,nosuid,size=64M"}
            /HostConfig/Memory                 120586240
            /HostConfig/MemoryReservation      104857600
            /HostConfig/MemorySwap             131072000
            /HostConfig/OomKillDisable         false
            /HostConfig/CpuQuota               150000
            /HostConfig/CpuPeriod              100000
            /HostConfig/CpuShares              1024
            /HostConfig/CpusetCpus             "0"
            /HostConfig/PidsLimit              99
            /HostConfig/Dns                    ["192.0.2.53"]
            /HostConfig/LogConfig              {"Type":"local","Config":{"compress":"false","max-file":"1","max-size":"5m","mode":"non-blocking"}}
            /HostConfig/SecurityOpt            ["no-new-privileges"]
            /HostConfig/ReadonlyRootfs         true
            /HostConfig/CapAdd                 null
            /HostConfig/CapDrop                ["AUDIT_WRITE","DAC_OVERRIDE","FOWNER","FSETID","MKNOD","NET_BIND_SERVICE","NET_RAW","SETFCAP","SETPCAP","SYS_CHROOT","SYS_PTRACE"]
            /HostConfig/NetworkMode            "<network>"
            /HostConfig/Privileged             false
            /HostConfig/AutoRemove             false
            /HostConfig/RestartPolicy/MaximumRetryCount  0
            /HostConfig/Init                   null
            /Config/StopSignal                 null
            """;

    private static final String INSTALLER = """
            /Name                              "/<id>_installer"
            /Config/Hostname                   "installer"
            /Config/User                       ""
            /Config/Cmd                        ["sh","/mnt/install/install.sh"]
            /Config/Labels/ContainerType       "server_installer"
            /Config/Env/3                      "SERVER_IP=127.0.0.1"
            /HostConfig/PortBindings           {}
            /HostConfig/Memory                 1234803098
            /HostConfig/CpuQuota               150000
            /HostConfig/ReadonlyRootfs         false
            /HostConfig/SecurityOpt            ["no-new-privileges"]
            """;

    @TempDir
    Path root;

    private final ServerId id = ServerId.random();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> networks = new ArrayList<>(List.of(networkName()));
    private DockerEnvironment environment;
    private DaemonOptions options;

    /** Where the engine listens. */
    protected String socket() {
        return DockerOptions.builder().build().socket();
    }

    /** The name of the network, and of its bridge. */
    protected String networkName() {
        return "rk-create";
    }

    /** The first three numbers of the network's addresses. */
    protected String addresses() {
        return "10.214.5";
    }

    @BeforeEach
    void open() throws IOException {
        options = options(builder -> builder, network -> network);
        environment = environment(options);
        Files.createDirectories(new ContainerSpecs(options).dataDirectory(settings(change -> change)));
        Files.createDirectories(root.resolve("shared/maps"));
        Files.createDirectories(root.resolve("shared-private"));
    }

    @AfterEach
    void removeContainersAndNetworks() throws Exception {
        environment.remove(id.toString(), NEVER);
        environment.remove(id + ContainerSpecs.INSTALLER_SUFFIX, NEVER);
        environment.close();
        for (var network : networks) {
            docker("network", "rm", network);
        }
        threads.shutdownNow();
    }

    @Test
    void makesAServersContainerAsItIsWritten() throws Exception {
        var made = inspect(create(settings(change -> change)));

        compare(made, SERVER);
        assertThat(mounts(made))
                .containsExactlyInAnyOrder(
                        root.resolve("volumes/" + id) + " -> /home/container rw",
                        root.resolve("passwd/passwd") + " -> /etc/passwd ro",
                        root.resolve("passwd/group") + " -> /etc/group ro",
                        root.resolve("machine-id/" + id) + " -> /etc/machine-id ro",
                        root.resolve("shared/maps") + " -> /maps ro");
    }

    @Test
    void makesAnInstallersContainerAsItIsWritten() throws Exception {
        var spec = new ContainerSpecs(options)
                .installer(
                        settings(change -> change),
                        new InstallScript("~rookery/test:1", "sh", "true"),
                        root.resolve("script"));
        Files.createDirectories(root.resolve("script"));

        var made = inspect(environment.create(spec, NEVER));

        compare(made, INSTALLER);
        assertThat(made.at("/HostConfig/CapDrop").toString()).doesNotContain("CHOWN", "DAC_OVERRIDE");
        assertThat(mounts(made))
                .containsExactlyInAnyOrder(
                        root.resolve("volumes/" + id) + " -> /mnt/server rw",
                        root.resolve("script") + " -> /mnt/install rw");
    }

    @Test
    void leavesOutWhatHasNoLimit() throws Exception {
        var unlimited = settings(change -> change.build(Build.builder()
                .memoryMebibytes(0)
                .swapMebibytes(512)
                .cpuPercent(0)
                .ioWeight(0)
                .build()));

        var made = inspect(create(unlimited));

        compare(made, """
                /HostConfig/Memory       0
                /HostConfig/MemorySwap   0
                /HostConfig/CpuQuota     0
                /HostConfig/CpusetCpus   ""
                """);
    }

    @Test
    void tellsTheProcessWhoItIs() throws Exception {
        var settings = settings(change -> change.invocation(
                        "id -un; id -gn; cat /etc/machine-id; grep -c : /etc/passwd; touch /etc/passwd || echo kept")
                .allocations(Allocations.none()));
        var container = create(settings);

        environment.start(container, NEVER);

        assertThat(printed(container)).contains("container", id.toString().replace("-", ""), "2", "kept");
        new IdentityFiles(options).delete(id);
        assertThat(root.resolve("machine-id/" + id)).doesNotExist();
    }

    @Test
    void bindsPortsOfBothFamilies() throws Exception {
        var settings = settings(change -> change.invocation("sleep 60")
                .allocations(Allocations.of(
                        new Allocation("127.0.0.1", freePort()), List.of(new Allocation("::1", freePort())))));
        var container = create(settings);

        environment.start(container, NEVER);

        var bound = inspect(container).at("/NetworkSettings/Ports").toString();
        assertThat(bound).contains("\"HostIp\":\"" + addresses() + ".1\"", "\"HostIp\":\"::1\"");
    }

    @Test
    void sendsOutByTheAddressThatIsForced() throws Exception {
        networks.add(OUTGOING);
        var settings = settings(change -> change.allocations(
                new Allocations(true, new Allocation("127.0.0.9", 25565), Map.of("127.0.0.9", List.of(25565)))));
        var made = inspect(create(settings));
        create(settings);

        compare(made, "/HostConfig/NetworkMode   \"" + OUTGOING + "\"");
        var network = JSON.readTree(docker("network", "inspect", OUTGOING)).get(0);
        compare(network, """
                /Driver                                   "bridge"
                /EnableIPv6                               false
                /Options/com.docker.network.host_ipv4     "127.0.0.9"
                """);
        // Without an allocation, or with one that cannot be forced, it is on the network of all servers.
        for (var allocations : List.of(
                new Allocations(true, new Allocation("127.0.0.1", 0), Map.of()),
                new Allocations(true, new Allocation("::1", 25565), Map.of()))) {
            var ordinary = settings(change -> change.allocations(allocations));
            compare(inspect(create(ordinary)), "/HostConfig/NetworkMode   \"" + networkName() + "\"");
        }
    }

    @Test
    void changesTheLimitsOfAContainerThatRuns() throws Exception {
        var settings = settings(change -> change.invocation("sleep 60").allocations(Allocations.none()));
        var container = create(settings);
        environment.start(container, NEVER);
        var before = inspect(container).at("/State/Pid").asInt();

        assertThat(environment.update(
                        container,
                        new ProcessSpec.Limits(200 << 20, 100 << 20, 300 << 20, true, 50, "0", 0, 40),
                        NEVER))
                .isTrue();

        var now = inspect(container);
        compare(now, """
                /HostConfig/Memory             209715200
                /HostConfig/MemoryReservation  104857600
                /HostConfig/MemorySwap         314572800
                /HostConfig/CpuQuota           50000
                /HostConfig/CpusetCpus         "0"
                /HostConfig/PidsLimit          40
                """);
        assertThat(now.at("/State/Pid").asInt()).isEqualTo(before);
        // A limit cannot be taken away from a container, nor how it ends for want of memory: that waits for the next
        // one.
        assertThat(environment.update(container, new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 0), NEVER))
                .isFalse();
        assertThat(inspect(container).at("/HostConfig/Memory").asLong()).isEqualTo(200 << 20);
        assertThat(inspect(container).at("/HostConfig/CpuQuota").asLong()).isLessThanOrEqualTo(0);
    }

    @Test
    void knowsTheMachineByAnotherAddressAndAnotherUser() {
        options = options(
                builder -> builder.system(SystemOptions.builder(root)
                        .uid(1234)
                        .gid(1235)
                        .containerUser("0:0")
                        .passwdDirectory(Optional.empty())
                        .machineIdDirectory(Optional.empty())
                        .build()),
                network -> network.interfaceAddress("192.0.2.7").ispn(true));
        try (var other = environment(options)) {
            var spec = new ContainerSpecs(options).server(settings(change -> change), other.hostAddress(NEVER));

            assertThat(spec.user()).contains("0:0");
            assertThat(spec.environment()).contains("SERVER_IP=192.0.2.7");
            assertThat(spec.ports()).extracting(ProcessSpec.Port::ip).containsExactlyInAnyOrder("0.0.0.0", "::1");
            assertThat(spec.mounts())
                    .extracting(ProcessSpec.Mount::target)
                    .containsExactly("/home/container", "/maps", "/etc/passwd");
        }
    }

    private DaemonOptions options(
            UnaryOperator<DaemonOptionsBuilder> change, UnaryOperator<NetworkOptionsBuilder> changeNetwork) {
        var network = changeNetwork
                .apply(NetworkOptions.builder()
                        .name(networkName())
                        .networkMode(networkName())
                        .bridgeName(networkName())
                        .subnet(addresses() + ".0/24")
                        .gateway(addresses() + ".1")
                        .dns(List.of("192.0.2.53")))
                .build();
        return change.apply(DaemonOptions.builder(UUID.randomUUID(), root)
                        .system(SystemOptions.builder(root)
                                .uid(1234)
                                .gid(1235)
                                .timezone(ZoneId.of("Europe/Berlin"))
                                .build())
                        .allowedMounts(List.of(root.resolve("shared")))
                        .docker(DockerOptions.builder()
                                .socket(socket())
                                .network(network)
                                .domainname("games.example")
                                .tmpfsSizeMebibytes(64)
                                .containerPidLimit(99)
                                .build()))
                .build();
    }

    private DockerEnvironment environment(DaemonOptions with) {
        var opened = new DockerEnvironment(
                with.docker(), new EnvironmentContext(with.nodeUuid(), root, Clock.systemUTC(), threads::execute));
        opened.prepare(NEVER);
        return opened;
    }

    private ServerSettings settings(UnaryOperator<ServerSettingsBuilder> change) {
        var builder = ServerSettings.builder()
                .uuid(id)
                .meta(new ServerSettings.Meta("test", ""))
                .suspended(false)
                .invocation("echo {{LUCK}}")
                .putEnvironment("LUCK", "7")
                .skipEggScripts(false)
                .build(Build.builder()
                        .memoryMebibytes(100)
                        .swapMebibytes(10)
                        .cpuPercent(150)
                        .threads("0")
                        .ioWeight(0)
                        .build())
                .container(new ServerSettings.Container("~rookery/test:1"))
                .allocations(new Allocations(
                        false,
                        new Allocation("127.0.0.1", 25565),
                        Map.of(
                                "127.0.0.1", List.of(25565),
                                "0.0.0.0", List.of(0, 25566, 70000),
                                "::1", List.of(25567))))
                .putLabels("mine", "yes")
                .putLabels("Service", "forged")
                .addMounts(
                        mount("shared/maps", "/maps", true),
                        mount("shared/maps", "/maps", false),
                        mount("shared/maps", "/home/container/maps", false),
                        mount("shared/maps", "/etc/passwd", false),
                        mount("shared/maps", "/", false),
                        mount("shared-private", "/private", false),
                        mount("shared/../shared-private", "/private", false))
                .egg(new ServerSettings.EggReference("", List.of(), Map.of()));
        return change.apply(builder).build();
    }

    private ServerSettings.Mount mount(String source, String target, boolean readOnly) {
        return new ServerSettings.Mount(root + "/" + source, target, readOnly);
    }

    private void compare(JsonNode made, String table) throws IOException {
        var filled = table.replace("<id>", id.toString())
                .replace("<gateway>", addresses() + ".1")
                .replace("<network>", networkName());
        for (var line : filled.lines().filter(text -> !text.isBlank()).toList()) {
            var row = line.strip().split(" +", 2);
            var found = made.at(row[0]);
            var expected = JSON.readTree(row[1]);
            boolean absent = expected.isNull() && found.isMissingNode();
            assertThat(absent ? expected : sorted(found)).describedAs(row[0]).isEqualTo(expected);
        }
    }

    /** The engine gives sets back in an order of its own. */
    private static JsonNode sorted(JsonNode found) {
        if (!found.isArray()
                || found.isEmpty()
                || !found.get(0).isTextual()
                || found.get(0).asText().startsWith("sh")) {
            return found;
        }
        var texts = new ArrayList<String>();
        found.forEach(entry -> texts.add(entry.asText().replace("CAP_", "")));
        return JSON.valueToTree(texts.stream().sorted().toList());
    }

    private static List<String> mounts(JsonNode made) {
        var mounts = new ArrayList<String>();
        for (var mount : made.at("/Mounts")) {
            if (mount.path("Type").asText().equals("bind")) {
                mounts.add(mount.path("Source").asText() + " -> "
                        + mount.path("Destination").asText() + (mount.path("RW").asBoolean() ? " rw" : " ro"));
            }
        }
        return mounts;
    }

    private List<String> printed(String container) {
        Awaitility.await()
                .until(() -> environment
                        .inspect(container, NEVER)
                        .filter(status ->
                                !status.running() && status.startedAt().isPresent())
                        .isPresent());
        var bytes = new ByteArrayOutputStream();
        environment.readLog(container, Optional.empty(), (buffer, length) -> bytes.write(buffer, 0, length), NEVER);
        return bytes.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String create(ServerSettings settings) throws IOException {
        new IdentityFiles(options).write(id);
        return environment.create(new ContainerSpecs(options).server(settings, environment.hostAddress(NEVER)), NEVER);
    }

    private JsonNode inspect(String container) throws Exception {
        return JSON.readTree(docker("inspect", container)).get(0);
    }

    private String docker(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("docker", "-H", socket()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
