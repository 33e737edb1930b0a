package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.dialect.RemoteDialect;
import dev.rookery.api.dialect.RemoteDocuments;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.token.NodeCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A panel behind HTTP, asked within one set of bounds. Immutable. */
public final class PanelConnection {

    private final PanelCalls calls;
    private final CallOptions options;

    private PanelConnection(PanelCalls calls, CallOptions options) {
        this.calls = calls;
        this.options = options;
    }

    /**
     * How we present ourselves, and how patient we are.
     *
     * @param dialect what the panel speaks
     * @param userAgent by which the panel knows a node
     * @param headers further headers
     * @param deadline of a call that has none of its own
     * @param queryBudget how long a question is asked again
     * @param reportBudget how long a report is sent again
     */
    public record Manner(
            RemoteDialect dialect,
            Function<NodeCredentials, String> userAgent,
            Map<String, String> headers,
            Duration deadline,
            Duration queryBudget,
            Duration reportBudget) {}

    /** Returns a connection; nothing is sent yet. */
    public static PanelConnection of(
            HttpUrl base,
            Supplier<NodeCredentials> credentials,
            OkHttpClient client,
            Manner manner,
            CallOptions options) {
        return new PanelConnection(new PanelCalls(base, credentials, client, manner), options);
    }

    /** Returns the same panel within other bounds. */
    public PanelConnection with(CallOptions other) {
        return new PanelConnection(calls, other);
    }

    /** Returns what the panel is taken to speak. */
    public Dialect dialect() {
        return calls.dialect().dialect();
    }

    /** Returns what the panel's list of servers shows of its dialect. */
    public Optional<Dialect> detect() {
        return RemoteDialect.detect(page(1, 1).json(Json.class));
    }

    /** Returns the calls of Calagopus' panel. */
    public CalagopusPanelCalls calagopus() {
        if (dialect() != Dialect.CALAGOPUS) {
            throw calls.notOffered(PanelCall.SCHEDULE_REPORT);
        }
        return new CalagopusPanelCalls(calls, options, Optional.empty());
    }

    /** Returns one page of servers. */
    public ServerPage servers(int page, int perPage) {
        if (page < 1 || perPage < 1) {
            throw new InvalidInputException("page: " + page + ", perPage: " + perPage + " (expected: >= 1)");
        }
        return page(page, calls.dialect().perPage(perPage)).read(body -> RemoteDocuments.readPage(body, page));
    }

    /** Returns how to run one server. */
    public ServerConfiguration configuration(ServerId server) {
        var answer = calls.ask(PanelCall.CONFIGURATION, options, UnaryOperator.identity(), server.toString());
        var configuration = answer.json(ServerConfiguration.class);
        if (!configuration.settings().uuid().equals(server)) {
            throw new ProtocolException(
                    answer.remote().endpoint() + " answered the server "
                            + configuration.settings().uuid() + " (expected: " + server + ")",
                    null,
                    answer.remote());
        }
        return configuration;
    }

    /** Returns how to install one server. */
    public InstallScript installScript(ServerId server) {
        return calls.ask(PanelCall.INSTALL_SCRIPT, options, UnaryOperator.identity(), server.toString())
                .json(InstallScript.class);
    }

    /** Reports the outcome of an installation. */
    public void reportInstall(ServerId server, InstallReport report) {
        calls.report(PanelCall.INSTALL_REPORT, options, calls.dialect().installReport(report), server.toString());
    }

    /** Reports a change of the power state, if the panel wants to know. */
    public void reportState(ServerId server, StateChange change) {
        if (calls.dialect().offers(PanelCall.STATE_REPORT)) {
            calls.report(PanelCall.STATE_REPORT, options, calls.dialect().stateReport(change), server.toString());
        }
    }

    /** Reports that the node has restarted. */
    public void reset() {
        calls.report(PanelCall.RESET, options, calls.dialect().reset());
    }

    /** Reports the outcome of a move, if the panel moves servers. */
    public void reportTransfer(ServerId server, boolean successful) {
        var call = successful ? PanelCall.TRANSFER_SUCCESS : PanelCall.TRANSFER_FAILURE;
        if (!calls.dialect().offers(call)) {
            return;
        }
        try {
            calls.report(call, options, calls.dialect().transferReport(successful), server.toString());
        } catch (ConflictException e) {
            // No move is open any more: an earlier try has ended it, and only its answer was lost.
            if (!repeated(e)) {
                throw e;
            }
        }
    }

    /** Returns where to upload a backup. */
    public BackupUpload backupUpload(BackupId backup, long sizeBytes) {
        if (sizeBytes < 1) {
            throw new InvalidInputException("sizeBytes: " + sizeBytes + " (expected: >= 1)");
        }
        if (!calls.dialect().offers(PanelCall.BACKUP_UPLOAD)) {
            return new CalagopusPanelCalls(calls, options, Optional.empty()).allParts(backup, sizeBytes);
        }
        return calls.ask(
                        PanelCall.BACKUP_UPLOAD,
                        options,
                        call -> call.query("size", Long.toString(sizeBytes)),
                        backup.toString())
                .json(BackupUpload.class);
    }

    /**
     * Reports the outcome of a backup. Panels of the PHP kind refuse a second report of a success, and a daemon that took that for a
     * failure would delete the archive. Source: panel remote API §3.9.
     */
    public void reportBackup(BackupId backup, BackupReport report) {
        try {
            calls.report(PanelCall.BACKUP_REPORT, options, calls.dialect().backupReport(report), backup.toString());
        } catch (InvalidInputException | ConflictException e) {
            if (!saysAlready(e) && !(e instanceof ConflictException && repeated(e))) {
                throw e;
            }
            if (!report.successful()) {
                throw new ConflictException(
                        String.valueOf(e.getMessage()), e, e.answer().orElse(null));
            }
        }
    }

    /** Reports the outcome of restoring a backup. */
    public void reportRestore(BackupId backup, boolean successful) {
        calls.report(PanelCall.RESTORE_REPORT, options, calls.dialect().outcome(successful), backup.toString());
    }

    /** Asks whether someone may log in. Whatever a panel refuses for, short of the server's state, is a no. Source: §1.4. */
    public SftpAuthority authorizeSftp(SftpLogin login) {
        var body = calls.dialect().sftpLogin(login);
        try {
            return calls.ask(PanelCall.SFTP_LOGIN, options, call -> call.json(body))
                    .json(SftpAuthority.class);
        } catch (InvalidInputException | NotFoundException e) {
            throw new DeniedException(
                    String.valueOf(e.getMessage()), e, e.answer().orElse(null));
        }
    }

    /** Reports what happened on the node. */
    public void reportActivity(List<ActivityEntry> entries) {
        ActivityBatches.send(
                entries,
                batch -> calls.report(
                        PanelCall.ACTIVITY, options, calls.dialect().activity(batch)));
    }

    private Answer page(int page, int perPage) {
        return calls.ask(
                PanelCall.SERVERS,
                options,
                call -> call.query("page", Integer.toString(page)).query("per_page", Integer.toString(perPage)));
    }

    private static boolean repeated(RookeryException e) {
        return e.getSuppressed().length > 0;
    }

    private static boolean saysAlready(RookeryException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("already");
    }
}
