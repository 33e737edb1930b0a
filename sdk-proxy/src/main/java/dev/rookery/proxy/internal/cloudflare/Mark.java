package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.proxy.cloudflare.DnsRecord;

/**
 * The mark that makes a record ours: the first word of its comment. What follows is anybody's.
 *
 * @param instance which installation of ours
 * @param binding which of its bindings
 */
public record Mark(String instance, String binding) {

    private static final String PREFIX = "rookery:";

    /** Returns whether a record is one of this installation. */
    boolean ofInstance(DnsRecord record) {
        return record.comment().startsWith(PREFIX + instance + ":");
    }

    /** Returns whether a record is one of this binding. */
    boolean ofBinding(DnsRecord record) {
        var comment = record.comment();
        var mark = toString();
        return comment.equals(mark) || comment.startsWith(mark + " ");
    }

    @Override
    public String toString() {
        return PREFIX + instance + ":" + binding;
    }
}
