package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.internal.file.Denylist;
import dev.rookery.daemon.internal.file.FileTree;
import dev.rookery.daemon.internal.file.Volume;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.Phase;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who has logged in may do, until it ends. Asked before everything that is done, so that nothing is done after the end, however
 * long the connection stays. Thread-safe.
 */
final class SftpAccess implements FileTree.Authority {

    private final SftpLogin login;
    private final SftpAuthority authority;
    private final ManagedServer server;
    private final boolean readOnly;
    private final SftpSessions.Revision revision;
    private final Denylist hidden;
    private volatile @Nullable String ended;

    /**
     * Creates it.
     *
     * @param login what the panel was asked
     * @param authority what it answered
     * @param server that of the authority
     * @param revision what had happened before the panel was asked
     */
    SftpAccess(
            SftpLogin login,
            SftpAuthority authority,
            ManagedServer server,
            boolean readOnly,
            SftpSessions.Revision revision) {
        this.login = login;
        this.authority = authority;
        this.server = server;
        this.readOnly = readOnly;
        this.revision = revision;
        this.hidden = Denylist.of(authority.ignoredFiles());
    }

    SftpLogin login() {
        return login;
    }

    SftpAuthority authority() {
        return authority;
    }

    SftpSessions.Revision revision() {
        return revision;
    }

    /** Ends it. */
    void end(String reason) {
        ended = reason;
    }

    /** Returns why nothing may be done any more, or not now. */
    Optional<String> refusal() {
        var over = ended;
        if (over != null) {
            return Optional.of(over);
        }
        return refusal(server);
    }

    /** Returns why nobody may come to the files of a server now. */
    static Optional<String> refusal(ManagedServer server) {
        var state = server.state();
        var phase = state.phase() == Phase.BOOTING ? state.resume() : state.phase();
        if (state.suspended() || !server.configured()) {
            return Optional.of("the server is suspended");
        }
        if (phase.installing()) {
            return Optional.of("the server is being installed");
        }
        if (phase.leaving()) {
            return Optional.of("the server is being deleted");
        }
        return state.transferring() ? Optional.of("the server is being moved to another node") : Optional.empty();
    }

    /** Refuses everything once it has ended, or while nobody may come to the files. */
    void require() {
        var over = ended;
        if (over != null) {
            throw new DeniedException(over);
        }
        refusal(server).ifPresent(reason -> {
            throw new ConflictException(reason);
        });
    }

    @Override
    public Volume volume() {
        require();
        var volume = server.volume();
        if (hidden.isEmpty()) {
            return volume;
        }
        // Refused where a path really leads, too.
        var lines = new ArrayList<>(server.configuration().settings().egg().fileDenylist());
        lines.addAll(authority.ignoredFiles());
        return new Volume(volume.directory(), Denylist.of(lines), volume.ownership(), volume.space());
    }

    @Override
    public Denylist hidden() {
        return hidden;
    }

    @Override
    public boolean may(Permission permission) {
        return authority.permissions().allows(permission);
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }
}
