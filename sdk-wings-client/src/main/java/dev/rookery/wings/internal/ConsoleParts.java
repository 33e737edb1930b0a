package dev.rookery.wings.internal;

/**
 * What one console is made of.
 *
 * @param lock guards the others, but for the delivery
 * @param timers run what is due
 * @param delivery tells the listener
 * @param inbox orders what the node tells
 * @param outbox holds what the node is told
 */
record ConsoleParts(
        ConsoleLock lock, Timers<ConsoleDue> timers, Delivery delivery, ConsoleInbox inbox, ConsoleOutbox outbox) {}
