package dev.rookery.daemon.internal.server;

import dev.rookery.api.panel.ServerSettings.Mount;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which host directories a server may mount: compared by whole names, after links were followed on both sides, so that allowing
 * {@code /mnt/data} does not allow {@code /mnt/data-private}. Immutable.
 */
final class AllowedMounts {

    private static final Logger LOG = LoggerFactory.getLogger(AllowedMounts.class);
    private static final Path HOME = Path.of("/home/container");

    private final List<Path> allowed;

    private final boolean baseDirectoryBlocked;

    /**
     * Creates it.
     *
     * @param allowed what servers may mount, with everything below
     * @param baseDirectoryBlocked whether nothing may be mounted inside the server's own directory
     */
    AllowedMounts(List<Path> allowed, boolean baseDirectoryBlocked) {
        this.allowed = allowed;
        this.baseDirectoryBlocked = baseDirectoryBlocked;
    }

    /**
     * Returns where the mount really comes from, empty if it is not allowed.
     *
     * @param taken targets where something is already; an engine refuses the whole container otherwise
     */
    Optional<Path> source(Mount mount, Set<Path> taken) {
        try {
            var source = Path.of(mount.source()).toRealPath();
            var target = Path.of(mount.target()).normalize();
            boolean inside = target.isAbsolute()
                    && !taken.contains(target)
                    && !(baseDirectoryBlocked && target.startsWith(HOME))
                    && permitted(source);
            if (!inside) {
                LOG.warn(
                        "mount {} -> {} is left out (expected: below allowed_mounts, to a place of its own)",
                        mount.source(),
                        mount.target());
            }
            return inside ? Optional.of(source) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            LOG.warn("mount {} -> {} is left out: {}", mount.source(), mount.target(), e.toString());
            return Optional.empty();
        }
    }

    private boolean permitted(Path source) {
        return allowed.stream().anyMatch(root -> {
            try {
                return source.startsWith(root.toRealPath());
            } catch (IOException e) {
                return false;
            }
        });
    }
}
