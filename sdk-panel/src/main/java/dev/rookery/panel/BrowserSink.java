package dev.rookery.panel;

/**
 * The way to one browser. Called by one thread at a time, off every lock. It may block; then only this browser falls behind, and is
 * told what it missed.
 */
public interface BrowserSink {

    /** Sends one event. What it throws ends this browser's console. */
    void send(BrowserEvent event);

    /**
     * Ends the connection: no further event comes. Not called if the attachment was closed from the browser's side.
     *
     * @param reason for people
     */
    void close(String reason);
}
