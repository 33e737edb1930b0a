package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Content;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.wings.calagopus.CalagopusNode;
import dev.rookery.wings.calagopus.CalagopusServer;
import dev.rookery.wings.calagopus.DaemonUpgrade;
import dev.rookery.wings.calagopus.LogFile;
import dev.rookery.wings.calagopus.MachineStats;
import java.util.List;

/** Makes the calls of {@link CalagopusNode}. */
final class CalagopusNodeCalls implements CalagopusNode {

    private final ExtraCalls calls;

    CalagopusNodeCalls(ExtraCalls calls) {
        this.calls = requireNonNull(calls, "calls");
    }

    @Override
    public CalagopusServer server(ServerId id) {
        return new CalagopusServerCalls(calls.server(requireNonNull(id, "id")), id);
    }

    @Override
    public Json.Obj configuration() {
        calls.requirePanel("read the node's configuration");
        return calls.query("GET", "/api/system/config").as(Json.Obj.class);
    }

    @Override
    public List<LogFile> logFiles() {
        calls.requirePanel("list the daemon's logs");
        return calls.query("GET", "/api/system/logs").as(LogFiles.class).files();
    }

    @Override
    public Content log(String name) {
        calls.requirePanel("read the daemon's logs");
        return calls.streaming("GET", "/api/system/logs/{file}", requireNonNull(name, "name"))
                .open();
    }

    @Override
    public MachineStats stats() {
        calls.requirePanel("ask what the machine does");
        return calls.query("GET", "/api/system/stats").as(Stats.class).stats();
    }

    @Override
    public void upgrade(DaemonUpgrade upgrade) {
        calls.requirePanel("replace the daemon");
        calls.work("POST", "/api/system/upgrade")
                .json(
                        "url",
                        upgrade.url(),
                        "headers",
                        upgrade.headers(),
                        "sha256",
                        upgrade.sha256(),
                        "restart_command",
                        upgrade.restartCommand(),
                        "restart_command_args",
                        upgrade.restartArguments())
                .send();
    }

    @Override
    public void deleteBackup(BackupId backup, BackupAdapter adapter) {
        calls.requirePanel("delete a backup");
        calls.query("DELETE", "/api/backups/{backup}", backup.toString())
                .json("adapter", adapter)
                .send();
    }

    record LogFiles(@JsonProperty("log_files") List<LogFile> files) {}

    record Stats(@JsonProperty("stats") MachineStats stats) {

        Stats {
            stats = stats == null ? MachineStats.NONE : stats;
        }
    }
}
