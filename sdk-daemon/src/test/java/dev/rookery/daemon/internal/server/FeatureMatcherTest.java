package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ServerSettings.EggReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Phrases of an egg's features in what a server prints. Source: daemon behaviour §4.4. */
class FeatureMatcherTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private FeatureMatcher matcher(String features) {
        var egg = WireJson.read("{\"id\":\"x\",\"features\":" + features + "}", EggReference.class);
        return FeatureMatcher.of(egg, nanos::get);
    }

    @Test
    void findsAPhraseWhateverItsLetterCase() {
        var matcher = matcher("{\"eula\":[\"You need to agree to the EULA\"],\"java_version\":[\"UnsupportedClass\"]}");

        assertThat(matcher.find("[main] you NEED to agree to the eula in order to run"))
                .hasValueSatisfying(match -> {
                    assertThat(match.key()).isEqualTo("eula");
                    assertThat(match.pattern()).isEqualTo("You need to agree to the EULA");
                    assertThat(match.line()).startsWith("[main]");
                });
        assertThat(matcher.find("java.lang.unsupportedclassVersionError")).isPresent();
        assertThat(matcher.find("Done (1.2 s)!")).isEmpty();
    }

    @Test
    void tellsEachFeatureOnceASecondAtMost() {
        var matcher = matcher("{\"a\":[\"one\"],\"b\":[\"two\"]}");

        assertThat(matcher.find("one")).isPresent();
        assertThat(matcher.find("one")).isEmpty();
        assertThat(matcher.find("two")).as("another feature").isPresent();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(matcher.find("one")).isPresent();
    }

    @Test
    void passesOverWhatIsNoPhrase() {
        assertThat(matcher("[]").find("anything")).isEmpty();
        assertThat(matcher("{\"a\":null,\"b\":[7,\"\",{}],\"c\":\"alone\"}").find("stands alone"))
                .hasValueSatisfying(match -> assertThat(match.key()).isEqualTo("c"));
        assertThat(matcher("{\"b\":[7,\"\",{}]}").find("7")).isEmpty();
    }
}
