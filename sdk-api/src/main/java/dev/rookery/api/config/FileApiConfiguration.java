package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * Work on files by the HTTP API. Source: node API §6.1.
 *
 * @param directorySizeDisabled whether lists of files leave out the sizes of directories; default {@code false}
 * @param directoryEntryLimit how many entries a list of files has at most; default {@code 10000}
 * @param searchThreads threads of a search; default {@code 4}
 * @param copyThreads threads of a copy; default {@code 4}
 * @param decompressionThreads threads that unpack; default {@code 2}
 * @param compressionThreads threads that pack; default {@code 2}
 */
@Value.Builder
public record FileApiConfiguration(
        @Key("disable_directory_size") boolean directorySizeDisabled,
        @Key("directory_entry_limit") int directoryEntryLimit,
        @Key("file_search_threads") int searchThreads,
        @Key("file_copy_threads") int copyThreads,
        @Key("file_decompression_threads") int decompressionThreads,
        @Key("file_compression_threads") int compressionThreads) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static FileApiConfigurationBuilder builder() {
        return new FileApiConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).api().files());
    }
}
