package dev.rookery.daemon.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.daemon.internal.console.NumberedLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server as it was stored.
 *
 * @param id which one
 * @param configuration the panel's last known configuration, empty if what is stored cannot be read
 * @param state what it was doing
 * @param container its container, if it ever had one
 * @param consoleBase the last line number given before that container
 * @param tail its last console lines
 * @param problem why the configuration cannot be read, for people
 */
public record StoredServer(
        ServerId id,
        Optional<ServerConfiguration> configuration,
        StoredState state,
        Optional<String> container,
        long consoleBase,
        List<NumberedLine> tail,
        Optional<String> problem) {

    private static final Logger LOG = LoggerFactory.getLogger(StoredServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    static StoredServer read(ResultSet row) throws SQLException {
        var configuration = Optional.<ServerConfiguration>empty();
        var problem = Optional.<String>empty();
        try {
            configuration = Optional.of(WireJson.read(row.getString("configuration"), ServerConfiguration.class));
        } catch (RuntimeException e) {
            problem = Optional.of("its configuration: " + e.getMessage());
        }
        return new StoredServer(
                ServerId.parse(row.getString("uuid")),
                configuration,
                StoredState.read(row),
                Optional.ofNullable(row.getString("container")),
                row.getLong("console_base"),
                readTail(row.getString("uuid"), row.getString("console_tail")),
                problem);
    }

    static String writeTail(List<NumberedLine> tail) {
        try {
            return JSON.writeValueAsString(tail);
        } catch (JsonProcessingException e) {
            throw new StoreException("console lines cannot be written", e);
        }
    }

    private static List<NumberedLine> readTail(String server, String text) {
        try {
            return List.of(JSON.readValue(text, NumberedLine[].class));
        } catch (JsonProcessingException | RuntimeException e) {
            // Lines are no reason to be without a server.
            LOG.warn("server {}: its stored console lines cannot be read: {}", server, e.toString());
            return List.of();
        }
    }
}
