package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.panel.spi.ActivityRecord;
import dev.rookery.panel.spi.ActivityStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What happened, in the database. A digest of each entry tells one that comes again. */
final class SqlActivity implements ActivityStore {

    private final Jdbi jdbi;

    SqlActivity(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public int add(NodeId node, List<ActivityEntry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        return jdbi.inTransaction(handle -> {
            var batch = handle.prepareBatch("INSERT INTO activity (server_uuid, digest, happened_at, document)"
                    + " SELECT uuid, :digest, :at, :document FROM servers WHERE uuid = :server AND node_id = :node"
                    + " ON CONFLICT (digest) DO NOTHING");
            for (var entry : entries) {
                var document = WireJson.writeText(entry);
                batch.bind("digest", digest(document))
                        .bind("at", entry.timestamp().toEpochMilli())
                        .bind("document", document)
                        .bind("server", entry.server().toString())
                        .bind("node", node.value())
                        .add();
            }
            return Arrays.stream(batch.execute()).filter(count -> count > 0).sum();
        });
    }

    @Override
    public List<ActivityRecord> list(ServerId server, long before, int limit) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT id, document FROM activity WHERE server_uuid = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        server.toString(),
                        before,
                        limit)
                .map((row, context) -> new ActivityRecord(
                        row.getLong("id"), WireJson.read(row.getString("document"), ActivityEntry.class)))
                .list());
    }

    @Override
    public int forget(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.execute(
                "DELETE FROM activity WHERE id IN"
                        + " (SELECT id FROM activity WHERE happened_at < ? ORDER BY happened_at LIMIT ?)",
                before.toEpochMilli(),
                limit));
    }

    private static String digest(String document) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
