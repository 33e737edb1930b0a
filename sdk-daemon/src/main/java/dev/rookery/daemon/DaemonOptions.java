package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.token.NodeCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * Everything that can be set on a {@link Daemon}. A {@code config.yml} is one way to fill it, {@link #builder} the other.
 *
 * @param appName what the daemon calls itself in console messages and container labels; default {@code Rookery}
 * @param nodeUuid tells this node's containers from those of others on the same engine
 * @param credentials what panel and node know each other by; needed for the HTTP edge
 * @param panelUrl where the panel is (key {@code remote}); used for the origins that may open a console
 * @param debug whether to log more
 * @param api the HTTP edge; empty means that the node is reached in process only
 * @param sftp the SFTP server; empty means that there is none, which is the default
 * @param system directories, user, time zone
 * @param runtime what servers run in; default containers
 * @param docker the container engine
 * @param power deadlines of starting, stopping and installing
 * @param crashDetection when to start a server again
 * @param console how much of each console is kept
 * @param jobs how much longer work with files is done at a time
 * @param activity how the panel is told what happened
 * @param uploads files that come in pieces
 * @param downloads files that are fetched from elsewhere
 * @param panelTimeout the longest time a question to the panel may take; default 30 s
 * @param panelPageSize how many servers to ask of the panel at once; default 50
 * @param allowedMounts host directories below which a server may mount; default none
 * @param baseDirectoryBlocked whether nothing may be mounted inside the servers' own directories; default true
 */
@Value.Builder
public record DaemonOptions(
        String appName,
        UUID nodeUuid,
        Optional<NodeCredentials> credentials,
        Optional<URI> panelUrl,
        boolean debug,
        Optional<ApiOptions> api,
        Optional<SftpOptions> sftp,
        SystemOptions system,
        ServerRuntime runtime,
        DockerOptions docker,
        PowerOptions power,
        CrashDetectionOptions crashDetection,
        ConsoleLogOptions console,
        FileJobOptions jobs,
        ActivityOptions activity,
        UploadOptions uploads,
        RemoteDownloadOptions downloads,
        Duration panelTimeout,
        int panelPageSize,
        List<Path> allowedMounts,
        boolean baseDirectoryBlocked) {

    /** Checks every value. */
    public DaemonOptions {
        requireNonNull(nodeUuid, "nodeUuid");
        requireNonNull(runtime, "runtime");
        Checks.notBlank(appName, "app_name");
        Checks.positive(panelTimeout, "remote_query.timeout");
        Checks.range(1, panelPageSize, 1000, "remote_query.boot_servers_per_page");
        allowedMounts = List.copyOf(allowedMounts);
    }

    /**
     * Returns a builder with every default.
     *
     * @param nodeUuid tells this node's containers from those of others on the same engine
     * @param rootDirectory where the daemon keeps what is its own; the other directories are below it unless set
     */
    public static DaemonOptionsBuilder builder(UUID nodeUuid, Path rootDirectory) {
        return new DaemonOptionsBuilder()
                .appName("Rookery")
                .nodeUuid(nodeUuid)
                .debug(false)
                .system(SystemOptions.builder(rootDirectory).build())
                .runtime(ServerRuntime.DOCKER)
                .docker(DockerOptions.builder().build())
                .power(PowerOptions.builder().build())
                .crashDetection(CrashDetectionOptions.builder().build())
                .console(ConsoleLogOptions.builder().build())
                .jobs(FileJobOptions.builder().build())
                .activity(ActivityOptions.builder().build())
                .uploads(UploadOptions.builder().build())
                .downloads(RemoteDownloadOptions.builder().build())
                .panelTimeout(Duration.ofSeconds(30))
                .panelPageSize(50)
                .baseDirectoryBlocked(true);
    }
}
