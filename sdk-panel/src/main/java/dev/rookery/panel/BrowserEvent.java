package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.permission.Permissions;
import java.util.Optional;

/** Something a browser at a console is told. */
public sealed interface BrowserEvent {

    /**
     * The ticket was good. Always the first event.
     *
     * @param permissions what the user may do
     */
    record Connected(Permissions permissions) implements BrowserEvent {}

    /**
     * The connection from panel to node was made or lost. While it is lost, it is tried again.
     *
     * @param connected whether there is one
     * @param reason why not, for people
     */
    record NodeConnection(boolean connected, Optional<String> reason) implements BrowserEvent {}

    /**
     * The console tells something this user may know.
     *
     * @param event the event
     */
    record Told(ConsoleEvent event) implements BrowserEvent {
        /** Checks its argument. */
        public Told {
            requireNonNull(event, "event");
        }
    }

    /**
     * Something this browser asked for was refused or failed.
     *
     * @param text for people
     */
    record Refused(String text) implements BrowserEvent {
        /** Checks its argument. */
        public Refused {
            requireNonNull(text, "text");
        }
    }
}
