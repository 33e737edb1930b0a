package dev.rookery.daemon.config;

import dev.rookery.api.config.NetworkConfiguration;
import dev.rookery.api.config.NodeConfiguration;
import dev.rookery.api.config.NodeConfigurationDocument;
import dev.rookery.api.config.SslConfiguration;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ActivityOptions;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.ConsoleLogOptions;
import dev.rookery.daemon.CrashDetectionOptions;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.daemon.PowerOptions;
import dev.rookery.daemon.RemoteDownloadOptions;
import dev.rookery.daemon.ServerRuntime;
import dev.rookery.daemon.SftpOptions;
import dev.rookery.daemon.SystemOptions;
import dev.rookery.daemon.ThrottleOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns a parsed file into options. Defaults are Pelican's, see the node API, §6.1, but for a few that are named here. */
final class OptionsReader {

    private static final String PELICAN_ROOT = "/var/lib/pelican";

    private final NodeConfigurationDocument document;
    private final NodeConfiguration configuration;
    private final String file;
    private final Map<String, String> environment;

    OptionsReader(NodeConfigurationDocument document, String file, Map<String, String> environment) {
        this.document = document;
        this.configuration = document.configuration();
        this.file = file;
        this.environment = environment;
    }

    DaemonOptions options() {
        var system = system();
        return DaemonOptions.builder(nodeUuid(), system.rootDirectory())
                .appName(document.has("app_name") ? configuration.appName() : "Rookery")
                .credentials(credentials())
                .panelUrl(remote())
                .debug(configuration.debug())
                .api(api())
                .sftp(sftp())
                .system(system)
                .runtime(ServerRuntime.valueOf(configuration.system().runtime().toUpperCase(Locale.ROOT)))
                .docker(docker())
                .power(power())
                .crashDetection(crashDetection())
                .console(console())
                .activity(activity())
                .downloads(downloads())
                .panelTimeout(configuration.remote().timeout())
                .panelPageSize(configuration.remote().bootServersPerPage())
                .allowedMounts(configuration.mounts().allowed().stream()
                        .map(text -> absolute("allowed_mounts", text))
                        .toList())
                .baseDirectoryBlocked(configuration.mounts().baseDirectoryBlocked())
                .build();
    }

    private NodeCredentials credentials() {
        var secrets = new Secrets(document, file, environment);
        return new NodeCredentials(
                secrets.resolve("token_id", "WINGS_TOKEN_ID", 1), secrets.resolve("token", "WINGS_TOKEN", 32));
    }

    private UUID nodeUuid() {
        var text = configuration
                .identity()
                .uuid()
                .orElseThrow(() -> document.wrong("uuid", "missing", "the node's uuid, as the panel shows it"));
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException ignored) {
            // Some panels call their nodes by number: any text that stays the same tells one node from another.
            return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private URI remote() {
        return configuration
                .remote()
                .url()
                .orElseThrow(() ->
                        document.wrong("remote", "missing", "the panel's URL, such as https://panel.example.com"));
    }

    private ApiOptions api() {
        var api = configuration.api();
        return ApiOptions.builder()
                .host(api.host())
                .port(api.port())
                .tls(tls(api.ssl()))
                .uploadLimitMebibytes((int) api.uploadLimitMebibytes())
                .dialect(Dialect.parse(api.dialect()))
                .allowedOrigins(configuration.origins().allowed())
                .privateNetworkAllowed(configuration.origins().privateNetworkAllowed())
                .trustedProxies(api.trustedProxies())
                .selfSigned(api.ssl().enabled() && api.ssl().selfSigned())
                .build();
    }

    private Optional<SftpOptions> sftp() {
        var sftp = configuration.system().sftp();
        if (!sftp.enabled()) {
            return Optional.empty();
        }
        var limits = sftp.limits();
        return Optional.of(SftpOptions.builder()
                .host(sftp.bindAddress())
                .port(sftp.bindPort())
                .readOnly(sftp.readOnly())
                .keyOnly(sftp.keyOnly() || sftp.passwordAuthDisabled())
                .passwordAttempts(limits.passwordAttempts())
                .keyAttempts(limits.publicKeyAttempts())
                .cooldown(limits.cooldown())
                .build());
    }

    private RemoteDownloadOptions downloads() {
        var downloads = configuration.api().downloads();
        return RemoteDownloadOptions.builder()
                .disabled(downloads.disabled())
                .maxRedirects(downloads.maxRedirects())
                .perServer(downloads.serverLimit())
                .blockedNetworks(downloads.blockedCidrs())
                .build();
    }

    private Optional<ApiOptions.Tls> tls(SslConfiguration ssl) {
        return ssl.enabled() && !ssl.selfSigned()
                ? Optional.of(new ApiOptions.Tls(
                        tlsFile("api.ssl.cert", ssl.certificate()), tlsFile("api.ssl.key", ssl.key())))
                : Optional.empty();
    }

    private Path tlsFile(String key, String text) {
        var expected = "a PEM file, since api.ssl.enabled is true";
        if (text.isBlank()) {
            throw document.wrong(key, "missing", expected);
        }
        var path = absolute(key, text);
        if (!Files.isReadable(path)) {
            throw document.wrong(key, path + " cannot be read", expected);
        }
        return path;
    }

    private SystemOptions system() {
        var system = configuration.system();
        var directories = system.directories();
        var root = absolute("system.root_directory", directories.root());
        boolean usual = root.equals(Path.of(PELICAN_ROOT));
        var username = system.user().username();
        var rootless = system.user().rootless();
        // An engine without root runs as the user of this program, and nobody else's files are its own.
        var ids = UserIds.of(rootless.enabled() ? System.getProperty("user.name") : username);
        var names = system.user().names();
        var machineId = system.machineId();
        return SystemOptions.builder(root)
                .logDirectory(directory(
                        "system.log_directory",
                        directories.log(),
                        usual ? Path.of(directories.log()) : root.resolve("log")))
                .dataDirectory(directory("system.data", directories.data(), root.resolve("volumes")))
                .archiveDirectory(
                        directory("system.archive_directory", directories.archive(), root.resolve("archives")))
                .backupDirectory(directory("system.backup_directory", directories.backup(), root.resolve("backups")))
                .tmpDirectory(directory(
                        "system.tmp_directory",
                        directories.tmp(),
                        usual ? Path.of(System.getProperty("java.io.tmpdir"), "pelican") : root.resolve("tmp")))
                .username(username)
                .passwdDirectory(
                        names.enabled()
                                ? Optional.of(directory(
                                        "system.user.passwd.directory",
                                        names.directory(),
                                        usual ? Path.of(names.directory()) : root.resolve("passwd")))
                                : Optional.empty())
                .machineIdDirectory(
                        machineId.enabled()
                                ? Optional.of(directory(
                                        "system.machine_id.directory",
                                        machineId.directory(),
                                        usual ? Path.of(machineId.directory()) : root.resolve("machine-id")))
                                : Optional.empty())
                .containerUser(
                        rootless.enabled()
                                ? Optional.of(rootless.containerUid() + ":" + rootless.containerGid())
                                : Optional.empty())
                .uid(system.user().uid().orElse(ids.uid()))
                .gid(system.user().gid().orElse(ids.gid()))
                .timezone(timezone())
                .websocketLogCount(system.websocketLogCount())
                .diskCheckInterval(system.disk().checkInterval())
                .checkPermissionsOnBoot(system.checkPermissionsOnBoot())
                .diskQuotas(system.disk().quotasEnabled())
                .build();
    }

    private ZoneId timezone() {
        var name = configuration.system().timezone();
        if (name.isEmpty()) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name.get());
        } catch (DateTimeException ignored) {
            // What the library says adds nothing.
            throw document.wrong("system.timezone", name.get(), "a time zone, such as Europe/Berlin");
        }
    }

    private CrashDetectionOptions crashDetection() {
        var crash = configuration.system().crashDetection();
        return CrashDetectionOptions.builder()
                .enabled(crash.enabled())
                .detectCleanExitAsCrash(crash.detectCleanExitAsCrash())
                .timeout(crash.timeout())
                .build();
    }

    private DockerOptions docker() {
        var docker = configuration.docker();
        var limits = docker.installerLimits();
        var overhead = docker.overhead();
        var options = DockerOptions.builder()
                .network(network(docker.network()))
                .domainname(docker.domainname())
                .tmpfsSizeMebibytes((int) docker.tmpfsSizeMebibytes())
                .containerPidLimit(docker.containerPidLimit())
                .installerLimits(new DockerOptions.InstallerLimits(limits.memoryMebibytes(), limits.cpuPercent()))
                .overhead(new DockerOptions.Overhead(
                        overhead.override(), overhead.defaultMultiplier(), overhead.multipliers()))
                .log(new DockerOptions.Log(docker.log().type(), docker.log().config()))
                .usernsMode(docker.usernsMode())
                .pullPolicy(DockerOptions.PullPolicy.valueOf(docker.pullPolicy().toUpperCase(Locale.ROOT)))
                .pullTimeout(docker.pullTimeout())
                .callTimeout(docker.callTimeout())
                .systemIps(docker.systemIps());
        docker.registries()
                .forEach((registry, login) -> options.putRegistries(
                        registry, new DockerOptions.RegistryLogin(login.username(), login.password())));
        return document.has("docker.socket")
                ? options.socket(socketUrl(docker.socket())).build()
                : options.build();
    }

    private static String socketUrl(String text) {
        return text.startsWith("/") ? "unix://" + text : text;
    }

    private NetworkOptions network(NetworkConfiguration network) {
        var name = network.name();
        return NetworkOptions.builder()
                .name(name)
                .networkMode(document.has("docker.network.network_mode") ? network.networkMode() : name)
                .driver(network.driver())
                .bridgeName(name.equals("pelican_nw") ? "pelican0" : "")
                .internal(network.internal())
                .interContainer(network.interContainer())
                .mtu(network.mtu())
                .subnet(network.v4().subnet())
                .gateway(network.v4().gateway())
                .ipv6(ipv6(network))
                .interfaceAddress(
                        document.has("docker.network.interface") ? interfaceAddress(network) : Optional.empty())
                .ispn(network.ispn())
                .dns(network.dns())
                .build();
    }

    /** The gateway is what counts anyway, and not always what the file says: the engine chooses another one if it is taken. */
    private static Optional<String> interfaceAddress(NetworkConfiguration network) {
        return Optional.of(network.interfaceAddress())
                .filter(text -> !text.isBlank() && !text.equals(network.v4().gateway()));
    }

    private Optional<NetworkOptions.Ipv6> ipv6(NetworkConfiguration network) {
        // Only if asked for: an engine or kernel without IPv6 refuses the whole network.
        return document.has("docker.network.IPv6") && network.ipv6()
                ? Optional.of(new NetworkOptions.Ipv6(
                        network.v6().subnet(), network.v6().gateway()))
                : Optional.empty();
    }

    private PowerOptions power() {
        var power = configuration.power();
        return PowerOptions.builder()
                .stopTimeout(power.stopTimeout())
                .suspendTimeout(power.suspendTimeout())
                .reinstallStopTimeout(power.reinstallStopTimeout())
                .installTimeout(power.installTimeout())
                .concurrentInstalls(power.concurrentInstalls())
                .concurrentStarts(power.concurrentStarts())
                .build();
    }

    private ConsoleLogOptions console() {
        var console = configuration.console();
        return ConsoleLogOptions.builder()
                .maxLines(console.maxLines())
                .maxBytes(console.maxBytes())
                .maxLineBytes(console.maxLineBytes())
                .historyBytes(console.historyBytes())
                .historyAge(Duration.ofDays(console.historyDays()))
                .nodeHistoryBytes(console.nodeHistoryBytes())
                .throttle(throttle())
                .build();
    }

    private ActivityOptions activity() {
        var activity = configuration.system().activity();
        return ActivityOptions.builder()
                .sendInterval(activity.sendInterval())
                .sendCount(activity.sendCount())
                .crashLines(activity.crashLines())
                .build();
    }

    private ThrottleOptions throttle() {
        var throttles = configuration.throttles();
        return ThrottleOptions.builder()
                .enabled(throttles.enabled())
                .lines(throttles.lines())
                .interval(throttles.lineResetInterval())
                .build();
    }

    private Path directory(String key, String given, Path otherwise) {
        return document.has(key) ? absolute(key, given) : otherwise;
    }

    private Path absolute(String key, String text) {
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw document.wrong(key, text, "an absolute path");
        }
        return Path.of(text).normalize();
    }
}
