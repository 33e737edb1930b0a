package dev.rookery.api.config;

import dev.rookery.api.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a configuration that a panel changed.
 *
 * @param configuration the configuration afterwards
 * @param applied the keys that were set, also those that had that value before
 * @param ignored the keys that were not, each with the reason
 */
public record ConfigurationChange(NodeConfiguration configuration, List<String> applied, Map<String, String> ignored) {

    private static final String LETS_ENCRYPT = "/etc/letsencrypt/live/";

    /** Copies the collections. */
    public ConfigurationChange {
        applied = List.copyOf(applied);
        ignored = Collections.unmodifiableMap(new LinkedHashMap<>(ignored));
    }

    static ConfigurationChange of(NodeConfiguration before, NodeConfigurationPatch patch, UpdateRules rules) {
        var changes = patch.values();
        if (rules.honoursOptOut() && before.ignorePanelConfigUpdates()) {
            var ignored = new LinkedHashMap<String, String>();
            changes.keySet().forEach(key -> ignored.put(key, "ignore_panel_config_updates is set"));
            return new ConfigurationChange(before, List.of(), ignored);
        }
        var values = Binding.write(before, "");
        var applied = new ArrayList<String>();
        var ignored = new LinkedHashMap<String, String>();
        boolean guessed = rules.keepsLetsEncryptFiles()
                && changes.get("api.ssl.key") instanceof Json.Text key
                && key.value().startsWith(LETS_ENCRYPT);
        changes.forEach((key, value) -> {
            var refusal = rules.refusal(key).orElseGet(() -> reason(key, value, guessed));
            if (!refusal.isEmpty()) {
                ignored.put(key, refusal);
                return;
            }
            values.put(key, value == Json.Null.INSTANCE ? none(key) : value);
            applied.add(key);
        });
        return new ConfigurationChange(Binding.read(NodeConfiguration.class, "", values), applied, ignored);
    }

    private static String reason(String key, Json value, boolean guessed) {
        if (guessed && (key.equals("api.ssl.cert") || key.equals("api.ssl.key"))) {
            return "panels always send Let's Encrypt's place; the node's own stays";
        }
        // Wings' reader of JSON leaves a field alone for which it reads null, unless it is a list or a map.
        return value == Json.Null.INSTANCE && none(key) == Json.Null.INSTANCE ? "null leaves it as it is" : "";
    }

    private static Json none(String key) {
        return switch (ConfigurationKeys.require(key).type()) {
            case TEXTS -> new Json.Array(List.of());
            case TEXT_MAP, FACTORS, REGISTRIES -> new Json.Obj(Map.of());
            default -> Json.Null.INSTANCE;
        };
    }
}
