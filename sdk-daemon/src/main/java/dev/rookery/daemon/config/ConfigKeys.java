package dev.rookery.daemon.config;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of {@code config.yml}. Source: node API §6.1. */
final class ConfigKeys {

    /** Keys that are used. */
    static final Set<String> USED = Set.of(
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
            "api.upload_limit",
            "system.root_directory",
            "system.log_directory",
            "system.data",
            "system.archive_directory",
            "system.backup_directory",
            "system.tmp_directory",
            "system.username",
            "system.timezone",
            "system.user.uid",
            "system.user.gid",
            "system.disk_check_interval",
            "system.check_permissions_on_boot",
            "system.websocket_log_count",
            "system.crash_detection.enabled",
            "system.crash_detection.detect_clean_exit_as_crash",
            "system.crash_detection.timeout",
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
            "docker.network.dns",
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
            "console.max_lines",
            "console.max_bytes",
            "console.max_line_bytes",
            "remote",
            "remote_query.timeout",
            "remote_query.boot_servers_per_page",
            "remote_query.custom_headers",
            "allowed_mounts",
            "allowed_origins");

    /** Keys of Wings and its relatives that this version does not use; some stand for everything below them. */
    static final Set<String> UNUSED = Set.of(
            "quiet",
            "api.disable_remote_download",
            "api.remote_download",
            "api.trusted_proxies",
            "api.disable_openapi_docs",
            "api.server_remote_download_limit",
            "api.remote_download_blocked_cidrs",
            "api.disable_directory_size",
            "api.directory_entry_limit",
            "api.send_offline_server_logs",
            "api.file_search_threads",
            "api.file_decompression_threads",
            "api.file_compression_threads",
            "api.max_jwt_uses",
            "system.user.rootless",
            "system.user.passwd",
            "system.passwd",
            "system.machine_id",
            "system.quotas",
            "system.activity_send_interval",
            "system.activity_send_count",
            "system.enable_log_rotate",
            "system.sftp",
            "system.crash_detection_activity_lines",
            "system.backups",
            "system.transfers",
            "system.openat_mode",
            "system.disk_check_threads",
            "system.disk_limiter_mode",
            "system.check_permissions_on_boot_threads",
            "docker.network.interface",
            "docker.network.ispn",
            "docker.network.mode",
            "docker.network.disable_interface_binding",
            "docker.installer_limits.timeout",
            "docker.registries",
            "docker.use_performant_inspect",
            "docker.system_ips",
            "docker.server_name_in_container_name",
            "docker.delete_container_on_stop",
            "throttles",
            "remote_query.retry_limit",
            "remote_headers",
            "Search",
            "BlockBaseDirMount",
            "allow_cors_private_network",
            "ignore_panel_config_updates");

    private ConfigKeys() {}

    /** Returns whether a key is used, or is or stands below one that is known and not used. */
    static boolean known(String key) {
        return USED.contains(key)
                || UNUSED.stream().anyMatch(unused -> key.equals(unused) || key.startsWith(unused + "."));
    }

    /** Returns whether a key is only a way to others. */
    static boolean group(String key) {
        var prefix = key + ".";
        return Stream.concat(USED.stream(), UNUSED.stream()).anyMatch(known -> known.startsWith(prefix));
    }

    /** Returns the known key that looks most like {@code key}. */
    static String nearest(String key) {
        return Stream.concat(USED.stream(), UNUSED.stream())
                .min(Comparator.<String>comparingInt(known -> distance(key, known))
                        .thenComparing(known -> known))
                .orElseThrow();
    }

    /** The least number of letters to insert, drop or replace. */
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
