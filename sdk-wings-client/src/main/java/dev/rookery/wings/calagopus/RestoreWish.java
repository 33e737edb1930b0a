package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How to restore a backup. Source: Calagopus' panel, August 2026.
 *
 * @param emptyFirst whether to delete the server's files first
 * @param withStartup whether to restore startup command, image and variables too
 */
public record RestoreWish(
        @JsonProperty("truncate_directory") boolean emptyFirst,
        @JsonProperty("restore_startup") boolean withStartup) {}
