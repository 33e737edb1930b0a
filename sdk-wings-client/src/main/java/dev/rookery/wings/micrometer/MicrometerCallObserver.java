package dev.rookery.wings.micrometer;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.wings.CallObserver;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Makes a Micrometer observation of each call to a node: a timer where a meter registry listens, a span where a tracer does. Needs {@code
 * micrometer-observation} on the class path. Thread-safe.
 *
 * <p>The observation is called {@link #NAME}. Keys of low cardinality, fit for a metric: {@link #ENDPOINT}, {@link #DIALECT} and {@link
 * #OUTCOME}. Keys of high cardinality, for spans only: {@link #NODE} and {@link #SERVER}.
 */
public final class MicrometerCallObserver implements CallObserver {

    /** The observation's name. */
    public static final String NAME = "rookery.node.call";

    /** Method and path template, such as {@code GET /api/servers/{uuid}}. */
    public static final String ENDPOINT = "endpoint";

    /** What the node speaks, such as {@code pelican}; {@code unknown} until it is known. */
    public static final String DIALECT = "dialect";

    /**
     * {@code success}, {@code invalid-input}, {@code denied}, {@code not-found}, {@code conflict}, {@code not-offered}, {@code deadline},
     * {@code unavailable}, {@code protocol} or {@code error}; {@code none} until the call is over.
     */
    public static final String OUTCOME = "outcome";

    /** The node's URL. */
    public static final String NODE = "node";

    /** The server's UUID; {@code none} where the call is about no server. */
    public static final String SERVER = "server";

    private static final String NONE = "none";

    private final ObservationRegistry registry;

    private MicrometerCallObserver(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** Returns an observer that tells {@code registry}. */
    public static MicrometerCallObserver of(ObservationRegistry registry) {
        return new MicrometerCallObserver(requireNonNull(registry, "registry"));
    }

    @Override
    public Observed begin(ObservedCall call) {
        var observation = Observation.createNotStarted(NAME, registry)
                .contextualName(call.endpoint())
                .lowCardinalityKeyValue(ENDPOINT, call.endpoint())
                // Set from the beginning: a metric must not change its keys on the way.
                .lowCardinalityKeyValue(DIALECT, "unknown")
                .lowCardinalityKeyValue(OUTCOME, NONE)
                .highCardinalityKeyValue(NODE, call.node())
                .highCardinalityKeyValue(
                        KeyValue.of(SERVER, call.server().map(Object::toString).orElse(NONE)))
                .start();
        var scope = observation.openScope();
        return (outcome, dialect, failure) -> {
            scope.close();
            observation.lowCardinalityKeyValue(
                    DIALECT, dialect.map(Dialect::wireName).orElse("unknown"));
            observation.lowCardinalityKeyValue(OUTCOME, outcome);
            failure.ifPresent(observation::error);
            observation.stop();
        };
    }
}
