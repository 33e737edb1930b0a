package dev.rookery.proxy.engine;

import dev.rookery.api.Json;
import dev.rookery.proxy.CaddyOptions;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.Optional;

/**
 * The configurations that are on the way: what runs, and what is to run. With thousands of routes, making, reading and checking one takes longer than most
 * of what is done with it, and each is looked at several times. Thread-safe.
 */
final class KnownConfigs {

    /** What runs, what is to run, and that with the revision of what runs. */
    private static final int KEPT = 3;

    private final Recent<Known> all = new Recent<>(KEPT);

    /** Returns what was made of a document. */
    Optional<Candidate> made(ProxyDocument document, CaddyOptions options) {
        return all.find(known -> known.options().filter(options::equals).isPresent() && known.madeOf(document))
                .map(Known::candidate);
    }

    /** Returns whether something was made of a document. */
    boolean made(ProxyDocument document) {
        return all.find(known -> known.madeOf(document)).isPresent();
    }

    /** Returns what a text is. */
    Optional<Candidate> text(String text) {
        return all.find(known -> known.text().filter(text::equals).isPresent()
                        || known.candidate().files().containsValue(text))
                .map(Known::candidate);
    }

    /** Returns what a candidate says. */
    Optional<Json> json(Candidate candidate) {
        return all.find(known -> known.candidate().files().equals(candidate.files()))
                .map(Known::json);
    }

    /** Keeps what was made of a document. */
    void keep(ProxyDocument document, CaddyOptions options, Candidate candidate, Json json) {
        all.keep(new Known(Optional.of(document), Optional.of(options), Optional.empty(), candidate, json));
    }

    /** Keeps what a text was read as. */
    void keep(String text, Candidate candidate, Json json) {
        var other = Optional.of(text).filter(given -> !candidate.files().containsValue(given));
        all.keep(new Known(Optional.empty(), Optional.empty(), other, candidate, json));
    }

    /**
     * One of them.
     *
     * @param document what it was made of; empty if it was read
     * @param options with which it was made
     * @param text what it was read from; empty if that is how the candidate writes it
     * @param candidate what it is
     * @param json what it says
     */
    private record Known(
            Optional<ProxyDocument> document,
            Optional<CaddyOptions> options,
            Optional<String> text,
            Candidate candidate,
            Json json) {

        boolean madeOf(ProxyDocument other) {
            return document.filter(other::equals).isPresent();
        }
    }
}
