package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.immutables.value.Value;

/**
 * Disk use of the container engine. Source: node API §2.1.
 *
 * @param containersBytes written by containers
 * @param images how many images there are
 * @param imagesActive how many have a container
 * @param imagesBytes size of all images
 * @param buildCacheBytes size of the build cache that is not shared
 */
@Value.Builder
public record DockerDiskUsage(
        @JsonProperty("containers_size") long containersBytes,
        @JsonProperty("images_total") int images,
        @JsonProperty("images_active") int imagesActive,
        @JsonProperty("images_size") long imagesBytes,
        @JsonProperty("build_cache_size") long buildCacheBytes) {

    /** Returns a builder. */
    public static DockerDiskUsageBuilder builder() {
        return new DockerDiskUsageBuilder();
    }
}
