package dev.rookery.daemon.internal.http;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.ServerCondition;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.panel.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes the details of servers. Panels ask for them all the time while their configurations, the largest part, hardly ever change: what
 * was written last is kept. Thread-safe.
 */
final class DetailsWriter {

    private static final int SLOTS = 1024;
    /** What is longer is written each time: memory is bounded by twice this times the slots. */
    private static final int KEPT_MAX = 16 * 1024;

    private static final byte[] STATE = ascii("{\"state\":");
    private static final byte[] SUSPENDED = ascii(",\"is_suspended\":");
    private static final byte[] UTILIZATION = ascii(",\"utilization\":");
    private static final byte[] CONFIGURATION = ascii(",\"configuration\":");
    private static final byte[] CONDITION = ascii(",\"condition\":");

    private final Manner manner;
    private final AtomicReferenceArray<@Nullable Written> kept = new AtomicReferenceArray<>(SLOTS);

    DetailsWriter(Manner manner) {
        this.manner = manner;
    }

    /** Returns one server's details; not to be changed. */
    @SuppressWarnings("ReferenceEquality") // a server's settings stay the same object until they change
    byte[] write(ServerDetails details) {
        int slot = System.identityHashCode(details.configuration()) & (SLOTS - 1);
        var before = kept.get(slot);
        boolean known = before != null && before.details().configuration() == details.configuration();
        if (before != null && known && same(before.details(), details)) {
            return before.json();
        }
        var configuration = before != null && known ? before.configuration() : configuration(details.configuration());
        var json = written(details, configuration);
        if (json.length <= KEPT_MAX) {
            kept.set(slot, new Written(details, configuration, json));
        }
        return json;
    }

    /** Returns a list of details. */
    byte[] write(List<ServerDetails> servers) {
        var out = new ByteArrayOutputStream(2048);
        out.write('[');
        for (int i = 0; i < servers.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(write(servers.get(i)));
        }
        out.write(']');
        return out.toByteArray();
    }

    /** Returns whether two details with the same settings say the same. */
    private static boolean same(ServerDetails one, ServerDetails other) {
        return one.suspended() == other.suspended()
                && one.state().equals(other.state())
                && one.condition().equals(other.condition())
                && one.utilization().equals(other.utilization());
    }

    private byte[] written(ServerDetails details, byte[] configuration) {
        var out = new ByteArrayOutputStream(configuration.length + 512);
        out.writeBytes(STATE);
        out.writeBytes(WireJson.write(details.state()));
        out.writeBytes(SUSPENDED);
        out.writeBytes(ascii(Boolean.toString(details.suspended())));
        out.writeBytes(UTILIZATION);
        out.writeBytes(utilization(details));
        out.writeBytes(CONFIGURATION);
        out.writeBytes(configuration);
        if (!details.condition().equals(ServerCondition.NONE)) {
            out.writeBytes(CONDITION);
            out.writeBytes(WireJson.write(details.condition()));
        }
        out.write('}');
        return out.toByteArray();
    }

    private byte[] utilization(ServerDetails details) {
        var written = WireJson.write(details.utilization());
        return manner.pelican()
                ? written
                : WireJson.write(ServerShape.utilization(WireJson.read(written, Json.Obj.class)));
    }

    private byte[] configuration(ServerSettings settings) {
        return WireJson.write(
                ServerShape.configuration(WireJson.read(WireJson.write(settings), Json.Obj.class), manner));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What was written last for some settings.
     *
     * @param details with these settings
     * @param configuration the settings alone
     * @param json all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
    private record Written(ServerDetails details, byte[] configuration, byte[] json) {}
}
