package dev.rookery.daemon.internal.server;

import dev.rookery.api.Json;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.panel.ServerSettings.EggReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Finds the phrases of an egg's features in what its server prints, so that a panel can offer help: whatever their letter case, the first
 * one of a line, each feature once a second at most. Used by one thread. Source: daemon behaviour §4.4.
 */
final class FeatureMatcher {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Phrase> phrases = new ArrayList<>();
    private final Map<String, Long> toldNanos = new HashMap<>();
    private final LongSupplier nanoTime;

    private FeatureMatcher(Map<String, Json> features, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        features.forEach((feature, texts) -> {
            if (texts instanceof Json.Array several) {
                several.items().forEach(text -> add(feature, text));
            } else {
                add(feature, texts);
            }
        });
    }

    /**
     * Returns a matcher.
     *
     * @param egg names the features with their phrases; what is no text is passed over
     */
    static FeatureMatcher of(EggReference egg) {
        return of(egg, System::nanoTime);
    }

    static FeatureMatcher of(EggReference egg, LongSupplier nanoTime) {
        return new FeatureMatcher(egg.features(), nanoTime);
    }

    Optional<ConsoleEvent.FeatureMatch> find(String line) {
        if (phrases.isEmpty()) {
            return Optional.empty();
        }
        var lower = line.toLowerCase(Locale.ROOT);
        for (var phrase : phrases) {
            if (lower.contains(phrase.lower())) {
                return mayTell(phrase.feature())
                        ? Optional.of(new ConsoleEvent.FeatureMatch(phrase.feature(), phrase.text(), line))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void add(String feature, Json text) {
        if (text instanceof Json.Text phrase && !phrase.value().isBlank()) {
            phrases.add(new Phrase(feature, phrase.value(), phrase.value().toLowerCase(Locale.ROOT)));
        }
    }

    private boolean mayTell(String feature) {
        long now = nanoTime.getAsLong();
        var last = toldNanos.get(feature);
        if (last != null && now - last < PERIOD_NANOS) {
            return false;
        }
        toldNanos.put(feature, now);
        return true;
    }

    private record Phrase(String feature, String text, String lower) {}
}
