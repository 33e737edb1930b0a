package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * What a record of a zone says.
 *
 * @param type such as {@code CNAME}
 * @param name the whole name, in lower case
 * @param content the address or name that it leads to
 * @param proxied whether Cloudflare stands between
 * @param comment for people; our mark is in it
 */
public record DnsRecord(
        @JsonProperty("type") String type,
        @JsonProperty("name") String name,
        @JsonProperty("content") String content,
        @JsonProperty("proxied") boolean proxied,
        @JsonProperty("comment") String comment) {

    /** Checks its arguments. */
    public DnsRecord {
        requireNonNull(type, "type");
        requireNonNull(name, "name");
        requireNonNull(content, "content");
        comment = comment == null ? "" : comment;
    }

    /** Returns whether the other one leads to the same, whatever its comment says. */
    public boolean leadsLike(DnsRecord other) {
        return type.equals(other.type)
                && name.equals(other.name)
                && address(content).equals(address(other.content))
                && proxied == other.proxied;
    }

    @Override
    public String toString() {
        return type + " " + name + " -> " + content + (proxied ? " (proxied)" : "");
    }

    /** An address of version 6 has many forms. */
    private static Object address(String content) {
        if (!content.contains(":")) {
            return content.toLowerCase(Locale.ROOT);
        }
        try {
            return InetAddress.getByName("[" + content + "]");
        } catch (UnknownHostException ignored) {
            // No address: its text is all there is.
            return content;
        }
    }

    /**
     * A record that there is.
     *
     * @param id Cloudflare's
     * @param record what it says
     */
    public record Stored(
            @JsonProperty("id") String id,
            @JsonProperty("record") DnsRecord record) {

        /** Checks its arguments. */
        public Stored {
            requireNonNull(id, "id");
            requireNonNull(record, "record");
        }
    }
}
