package dev.rookery.api.dialect;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a node speaks to a panel of a dialect: which calls there are, under what name the node comes, and what it sends. What panels answer is
 * read by {@link RemoteDocuments}, whatever their dialect. Immutable.
 *
 * <p>Sources: panel remote API §1 to §4; Calagopus' bodies by its panel of August 2026. A node behind Flamingo's panel is one of Pelican or
 * Pterodactyl and presents itself as Pelican's.
 */
public final class RemoteDialect {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final String PTERODACTYL_JSON = "application/vnd.pterodactyl.v1+json";
    private static final int CALAGOPUS_PER_PAGE_MAX = 100;
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private static final Set<PanelCall> CALAGOPUS_ONLY = EnumSet.of(
            PanelCall.BACKUP_PARTS,
            PanelCall.DELETION_REPORT,
            PanelCall.SCHEDULE_REPORT,
            PanelCall.CREATE_BACKUP,
            PanelCall.UPDATE_BACKUP,
            PanelCall.DELETE_BACKUP,
            PanelCall.RESTORE_BACKUP,
            PanelCall.STARTUP_VARIABLE,
            PanelCall.STARTUP_COMMAND,
            PanelCall.STARTUP_IMAGE,
            PanelCall.RESTIC_REPOSITORY,
            PanelCall.KOPIA_REPOSITORY,
            PanelCall.PBS_REPOSITORY);

    private final Dialect dialect;
    private final Set<PanelCall> calls;

    private RemoteDialect(Dialect dialect, Set<PanelCall> calls) {
        this.dialect = dialect;
        this.calls = calls;
    }

    /**
     * Returns the panel's side of a dialect.
     *
     * @throws InvalidInputException for Nexus, whose nodes ask their panel nothing
     */
    public static RemoteDialect of(Dialect dialect) {
        return switch (dialect) {
            case PELICAN -> new RemoteDialect(dialect, EnumSet.complementOf(EnumSet.copyOf(CALAGOPUS_ONLY)));
            case PTERODACTYL -> without(dialect, PanelCall.STATE_REPORT);
            case FLAMINGO -> without(dialect, PanelCall.TRANSFER_SUCCESS, PanelCall.TRANSFER_FAILURE);
            case CALAGOPUS -> {
                var calls = EnumSet.allOf(PanelCall.class);
                calls.remove(PanelCall.STATE_REPORT);
                calls.remove(PanelCall.BACKUP_UPLOAD);
                yield new RemoteDialect(dialect, calls);
            }
            case NEXUS ->
                throw new InvalidInputException(
                        "dialect: nexus (expected: one with calls from the node to its panel, which Nexus does not have)");
        };
    }

    /**
     * Tells a panel's dialect from its list of servers, as far as that can be told: Calagopus' figures have no {@code per_page}, Flamingo's
     * no {@code path}, Pelican's servers have a number and {@code oom_killer}, Pterodactyl's a second {@code oom_disabled}. A panel of
     * ours answers for every dialect, and cannot be told; neither can one of Pelican or Pterodactyl without servers.
     *
     * @param list the answer to {@link PanelCall#SERVERS}
     */
    public static Optional<Dialect> detect(Json list) {
        if (!(RemoteDocuments.member(list, "meta") instanceof Json.Obj meta)) {
            return Optional.empty();
        }
        if (!meta.members().containsKey("per_page")) {
            return Optional.of(Dialect.CALAGOPUS);
        }
        if (!meta.members().containsKey("path")) {
            return RemoteDocuments.items(list).stream().anyMatch(RemoteDialect::ours)
                            || RemoteDocuments.items(list).isEmpty()
                    ? Optional.empty()
                    : Optional.of(Dialect.FLAMINGO);
        }
        return RemoteDocuments.items(list).stream()
                .map(item -> RemoteDocuments.member(item, "settings"))
                .flatMap(settings -> ofSettings(settings).stream())
                .findFirst();
    }

    /** Returns whose side this is. */
    public Dialect dialect() {
        return dialect;
    }

    /** Returns whether panels of this dialect have a call. */
    public boolean offers(PanelCall call) {
        return calls.contains(call);
    }

    /** Returns what a node of this dialect puts into {@code Accept}. Source: panel remote API §1.1. */
    public String accept() {
        return switch (dialect) {
            case PTERODACTYL, CALAGOPUS -> PTERODACTYL_JSON;
            default -> "application/json";
        };
    }

    /**
     * Returns what a node of this dialect puts into {@code User-Agent}. Source: panel remote API §1.1.
     *
     * @param version of the node, without a leading {@code v}
     * @param tokenId the public half of its credentials
     */
    public String userAgent(String version, String tokenId) {
        requireNonNull(version, "version");
        requireNonNull(tokenId, "tokenId");
        var name = switch (dialect) {
            case PTERODACTYL -> "Pterodactyl Wings";
            case CALAGOPUS -> "calagopus-rs wings";
            default -> "Pelican Wings";
        };
        return name + "/v" + version + " (id:" + tokenId + ")";
    }

    /** Returns how many servers a page may have, if so many are asked for. Calagopus' panel refuses more than 100. */
    public int perPage(int asked) {
        return dialect == Dialect.CALAGOPUS ? Math.min(asked, CALAGOPUS_PER_PAGE_MAX) : asked;
    }

    /** Returns the body of {@link PanelCall#RESET}. */
    public byte[] reset() {
        return NULL.clone();
    }

    /** Returns the body of {@link PanelCall#INSTALL_REPORT}. */
    public byte[] installReport(InstallReport report) {
        return WireJson.write(report);
    }

    /** Returns the body of {@link PanelCall#STATE_REPORT}. */
    public byte[] stateReport(StateChange change) {
        return WireJson.write(Map.of("data", change));
    }

    /** Returns the body of {@link PanelCall#TRANSFER_SUCCESS} or {@link PanelCall#TRANSFER_FAILURE}. */
    public byte[] transferReport(boolean successful) {
        return dialect == Dialect.CALAGOPUS && successful
                ? WireJson.write(new Moved(List.of(), Map.of()))
                : NULL.clone();
    }

    /**
     * Returns the body of {@link PanelCall#BACKUP_REPORT}. Without parts Go daemons send {@code null}; Flamingo refuses that, and takes a
     * list, as Calagopus does.
     */
    public byte[] backupReport(BackupReport report) {
        if (dialect == Dialect.CALAGOPUS) {
            return WireJson.write(new CalagopusBackup(
                    report.checksum(),
                    report.checksumType(),
                    report.sizeBytes(),
                    0,
                    report.successful(),
                    false,
                    false,
                    report.parts()));
        }
        boolean listed = dialect == Dialect.FLAMINGO || !report.parts().isEmpty();
        return WireJson.write(new GoBackup(
                report.checksum(),
                report.checksumType(),
                report.sizeBytes(),
                report.successful(),
                listed ? report.parts() : null));
    }

    /** Returns the body of {@link PanelCall#RESTORE_REPORT} and of {@link PanelCall#DELETION_REPORT}. */
    public byte[] outcome(boolean successful) {
        return WireJson.write(Map.of("successful", successful));
    }

    /** Returns the body of {@link PanelCall#SFTP_LOGIN}. */
    public byte[] sftpLogin(SftpLogin login) {
        return WireJson.write(login);
    }

    /**
     * Returns the body of {@link PanelCall#ACTIVITY}. Calagopus' panel refuses all of it for one address that is none, so that one is left
     * out there.
     */
    public byte[] activity(List<ActivityEntry> entries) {
        return WireJson.write(
                Map.of("data", entries.stream().map(this::activity).toList()));
    }

    private Activity activity(ActivityEntry entry) {
        boolean strict = dialect == Dialect.CALAGOPUS;
        return new Activity(
                entry.user().orElse(null),
                entry.server().toString(),
                entry.event(),
                entry.metadata(),
                strict && !isAddress(entry.address()) ? null : entry.address(),
                entry.timestamp().toString(),
                entry.schedule());
    }

    /** Looks nothing up: only what has the form of an address is read as one. */
    private static boolean isAddress(String text) {
        if (text.indexOf(':') < 0) {
            return IPV4.matcher(text).matches();
        }
        try {
            // With a colon in it, nothing is a name.
            return InetAddress.getByName(text) instanceof Inet6Address;
        } catch (UnknownHostException ignored) {
            // An address with a port, or none at all.
            return false;
        }
    }

    private static boolean ours(Json item) {
        var build = RemoteDocuments.member(RemoteDocuments.member(item, "settings"), "build");
        var settings = RemoteDocuments.member(item, "settings");
        return RemoteDocuments.member(build, "oom_killer") != null
                && RemoteDocuments.member(build, "oom_disabled") != null
                && RemoteDocuments.member(settings, "crash_detection_enabled") == null;
    }

    private static Optional<Dialect> ofSettings(@Nullable Json settings) {
        var build = RemoteDocuments.member(settings, "build");
        if (RemoteDocuments.member(RemoteDocuments.member(settings, "container"), "oom_disabled") != null
                && RemoteDocuments.member(build, "oom_killer") == null) {
            return Optional.of(Dialect.PTERODACTYL);
        }
        return RemoteDocuments.member(build, "oom_killer") != null
                        && RemoteDocuments.member(build, "oom_disabled") == null
                ? Optional.of(Dialect.PELICAN)
                : Optional.empty();
    }

    private static RemoteDialect without(Dialect dialect, PanelCall... missing) {
        var calls = EnumSet.complementOf(EnumSet.copyOf(CALAGOPUS_ONLY));
        calls.removeAll(List.of(missing));
        return new RemoteDialect(dialect, calls);
    }

    private record Moved(
            @JsonProperty("backups") List<String> backups,
            @JsonProperty("backup_migrations") Map<String, Json> migrations) {}

    private record GoBackup(
            @JsonProperty("checksum") String checksum,
            @JsonProperty("checksum_type") String checksumType,
            @JsonProperty("size") long size,
            @JsonProperty("successful") boolean successful,

            @JsonProperty("parts") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            List<BackupPart> parts) {}

    private record CalagopusBackup(
            @JsonProperty("checksum") String checksum,
            @JsonProperty("checksum_type") String checksumType,
            @JsonProperty("size") long size,
            @JsonProperty("files") long files,
            @JsonProperty("successful") boolean successful,
            @JsonProperty("browsable") boolean browsable,
            @JsonProperty("streaming") boolean streaming,
            @JsonProperty("parts") List<BackupPart> parts) {}

    /** Without a user the Go daemons write null. */
    private record Activity(
            @JsonProperty("user") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            UUID user,

            @JsonProperty("server") String server,
            @JsonProperty("event") String event,
            @JsonProperty("metadata") Map<String, Json> metadata,
            @JsonProperty("ip") @Nullable String address,
            @JsonProperty("timestamp") String timestamp,
            @JsonProperty("schedule") Optional<UUID> schedule) {}
}
