package dev.rookery.daemon.config;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.ConsoleLogOptions;
import dev.rookery.daemon.CrashDetectionOptions;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.daemon.PowerOptions;
import dev.rookery.daemon.SystemOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns a parsed file into options. Defaults are Pelican's, see the node API, §6.1. */
final class OptionsReader {

    private static final String PELICAN_ROOT = "/var/lib/pelican";
    private static final int MAX = Integer.MAX_VALUE;
    private static final int MAX_PORT = 65_535;
    private static final int DAY_SECONDS = 86_400;

    private final ConfigTree tree;
    private final String file;
    private final Map<String, String> environment;

    OptionsReader(ConfigTree tree, String file, Map<String, String> environment) {
        this.tree = tree;
        this.file = file;
        this.environment = environment;
    }

    DaemonOptions options() {
        var system = system();
        return DaemonOptions.builder(nodeUuid(), system.rootDirectory())
                .appName(tree.text("app_name").orElse("Rookery"))
                .credentials(credentials())
                .panelUrl(remote())
                .debug(tree.bool("debug", false))
                .api(api())
                .system(system)
                .docker(docker())
                .power(power())
                .crashDetection(crashDetection())
                .console(console())
                .panelTimeout(seconds("remote_query.timeout", 30, 1))
                .panelPageSize((int) tree.number("remote_query.boot_servers_per_page", 50, 1, 1000))
                .allowedMounts(paths("allowed_mounts"))
                .build();
    }

    private NodeCredentials credentials() {
        var secrets = new Secrets(tree, file, environment);
        return new NodeCredentials(
                secrets.resolve("token_id", "WINGS_TOKEN_ID", 1), secrets.resolve("token", "WINGS_TOKEN", 32));
    }

    private UUID nodeUuid() {
        var text = tree.text("uuid")
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> tree.wrong("uuid", "missing", "the node's uuid, as the panel shows it"));
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException ignored) {
            // Some panels call their nodes by number: any text that stays the same tells one node from another.
            return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private URI remote() {
        var text = tree.text("remote").filter(value -> !value.isBlank());
        var expected = "the panel's URL, such as https://panel.example.com";
        if (text.isEmpty()) {
            throw tree.wrong("remote", "missing", expected);
        }
        try {
            var uri = new URI(text.get());
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException ignored) {
            // Reported below, like a URL of another kind.
        }
        // Not repeated: it may hold a password.
        throw tree.wrong("remote", "not a URL that can be used", expected);
    }

    private ApiOptions api() {
        return ApiOptions.builder()
                .host(tree.text("api.host").orElse("0.0.0.0"))
                .port((int) tree.number("api.port", 8080, 0, MAX_PORT))
                .tls(tls())
                .uploadLimitMebibytes((int) tree.number("api.upload_limit", 100, 1, MAX))
                .allowedOrigins(tree.texts("allowed_origins", List.of()))
                .build();
    }

    private Optional<ApiOptions.Tls> tls() {
        return tree.bool("api.ssl.enabled", false)
                ? Optional.of(new ApiOptions.Tls(tlsFile("api.ssl.cert"), tlsFile("api.ssl.key")))
                : Optional.empty();
    }

    private Path tlsFile(String key) {
        var expected = "a PEM file, since api.ssl.enabled is true";
        var path = path(key).orElseThrow(() -> tree.wrong(key, "missing", expected));
        if (!Files.isReadable(path)) {
            throw tree.wrong(key, path + " cannot be read", expected);
        }
        return path;
    }

    private SystemOptions system() {
        var root = path("system.root_directory").orElse(Path.of(PELICAN_ROOT));
        boolean usual = root.equals(Path.of(PELICAN_ROOT));
        var username = tree.text("system.username").orElse("pelican");
        var ids = UserIds.of(username);
        return SystemOptions.builder(root)
                .logDirectory(
                        path("system.log_directory").orElse(usual ? Path.of("/var/log/pelican") : root.resolve("log")))
                .dataDirectory(path("system.data").orElse(root.resolve("volumes")))
                .archiveDirectory(path("system.archive_directory").orElse(root.resolve("archives")))
                .backupDirectory(path("system.backup_directory").orElse(root.resolve("backups")))
                .tmpDirectory(path("system.tmp_directory")
                        .orElse(usual ? Path.of(System.getProperty("java.io.tmpdir"), "pelican") : root.resolve("tmp")))
                .username(username)
                .uid((int) tree.number("system.user.uid", ids.uid(), 0, MAX))
                .gid((int) tree.number("system.user.gid", ids.gid(), 0, MAX))
                .timezone(timezone())
                .websocketLogCount((int) tree.number("system.websocket_log_count", 150, 0, 10_000))
                .diskCheckInterval(seconds("system.disk_check_interval", 150, 0))
                .checkPermissionsOnBoot(tree.bool("system.check_permissions_on_boot", true))
                .build();
    }

    private ZoneId timezone() {
        var name = tree.text("system.timezone").filter(zone -> !zone.isBlank());
        if (name.isEmpty()) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name.get());
        } catch (DateTimeException ignored) {
            // What the library says adds nothing.
            throw tree.wrong("system.timezone", name.get(), "a time zone, such as Europe/Berlin");
        }
    }

    private CrashDetectionOptions crashDetection() {
        return CrashDetectionOptions.builder()
                .enabled(tree.bool("system.crash_detection.enabled", true))
                .detectCleanExitAsCrash(tree.bool("system.crash_detection.detect_clean_exit_as_crash", true))
                .timeout(seconds("system.crash_detection.timeout", 60, 0))
                .build();
    }

    private DockerOptions docker() {
        var defaults = DockerOptions.builder().build();
        return DockerOptions.builder()
                .socket(tree.text("docker.socket").map(OptionsReader::socketUrl).orElse(defaults.socket()))
                .network(network())
                .domainname(tree.text("docker.domainname").orElse(""))
                .tmpfsSizeMebibytes((int) tree.number("docker.tmpfs_size", 100, 1, MAX))
                .containerPidLimit(tree.number("docker.container_pid_limit", 512, 0, MAX))
                .installerLimits(new DockerOptions.InstallerLimits(
                        tree.number("docker.installer_limits.memory", 1024, 0, MAX),
                        tree.number("docker.installer_limits.cpu", 100, 0, MAX)))
                .overhead(overhead())
                .log(new DockerOptions.Log(
                        tree.text("docker.log_config.type")
                                .orElse(defaults.log().type()),
                        tree.map("docker.log_config.config")
                                .orElse(defaults.log().config())))
                .usernsMode(tree.text("docker.userns_mode").orElse(""))
                .pullPolicy(pullPolicy())
                .pullTimeout(seconds("docker.pull_timeout", 900, 1))
                .callTimeout(seconds("docker.call_timeout", 30, 1))
                .build();
    }

    private static String socketUrl(String text) {
        return text.startsWith("/") ? "unix://" + text : text;
    }

    private DockerOptions.PullPolicy pullPolicy() {
        var text = tree.text("docker.pull_policy").orElse("always");
        return switch (text) {
            case "always" -> DockerOptions.PullPolicy.ALWAYS;
            case "if_missing" -> DockerOptions.PullPolicy.IF_MISSING;
            case "never" -> DockerOptions.PullPolicy.NEVER;
            default -> throw tree.wrong("docker.pull_policy", text, "always, if_missing or never");
        };
    }

    private DockerOptions.Overhead overhead() {
        var multipliers = new HashMap<Long, Double>();
        tree.map("docker.overhead.multipliers").orElse(Map.of()).forEach((memory, factor) -> {
            try {
                multipliers.put(Long.valueOf(memory), Double.valueOf(factor));
            } catch (NumberFormatException ignored) {
                // The key and value say enough.
                throw tree.wrong(
                        "docker.overhead.multipliers",
                        memory + ": " + factor,
                        "memory in MiB with a factor, such as 2048: 1.15");
            }
        });
        return new DockerOptions.Overhead(
                tree.bool("docker.overhead.override", false),
                tree.decimal("docker.overhead.default_multiplier", 1.05, 1),
                multipliers);
    }

    private NetworkOptions network() {
        var prefix = "docker.network.";
        var name = tree.text(prefix + "name").orElse("pelican_nw");
        return NetworkOptions.builder()
                .name(name)
                .networkMode(tree.text(prefix + "network_mode").orElse(name))
                .driver(tree.text(prefix + "driver").orElse("bridge"))
                .bridgeName(name.equals("pelican_nw") ? "pelican0" : "")
                .internal(tree.bool(prefix + "is_internal", false))
                .interContainer(tree.bool(prefix + "enable_icc", true))
                .mtu((int) tree.number(prefix + "network_mtu", 1500, 576, MAX_PORT))
                .subnet(tree.text(prefix + "interfaces.v4.subnet").orElse("172.18.0.0/16"))
                .gateway(tree.text(prefix + "interfaces.v4.gateway").orElse("172.18.0.1"))
                .ipv6(ipv6(prefix))
                .dns(tree.texts(prefix + "dns", List.of("1.1.1.1", "1.0.0.1")))
                .build();
    }

    private Optional<NetworkOptions.Ipv6> ipv6(String prefix) {
        // Only if asked for: an engine or kernel without IPv6 refuses the whole network.
        return tree.bool(prefix + "IPv6", false)
                ? Optional.of(new NetworkOptions.Ipv6(
                        tree.text(prefix + "interfaces.v6.subnet").orElse("fdba:17c8:6c94::/64"),
                        tree.text(prefix + "interfaces.v6.gateway").orElse("fdba:17c8:6c94::1011")))
                : Optional.empty();
    }

    private PowerOptions power() {
        return PowerOptions.builder()
                .stopTimeout(seconds("power.stop_timeout", 600, 1))
                .suspendTimeout(seconds("power.suspend_timeout", 60, 1))
                .reinstallStopTimeout(seconds("power.reinstall_stop_timeout", 10, 1))
                .installTimeout(seconds("power.install_timeout", 1800, 1))
                .build();
    }

    private ConsoleLogOptions console() {
        return ConsoleLogOptions.builder()
                .maxLines((int) tree.number("console.max_lines", 5_000, 10, 10_000_000))
                .maxBytes((int) tree.number("console.max_bytes", 2 << 20, 256, 1 << 30))
                .maxLineBytes((int) tree.number("console.max_line_bytes", 64 << 10, 256, 1 << 20))
                .build();
    }

    private Duration seconds(String key, long absent, long min) {
        return Duration.ofSeconds(tree.number(key, absent, min, DAY_SECONDS));
    }

    private Optional<Path> path(String key) {
        return tree.text(key).filter(text -> !text.isBlank()).map(text -> absolute(key, text));
    }

    private List<Path> paths(String key) {
        return tree.texts(key, List.of()).stream()
                .map(text -> absolute(key, text))
                .toList();
    }

    private Path absolute(String key, String text) {
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw tree.wrong(key, text, "an absolute path");
        }
        return Path.of(text).normalize();
    }
}
