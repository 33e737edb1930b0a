/**
 * What servers print: bytes become numbered lines ({@code LineAssembler}), lines are kept for those who come late
 * ({@code ConsoleLog}), and each listener is served at its own speed ({@code ConsoleFeed}).
 */
@NullMarked
package dev.rookery.daemon.internal.console;

import org.jspecify.annotations.NullMarked;
