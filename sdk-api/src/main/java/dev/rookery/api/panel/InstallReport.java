package dev.rookery.api.panel;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The outcome of an installation. Source: panel remote API §3.4.
 *
 * @param successful whether the script ended well
 * @param reinstall whether the server had been installed before
 */
public record InstallReport(
        @JsonProperty("successful") boolean successful,
        @JsonProperty("reinstall") boolean reinstall) {}
