package dev.rookery.api.spi;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A process of this node.
 *
 * @param id its id
 * @param name its name
 * @param running whether it runs
 * @param labels its labels
 */
public record ProcessSummary(String id, String name, boolean running, Map<String, String> labels) {

    /** Copies the labels. */
    public ProcessSummary {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        labels = Map.copyOf(labels);
    }
}
