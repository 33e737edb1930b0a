package dev.rookery.api.dialect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.ServerSettings;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes what panels answer, beyond single values: pages of servers and errors. Reading takes every dialect; what is written is
 * understood by the nodes of all of them.
 *
 * <p>Sources: panel remote API §1.3 (errors), §3.1 (pages).
 */
public final class RemoteDocuments {

    private RemoteDocuments() {}

    /**
     * Reads a page of servers. A server that cannot be read is named and does not hide the others; figures that are missing, zero, null or
     * texts become sensible numbers.
     *
     * @param body {@code {"data":[...],"meta":{...}}}
     * @param asked the page that was asked for
     * @throws InvalidInputException if there is no list at all
     */
    public static ServerPage readPage(byte[] body, int asked) {
        var document = WireJson.read(body, Json.class);
        var data = member(document, "data");
        if (!(data instanceof Json.Array) && !(data instanceof Json.Obj) && data != Json.Null.INSTANCE) {
            throw new InvalidInputException("no list (expected: {\"data\":[...],\"meta\":{...}})");
        }
        var entries = items(document).stream().map(RemoteDocuments::entry).toList();
        var meta = member(document, "meta");
        return new ServerPage(
                entries,
                (int) Math.max(1, number(meta, "current_page", asked)),
                // Calagopus says 0 where there are no servers, Flamingo null where it divided by zero.
                (int) Math.max(1, number(meta, "last_page", 1)),
                number(meta, "total", entries.size()));
    }

    /**
     * Writes a page of servers; those without a configuration are left out, since one that cannot be configured must not keep a node from
     * starting the others.
     *
     * @param perPage how many were asked for
     */
    public static byte[] writePage(ServerPage page, int perPage) {
        var items = page.servers().stream()
                .flatMap(entry -> Optional.ofNullable(entry.configuration())
                        .map(configuration -> new Item(entry.uuid(), configuration.settings(), configuration.process()))
                        .stream())
                .toList();
        int count = page.servers().size();
        long before = (page.page() - 1L) * perPage;
        var meta = new Meta(
                page.page(),
                count == 0 ? Optional.empty() : Optional.of(before + 1),
                page.lastPage(),
                perPage,
                count == 0 ? Optional.empty() : Optional.of(before + count),
                page.total());
        return WireJson.write(new Page(items, meta));
    }

    /**
     * Writes an error.
     *
     * @param status the HTTP status; a text in the document, since the Go daemons fail to read a number there
     * @param code what kind of error, in one word
     * @param detail for people
     */
    public static byte[] writeError(int status, String code, String detail) {
        return WireJson.write(new Errors(List.of(new Problem(code, Integer.toString(status), detail))));
    }

    static @Nullable Json member(@Nullable Json json, String name) {
        return json instanceof Json.Obj object ? object.members().get(name) : null;
    }

    /** PHP writes a list with gaps as an object. */
    static Collection<Json> items(Json document) {
        var data = member(document, "data");
        if (data instanceof Json.Array array) {
            return array.items();
        }
        return data instanceof Json.Obj object ? object.members().values() : List.of();
    }

    private static ServerPage.Entry entry(Json item) {
        try {
            var configuration = WireJson.read(item, ServerConfiguration.class);
            return new ServerPage.Entry(configuration.settings().uuid().toString(), configuration, null);
        } catch (InvalidInputException e) {
            return new ServerPage.Entry(uuid(item), null, e.getMessage());
        }
    }

    /** Calagopus has it in the settings only. */
    private static String uuid(Json item) {
        if (member(item, "uuid") instanceof Json.Text text) {
            return text.value();
        }
        return member(member(item, "settings"), "uuid") instanceof Json.Text text ? text.value() : "";
    }

    private static long number(@Nullable Json object, String name, long otherwise) {
        var value = member(object, name);
        if (value instanceof Json.Num number) {
            return number.value().longValue();
        }
        if (value instanceof Json.Text text) {
            try {
                return new BigDecimal(text.value().strip()).longValue();
            } catch (NumberFormatException ignored) {
                // As if it were not there.
                return otherwise;
            }
        }
        return otherwise;
    }

    private record Page(
            @JsonProperty("data") List<Item> data,
            @JsonProperty("meta") Meta meta) {}

    private record Item(
            @JsonProperty("uuid") String uuid,
            @JsonProperty("settings") ServerSettings settings,
            @JsonProperty("process_configuration") ProcessConfiguration process) {}

    /** All numbers: the Go daemons refuse texts here. {@code from} and {@code to} are absent on an empty page. */
    private record Meta(
            @JsonProperty("current_page") int currentPage,
            @JsonProperty("from") Optional<Long> from,
            @JsonProperty("last_page") int lastPage,
            @JsonProperty("per_page") int perPage,
            @JsonProperty("to") Optional<Long> to,
            @JsonProperty("total") long total) {}

    private record Errors(@JsonProperty("errors") List<Problem> errors) {}

    private record Problem(
            @JsonProperty("code") String code,
            @JsonProperty("status") String status,
            @JsonProperty("detail") String detail) {}
}
