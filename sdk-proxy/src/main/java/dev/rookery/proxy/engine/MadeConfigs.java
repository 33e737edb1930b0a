package dev.rookery.proxy.engine;

import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The configurations of an nginx that were made last: the same ones are asked for several times on the way of a change. Thread-safe. */
final class MadeConfigs {

    /** With the revision of what runs, and with that of what is to run. */
    private static final int KEPT = 2;

    private final Deque<Made> all = new ArrayDeque<>();

    /** Returns what was made of a document, or makes it. */
    synchronized Candidate made(ProxyDocument document, NginxOptions options, Supplier<Candidate> maker) {
        for (var made : all) {
            if (made.options().equals(options) && made.document().equals(document)) {
                return made.candidate();
            }
        }
        var made = new Made(document, options, maker.get());
        all.addFirst(made);
        if (all.size() > KEPT) {
            all.removeLast();
        }
        return made.candidate();
    }

    /** One of them. */
    private record Made(ProxyDocument document, NginxOptions options, Candidate candidate) {}
}
