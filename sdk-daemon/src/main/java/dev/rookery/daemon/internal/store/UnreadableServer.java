package dev.rookery.daemon.internal.store;

/**
 * A row that is there and does not say which server it is about.
 *
 * @param id what stands where a uuid should
 * @param problem what cannot be read, for people
 */
public record UnreadableServer(String id, String problem) {}
