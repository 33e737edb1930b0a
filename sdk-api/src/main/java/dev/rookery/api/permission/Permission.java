package dev.rookery.api.permission;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One permission in the spelling of Pelican and Pterodactyl, such as {@code control.console}. An open set: names this version does
 * not know are kept.
 *
 * @param name group and action, joined by a dot
 */
public record Permission(@JsonValue String name) {

    /** Open a console. Source: node API §4.4. */
    public static final Permission CONNECT = new Permission("websocket.connect");
    /** Send a command to the process. */
    public static final Permission CONSOLE = new Permission("control.console");
    /** Start the server. */
    public static final Permission START = new Permission("control.start");
    /** Stop or kill the server. */
    public static final Permission STOP = new Permission("control.stop");
    /** Restart the server. */
    public static final Permission RESTART = new Permission("control.restart");
    /** See the names of files. */
    public static final Permission FILE_READ = new Permission("file.read");
    /** Read what is in a file. */
    public static final Permission FILE_READ_CONTENT = new Permission("file.read-content");
    /** Create a file or directory. */
    public static final Permission FILE_CREATE = new Permission("file.create");
    /** Change a file. */
    public static final Permission FILE_UPDATE = new Permission("file.update");
    /** Delete a file or directory. */
    public static final Permission FILE_DELETE = new Permission("file.delete");
    /** Put files into archives and unpack them. */
    public static final Permission FILE_ARCHIVE = new Permission("file.archive");
    /** Make a backup. */
    public static final Permission BACKUP_CREATE = new Permission("backup.create");
    /** See the backups. */
    public static final Permission BACKUP_READ = new Permission("backup.read");
    /** Delete a backup. */
    public static final Permission BACKUP_DELETE = new Permission("backup.delete");
    /** Read what is in a backup. */
    public static final Permission BACKUP_DOWNLOAD = new Permission("backup.download");
    /** Restore a backup. */
    public static final Permission BACKUP_RESTORE = new Permission("backup.restore");
    /** Reach the files by SFTP. */
    public static final Permission FILE_SFTP = new Permission("file.sftp");
    /** Set up a schedule; each of its actions needs its own permission, too. */
    public static final Permission SCHEDULE_CREATE = new Permission("schedule.create");
    /** Change a schedule or run it now; each of its actions needs its own permission, too. */
    public static final Permission SCHEDULE_UPDATE = new Permission("schedule.update");
    /** Remove a schedule. */
    public static final Permission SCHEDULE_DELETE = new Permission("schedule.delete");
    /** See the schedules. */
    public static final Permission SCHEDULE_READ = new Permission("schedule.read");
    /** See who else has access to the server. */
    public static final Permission USER_READ = new Permission("user.read");
    /** Give somebody access. */
    public static final Permission USER_CREATE = new Permission("user.create");
    /** Change what somebody may do. */
    public static final Permission USER_UPDATE = new Permission("user.update");
    /** Take somebody's access away. */
    public static final Permission USER_DELETE = new Permission("user.delete");
    /** See how the server is started, with its variables. */
    public static final Permission STARTUP_READ = new Permission("startup.read");
    /** Change the variables. */
    public static final Permission STARTUP_UPDATE = new Permission("startup.update");
    /** Choose another one of the egg's images. */
    public static final Permission STARTUP_IMAGE = new Permission("startup.docker-image");
    /** Run the install script again. */
    public static final Permission REINSTALL = new Permission("settings.reinstall");
    /** See the output of installations. */
    public static final Permission ADMIN_INSTALL = new Permission("admin.websocket.install");
    /** See the real text of errors. */
    public static final Permission ADMIN_ERRORS = new Permission("admin.websocket.errors");
    /** See the progress of transfers. */
    public static final Permission ADMIN_TRANSFER = new Permission("admin.websocket.transfer");

    /** Checks its argument. */
    @JsonCreator
    public Permission {
        requireNonNull(name, "name");
    }

    /** Returns what it is about: the name up to the last dot; empty if there is none. */
    public String group() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Returns what it lets do: the name after the last dot. */
    public String action() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Returns whether {@code *} does not include this permission. Source: node API §3.4. */
    public boolean adminOnly() {
        return name.startsWith("admin");
    }

    @Override
    public String toString() {
        return name;
    }
}
