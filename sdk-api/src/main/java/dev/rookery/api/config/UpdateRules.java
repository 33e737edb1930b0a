package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a panel may change of a node. Whoever holds a node's secret could otherwise read and write every file of its machine
 * (CVE-2024-34066). Source: node API §2.2.
 *
 * @param refused the keys that a panel never sets
 * @param accepted the only keys that it sets; empty if all that are not refused
 * @param keepsLetsEncryptFiles whether certificate and key stay as they are when the panel sends its guess of their place
 * @param honoursOptOut whether {@code ignore_panel_config_updates} keeps everything as it is
 */
public record UpdateRules(
        Set<String> refused, Set<String> accepted, boolean keepsLetsEncryptFiles, boolean honoursOptOut) {

    private static final Set<String> REFUSED_BY_PELICAN = Set.of(
            "remote",
            "allowed_mounts",
            "BlockBaseDirMount",
            "api.disable_remote_download",
            "system.root_directory",
            "system.log_directory",
            "system.data",
            "system.archive_directory",
            "system.backup_directory",
            "system.tmp_directory");

    private static final Set<String> ACCEPTED_BY_CALAGOPUS = Set.of(
            "debug",
            "app_name",
            "api.host",
            "api.port",
            "api.ssl.enabled",
            "api.ssl.cert",
            "api.ssl.key",
            "api.upload_limit",
            "system.sftp.bind_address",
            "system.sftp.bind_port",
            "allowed_origins",
            "allow_cors_private_network",
            "ignore_panel_config_updates");

    /** Copies the collections. */
    public UpdateRules {
        refused = Set.copyOf(refused);
        accepted = Set.copyOf(accepted);
    }

    /**
     * Returns Rookery's rules for {@code POST /api/update}: those of Pelican, and besides nothing of where the container engine is, as
     * whom servers run, or which hosts are out of reach.
     */
    public static UpdateRules update() {
        return new UpdateRules(neverFromPanel(), Set.of(), true, true);
    }

    /** Returns Rookery's rules for a node that enrols: the same, and certificates are taken where the panel says. */
    public static UpdateRules enrolment() {
        return new UpdateRules(neverFromPanel(), Set.of(), false, false);
    }

    /** Returns the rules of a family's own daemon for {@code POST /api/update}. */
    public static UpdateRules of(Dialect dialect) {
        return switch (dialect) {
            case PTERODACTYL -> new UpdateRules(Set.of("allowed_mounts"), Set.of(), true, true);
            case CALAGOPUS -> new UpdateRules(Set.of(), ACCEPTED_BY_CALAGOPUS, true, true);
            case PELICAN, FLAMINGO, NEXUS -> new UpdateRules(REFUSED_BY_PELICAN, Set.of(), true, true);
        };
    }

    /** Returns why a panel may not set a key; empty if it may. */
    public Optional<String> refusal(String key) {
        if (ConfigurationKeys.find(key).isEmpty()) {
            return Optional.of("nobody knows this key");
        }
        boolean taken = !refused.contains(key) && (accepted.isEmpty() || accepted.contains(key));
        return taken ? Optional.empty() : Optional.of("a panel may not set this");
    }

    private static Set<String> neverFromPanel() {
        return ConfigurationKeys.all().stream()
                .filter(key -> !key.fromPanel())
                .map(ConfigurationKey::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
