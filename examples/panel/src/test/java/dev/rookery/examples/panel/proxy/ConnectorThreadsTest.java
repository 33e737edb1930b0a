package dev.rookery.examples.panel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rookery.api.UnavailableException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is noted of connectors that cannot be looked after. */
class ConnectorThreadsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ConnectorThreads.class);
    private final ListAppender<ILoggingEvent> notes = new ListAppender<>();

    @BeforeEach
    void listen() {
        notes.start();
        logger.addAppender(notes);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(notes);
    }

    /** An engine of containers may be away for hours, and is looked for every few seconds. */
    @Test
    void whatGoesOnFailingIsNotedOnceAndThenThatItWorksAgain() {
        try (var threads = new ConnectorThreads()) {
            for (var reason : List.of("away", "away", "away", "starting", "starting", "", "", "away")) {
                threads.look(() -> {
                    if (!reason.isEmpty()) {
                        throw new UnavailableException("the engine is " + reason);
                    }
                });
            }
        }

        assertThat(notes.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The connectors of tunnels cannot be looked after: the engine is away",
                        "The connectors of tunnels cannot be looked after: the engine is starting",
                        "The connectors of tunnels can be looked after again",
                        "The connectors of tunnels cannot be looked after: the engine is away");
    }
}
