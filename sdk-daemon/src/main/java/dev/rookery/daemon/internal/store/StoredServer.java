package dev.rookery.daemon.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.daemon.internal.console.NumberedLine;
import dev.rookery.daemon.internal.server.Lifecycle;
import dev.rookery.daemon.internal.server.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A server as it was stored.
 *
 * @param id which one
 * @param configuration the panel's last known configuration
 * @param lifecycle what it was doing
 * @param container its container, if it ever had one
 * @param consoleBase the last line number given before that container
 * @param tail its last console lines
 */
public record StoredServer(
        ServerId id,
        ServerConfiguration configuration,
        Lifecycle lifecycle,
        Optional<String> container,
        long consoleBase,
        List<NumberedLine> tail) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static StoredServer read(ResultSet row) throws SQLException {
        var phase = Phase.valueOf(row.getString("phase"));
        long crash = row.getLong("last_crash");
        var lastCrash = row.wasNull() ? null : Instant.ofEpochMilli(crash);
        boolean reinstall = row.getBoolean("reinstall");
        var install = row.wasNull() ? null : new Lifecycle.InstallWish(reinstall, row.getBoolean("start_after"));
        var lifecycle = new Lifecycle(
                phase,
                phase,
                row.getLong("epoch"),
                Lifecycle.Next.valueOf(row.getString("next")),
                install,
                row.getBoolean("killed"),
                row.getBoolean("suspended"),
                row.getBoolean("crash_detection"),
                lastCrash);
        return new StoredServer(
                ServerId.parse(row.getString("uuid")),
                WireJson.read(row.getString("configuration"), ServerConfiguration.class),
                lifecycle,
                Optional.ofNullable(row.getString("container")),
                row.getLong("console_base"),
                readTail(row.getString("console_tail")));
    }

    static String writeTail(List<NumberedLine> tail) {
        try {
            return JSON.writeValueAsString(tail);
        } catch (JsonProcessingException e) {
            throw new StoreException("console lines cannot be written", e);
        }
    }

    private static List<NumberedLine> readTail(String text) {
        try {
            return List.of(JSON.readValue(text, NumberedLine[].class));
        } catch (JsonProcessingException e) {
            throw new StoreException("stored console lines cannot be read", e);
        }
    }
}
