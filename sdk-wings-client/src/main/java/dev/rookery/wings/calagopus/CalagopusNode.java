package dev.rookery.wings.calagopus;

import dev.rookery.api.Content;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import java.util.List;

/** What only nodes of Calagopus offer. Only for the panel itself. Immutable and thread-safe. Source: node API §2.10.2. */
public interface CalagopusNode {

    /** Returns the calls about one server. Asks nothing. */
    CalagopusServer server(ServerId id);

    /** Returns the node's whole configuration, <b>its secret included</b>. */
    Json.Obj configuration();

    /** Returns the daemon's own log files. */
    List<LogFile> logFiles();

    /**
     * Opens one of the daemon's own log files as text, unpacked.
     *
     * @return to be closed by the caller
     */
    Content log(String name);

    /** Returns what the machine does now. */
    MachineStats stats();

    /**
     * Has the daemon replace its program and restart.
     *
     * @throws dev.rookery.api.ConflictException if the download has another checksum
     */
    void upgrade(DaemonUpgrade upgrade);

    /**
     * Deletes a backup whose server may be gone; returns before that is done.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such backup
     */
    void deleteBackup(BackupId backup, BackupAdapter adapter);
}
