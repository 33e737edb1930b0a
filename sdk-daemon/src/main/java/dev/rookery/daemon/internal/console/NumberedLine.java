package dev.rookery.daemon.internal.console;

/**
 * A line of a server's console.
 *
 * @param number its position, from 1
 * @param text without line end
 */
public record NumberedLine(long number, String text) {}
