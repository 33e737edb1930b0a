package dev.rookery.daemon.internal.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class ClientLogTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ClientLog.class);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final ClientLog log = new ClientLog(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void end() {
        logger.detachAppender(lines);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void showsNothingThatEndsALineOrMovesACursor() {
        assertThat(ClientLog.plain("a\nb\r\u001b[31mc\u0000\u0085\u2028\u202ed\ud800"))
                .isEqualTo("a?b??[31mc????d?");
        assertThat(ClientLog.plain("müller 木 \ud83d\ude00")).isEqualTo("müller 木 \ud83d\ude00");
        assertThat(ClientLog.plain("x".repeat(100_000))).hasSizeLessThan(300);
    }

    @Test
    void countsWhatIsTooMuchOfOneAndOfAll() {
        for (int i = 0; i < 50; i++) {
            log.line(logger, Level.INFO, "loud", "loud {}", i);
        }
        log.line(logger, Level.INFO, "quiet", "quiet {}", "\n");
        assertThat(said()).hasSize(ClientLog.LINES_OF_ONE_MAX + 1).endsWith("quiet ?");
        for (int i = 0; i < 1000; i++) {
            log.line(logger, Level.INFO, "other " + i, "other {}", i);
        }
        assertThat(said()).hasSize(ClientLog.LINES_MAX);

        now = now.plusSeconds(60);
        log.line(logger, Level.INFO, "loud", "again {}", 1);

        assertThat(said().subList(ClientLog.LINES_MAX, ClientLog.LINES_MAX + 2))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("851 lines about SFTP clients were left out"),
                        second -> assertThat(second).isEqualTo("again 1"));
    }
}
