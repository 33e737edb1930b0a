package dev.rookery.daemon.internal.store;

/**
 * A row that is there and makes no sense.
 *
 * @param id the server's uuid, as it was stored
 * @param problem what cannot be read, for people
 */
public record UnreadableServer(String id, String problem) {}
