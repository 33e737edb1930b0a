package dev.rookery.panel.schedule;

import dev.rookery.api.Caller;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerState;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.internal.Texts;
import dev.rookery.panel.schedule.TaskAction.Backup;
import dev.rookery.panel.schedule.TaskAction.Command;
import dev.rookery.panel.schedule.TaskAction.DeleteFiles;
import dev.rookery.panel.schedule.TaskAction.Power;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls to nodes that tasks are made of, each with a deadline. */
final class TaskCalls {

    private static final Logger LOG = LoggerFactory.getLogger(TaskCalls.class);
    private static final Set<ServerState.Kind> ONLINE = EnumSet.of(ServerState.Kind.STARTING, ServerState.Kind.RUNNING);
    private static final int MAX_ERROR = 500;

    private final PanelService panel;
    private final Optional<ScheduledBackups> backups;
    private final ScheduleOptions options;

    TaskCalls(PanelService panel, Optional<ScheduledBackups> backups, ScheduleOptions options) {
        this.panel = panel;
        this.backups = backups;
        this.options = options;
    }

    /** Carries out one task of a run; returns why it did not work, empty if it did. */
    Optional<String> make(ScheduleRun run, int index, Caller caller) {
        var action = run.tasks().get(index).task().action();
        try {
            if (action instanceof Power power) {
                panel.power(run.server(), power.action(), caller);
            } else if (action instanceof Command command) {
                node(run.server(), caller).sendCommands(List.of(command.line()));
            } else if (action instanceof DeleteFiles files) {
                delete(node(run.server(), caller), files);
            } else if (action instanceof Backup backup) {
                back(run, index, backup, caller);
            }
            return Optional.empty();
        } catch (RookeryException e) {
            LOG.warn("server {}: schedule {}: {}: {}", run.server(), run.schedule(), action.name(), e.getMessage());
            return Optional.of(text(e));
        } catch (RuntimeException e) {
            LOG.error("server {}: schedule {}: {}", run.server(), run.schedule(), action.name(), e);
            return Optional.of("it failed inside the panel: " + text(e));
        }
    }

    /** Returns why a server counts as not running; empty if it runs. */
    Optional<String> offline(ServerId server) {
        try {
            var state = node(server, Caller.panel()).details().state();
            return ONLINE.contains(state.kind()) ? Optional.empty() : Optional.of("the server is " + state);
        } catch (RookeryException e) {
            return Optional.of("its node does not say whether the server runs: " + text(e));
        }
    }

    private static void delete(NodeServer server, DeleteFiles files) {
        for (var file : files.files()) {
            try {
                server.files().delete("/", List.of(file));
            } catch (NotFoundException e) {
                LOG.debug("server {}: {} is gone already", server.id(), file);
            }
        }
    }

    private void back(ScheduleRun run, int index, Backup backup, Caller caller) {
        var name = (run.id() + "/" + index).getBytes(StandardCharsets.UTF_8);
        backups.orElseThrow(() -> new IllegalStateException("this panel makes no backups"))
                .begin(run.server(), new BackupId(UUID.nameUUIDFromBytes(name)), backup.ignoredFiles(), caller);
    }

    private NodeServer node(ServerId server, Caller caller) {
        return panel.onNode(server, caller, options.callDeadline());
    }

    private static String text(RuntimeException e) {
        var text = Texts.storable(
                Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
        return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR) + "…";
    }
}
