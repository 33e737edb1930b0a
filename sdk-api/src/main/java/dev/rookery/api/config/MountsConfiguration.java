package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.List;
import org.immutables.value.Value;

/**
 * What of the machine servers may mount. Source: node API §6.1.
 *
 * @param allowed directories of the machine below which servers may mount; empty by default
 * @param baseDirectoryBlocked whether nothing may be mounted over a server's own directory; default {@code true}
 */
@Value.Builder
public record MountsConfiguration(
        @Key("allowed_mounts") List<String> allowed,
        @Key("BlockBaseDirMount") boolean baseDirectoryBlocked) {

    /** Copies the collections. */
    public MountsConfiguration {
        allowed = List.copyOf(allowed);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static MountsConfigurationBuilder builder() {
        return new MountsConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).mounts());
    }
}
