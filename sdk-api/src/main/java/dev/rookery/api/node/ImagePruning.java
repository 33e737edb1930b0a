package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What the removal of unused images did; the engine's own words, capitals included. Source: node API §2.1.
 *
 * @param images what was removed
 * @param reclaimedBytes what that freed
 */
public record ImagePruning(
        @JsonProperty("ImagesDeleted") List<Removed> images,
        @JsonProperty("SpaceReclaimed") long reclaimedBytes) {

    /** Copies the list. */
    public ImagePruning {
        images = images == null ? List.of() : List.copyOf(images);
    }

    /**
     * A name or a layer that is gone.
     *
     * @param untagged the name that was taken away
     * @param deleted the layer that was deleted
     */
    public record Removed(
            @JsonProperty("Untagged") Optional<String> untagged,
            @JsonProperty("Deleted") Optional<String> deleted) {

        /** Fills in what a peer left out. */
        public Removed {
            untagged = untagged == null ? Optional.empty() : untagged;
            deleted = deleted == null ? Optional.empty() : deleted;
        }
    }
}
