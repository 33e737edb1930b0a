package dev.rookery.api.token;

import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.time.Duration;

/** What a token is for. A token is good for one purpose only. Source: node API §3.3. */
public enum TokenPurpose {
    /** Opens the console of a server, many times. */
    CONSOLE(Duration.ofMinutes(10), false),
    /** Fetches files of a server, once. */
    FILE_DOWNLOAD(Duration.ofMinutes(15), true),
    /** Fetches a backup, once. */
    BACKUP_DOWNLOAD(Duration.ofMinutes(15), true),
    /** Stores files on a server, once. */
    UPLOAD(Duration.ofMinutes(15), true),
    /** Brings a server from another node. */
    TRANSFER(Duration.ofMinutes(15), false);

    private final Duration lifetime;
    private final boolean limitedUse;

    TokenPurpose(Duration lifetime, boolean limitedUse) {
        this.lifetime = lifetime;
        this.limitedUse = limitedUse;
    }

    /** Returns how long a token of this purpose lasts unless said otherwise. */
    public Duration lifetime() {
        return lifetime;
    }

    /** Returns whether a token of this purpose is used up by use. */
    public boolean limitedUse() {
        return limitedUse;
    }

    /** Returns what the holder may do, where the token itself does not say it. */
    Permissions permissions() {
        return switch (this) {
            case CONSOLE, TRANSFER -> Permissions.none();
            case FILE_DOWNLOAD ->
                Permissions.of(Permission.FILE_READ, Permission.FILE_READ_CONTENT, Permission.FILE_ARCHIVE);
            case BACKUP_DOWNLOAD -> Permissions.of(Permission.BACKUP_READ, Permission.BACKUP_DOWNLOAD);
            case UPLOAD -> Permissions.of(Permission.FILE_CREATE, Permission.FILE_UPDATE);
        };
    }
}
