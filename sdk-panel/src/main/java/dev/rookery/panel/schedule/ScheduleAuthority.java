package dev.rookery.panel.schedule;

import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import java.util.UUID;

/** Says what users may do at this moment. Asked before each task of a run, so that what was taken from somebody counts at once. */
@FunctionalInterface
public interface ScheduleAuthority {

    /**
     * Returns what a user may do on a server; {@link Permissions#none()} for one who is not known any more. Called from many threads.
     */
    Permissions permissions(UUID user, ServerId server);
}
