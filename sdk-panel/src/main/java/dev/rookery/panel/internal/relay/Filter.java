package dev.rookery.panel.internal.relay;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.BrowserEvent;

/**
 * Who may be told what. The panel hears the node's console as itself, so everything it hears passes here; what is not named is for nobody.
 * Source: node API §4.6.
 */
final class Filter {

    private Filter() {}

    static boolean permits(Permissions permissions, BrowserEvent event) {
        if (!(event instanceof BrowserEvent.Told told)) {
            return true;
        }
        var content = told.event();
        if (content.permission().isPresent()) {
            return permissions.allows(content.permission().get());
        }
        if (content instanceof ConsoleEvent.DaemonError) {
            return permissions.allows(Permission.ADMIN_ERRORS);
        }
        return content instanceof ConsoleEvent.Output
                || content instanceof ConsoleEvent.Gap
                || content instanceof ConsoleEvent.Status
                || content instanceof ConsoleEvent.Stats
                || content instanceof ConsoleEvent.InstallStarted
                || content instanceof ConsoleEvent.InstallCompleted
                || content instanceof ConsoleEvent.RestoreCompleted
                || content instanceof ConsoleEvent.TransferChanged
                || content instanceof ConsoleEvent.DaemonMessage
                || content instanceof ConsoleEvent.FeatureMatch
                || content instanceof ConsoleEvent.Deleted;
    }
}
