package dev.rookery.daemon.config;

import dev.rookery.api.config.ConfigurationException;
import dev.rookery.api.config.ConfigurationKeys;
import dev.rookery.api.config.NodeConfigurationDocument;
import dev.rookery.api.config.NodeConfigurationDocument.PlacedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which keys of a document this version uses. */
final class UsedKeys {

    private static final Set<String> USED = Set.of(
            "debug",
            "app_name",
            "uuid",
            "token_id",
            "token",
            "api.host",
            "api.port",
            "api.ssl.enabled",
            "api.ssl.cert",
            "api.ssl.key",
            "api.ssl.self_signed",
            "api.trusted_proxies",
            "api.upload_limit",
            "api.disable_remote_download",
            "api.remote_download.max_redirects",
            "api.server_remote_download_limit",
            "api.remote_download_blocked_cidrs",
            "api.dialect",
            "system.root_directory",
            "system.log_directory",
            "system.data",
            "system.archive_directory",
            "system.backup_directory",
            "system.tmp_directory",
            "system.username",
            "system.timezone",
            "system.runtime",
            "system.user.uid",
            "system.user.gid",
            "system.user.rootless.enabled",
            "system.user.rootless.container_uid",
            "system.user.rootless.container_gid",
            "system.user.passwd.enable",
            "system.user.passwd.directory",
            "system.machine_id.enable",
            "system.machine_id.directory",
            "system.disk_check_interval",
            "system.quotas.enabled",
            "system.check_permissions_on_boot",
            "system.websocket_log_count",
            "system.crash_detection.enabled",
            "system.crash_detection.detect_clean_exit_as_crash",
            "system.crash_detection.timeout",
            "system.sftp.enabled",
            "system.sftp.bind_address",
            "system.sftp.bind_port",
            "system.sftp.read_only",
            "system.sftp.key_only",
            "system.sftp.disable_password_auth",
            "system.sftp.limits.authentication_password_attempts",
            "system.sftp.limits.authentication_pubkey_attempts",
            "system.sftp.limits.authentication_cooldown",
            "system.activity_send_interval",
            "system.activity_send_count",
            "system.crash_detection_activity_lines",
            "docker.socket",
            "docker.domainname",
            "docker.tmpfs_size",
            "docker.container_pid_limit",
            "docker.installer_limits.memory",
            "docker.installer_limits.cpu",
            "docker.overhead.override",
            "docker.overhead.default_multiplier",
            "docker.overhead.multipliers",
            "docker.userns_mode",
            "docker.log_config.type",
            "docker.log_config.config",
            "docker.pull_policy",
            "docker.pull_timeout",
            "docker.call_timeout",
            "docker.system_ips",
            "docker.registries",
            "ignore_panel_config_updates",
            "docker.network.dns",
            "docker.network.interface",
            "docker.network.ispn",
            "docker.network.name",
            "docker.network.network_mode",
            "docker.network.driver",
            "docker.network.is_internal",
            "docker.network.enable_icc",
            "docker.network.network_mtu",
            "docker.network.IPv6",
            "docker.network.interfaces.v4.subnet",
            "docker.network.interfaces.v4.gateway",
            "docker.network.interfaces.v6.subnet",
            "docker.network.interfaces.v6.gateway",
            "power.stop_timeout",
            "power.suspend_timeout",
            "power.reinstall_stop_timeout",
            "power.install_timeout",
            "power.concurrent_installs",
            "power.concurrent_starts",
            "console.max_lines",
            "console.max_bytes",
            "console.max_line_bytes",
            "console.history_bytes",
            "console.history_days",
            "console.node_history_bytes",
            "throttles.enabled",
            "throttles.lines",
            "throttles.line_reset_interval",
            "remote",
            "remote_query.timeout",
            "remote_query.boot_servers_per_page",
            "remote_query.custom_headers",
            "allowed_mounts",
            "BlockBaseDirMount",
            "allowed_origins",
            "allow_cors_private_network");

    private UsedKeys() {}

    /**
     * Returns the keys without effect, in the order of the document; one that stands for others without effect is named instead of them.
     *
     * @param tolerant whether a key that nobody knows counts as one
     * @throws ConfigurationException if there is a key that nobody knows
     */
    static List<ConfigFile.UnusedKey> unused(String file, NodeConfigurationDocument document, boolean tolerant) {
        var unused = new ArrayList<ConfigFile.UnusedKey>();
        var above = "";
        for (var key : document.keys()) {
            if (!above.isEmpty() && key.name().startsWith(above + ".")) {
                continue;
            }
            if (!key.known() && !tolerant) {
                throw unknown(file, key);
            }
            if (!used(key.name())) {
                unused.add(new ConfigFile.UnusedKey(key.name(), key.line()));
                above = key.name();
            }
        }
        return unused;
    }

    private static boolean used(String name) {
        return USED.contains(name) || USED.stream().anyMatch(used -> used.startsWith(name + "."));
    }

    private static ConfigurationException unknown(String file, PlacedKey key) {
        return new ConfigurationException(
                file + ", line " + key.line() + ", column " + key.column() + ": unknown key '" + key.name()
                        + "' (did you mean '" + ConfigurationKeys.nearest(key.name()) + "'?)",
                key.name(),
                key.line(),
                key.column(),
                null);
    }
}
