package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.List;
import org.immutables.value.Value;

/**
 * Searches in the files of a server. Source: node API §6.1.
 *
 * @param blacklistedDirectories directories that a search leaves out; default {@code node_modules, .git, .wine, appcache, depotcache, vendor}
 * @param maxRecursionDepth how deep a search goes; default {@code 8}
 */
@Value.Builder
public record SearchConfiguration(
        @Key("blacklisted_dirs") List<String> blacklistedDirectories,
        @Key("max_recursion_depth") int maxRecursionDepth) {

    /** Copies the collections. */
    public SearchConfiguration {
        blacklistedDirectories = List.copyOf(blacklistedDirectories);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static SearchConfigurationBuilder builder() {
        return new SearchConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).search());
    }
}
