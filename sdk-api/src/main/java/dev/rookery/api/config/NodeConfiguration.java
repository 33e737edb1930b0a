package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * Everything that {@code config.yml} says of a node, one record per concern. Texts and the defaults of one daemon; nothing of it is
 * looked up on a machine. Source: node API §6.1, daemon behaviour §15.
 *
 * <pre>{@code
 * var configuration = NodeConfigurationDocument.parse(text).configuration();
 * var port = configuration.api().port();
 * }</pre>
 *
 * @param debug whether to log more; default {@code false}
 * @param quiet whether to log next to nothing, unless {@code debug} is set; default {@code false}
 * @param appName what the node calls itself in its lines on consoles; default {@code pelican}
 * @param identity who the node is
 * @param api the HTTP API
 * @param system what the node does on its machine
 * @param docker containers
 * @param power how long power actions may take
 * @param console how much of each console is kept
 * @param throttles how many lines a console may have
 * @param remote the panel
 * @param mounts what servers may mount
 * @param search searches in files
 * @param origins where browsers may come from
 * @param ignorePanelConfigUpdates whether the panel may not change this file; default {@code false}
 * @param ignorePanelWingsUpgrades whether the panel may not upgrade the node; default {@code false}
 */
@Value.Builder
public record NodeConfiguration(
        @Key("debug") boolean debug,
        @Key("quiet") boolean quiet,
        @Key("app_name") String appName,
        @Key("") IdentityConfiguration identity,
        @Key("api") ApiConfiguration api,
        @Key("system") SystemConfiguration system,
        @Key("docker") DockerConfiguration docker,
        @Key("power") PowerConfiguration power,
        @Key("console") ConsoleConfiguration console,
        @Key("throttles") ThrottlesConfiguration throttles,
        @Key("") RemoteConfiguration remote,
        @Key("") MountsConfiguration mounts,
        @Key("Search") SearchConfiguration search,
        @Key("") OriginsConfiguration origins,
        @Key("ignore_panel_config_updates") boolean ignorePanelConfigUpdates,
        @Key("ignore_panel_wings_upgrades") boolean ignorePanelWingsUpgrades) {

    /**
     * Checks every value.
     *
     * @throws dev.rookery.api.InvalidInputException if one is not what its key takes
     */
    public NodeConfiguration {
        // Taken apart and thrown away: each value passes the rules of its key.
        Binding.json(ConfigurationKeys.require("app_name"), appName);
        Binding.write(identity, "");
        Binding.write(api, "api");
        Binding.write(system, "system");
        Binding.write(docker, "docker");
        Binding.write(power, "power");
        Binding.write(console, "console");
        Binding.write(throttles, "throttles");
        Binding.write(remote, "");
        Binding.write(mounts, "");
        Binding.write(search, "Search");
        Binding.write(origins, "");
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static NodeConfigurationBuilder builder() {
        return new NodeConfigurationBuilder().from(defaults(Dialect.PELICAN));
    }

    /**
     * Returns the configuration of a node whose file says nothing.
     *
     * @param dialect whose daemon it runs; Rookery's own keys have their defaults with each
     */
    public static NodeConfiguration defaults(Dialect dialect) {
        return Binding.read(NodeConfiguration.class, "", ConfigurationKeys.defaults(dialect));
    }

    /**
     * Returns what becomes of this configuration when a panel changes it.
     *
     * @param patch what the panel sent
     * @param rules what it may change
     * @throws dev.rookery.api.InvalidInputException if a value is not what its key takes; nothing is changed then
     */
    public ConfigurationChange apply(NodeConfigurationPatch patch, UpdateRules rules) {
        return ConfigurationChange.of(this, patch, rules);
    }
}
