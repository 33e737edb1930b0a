package dev.rookery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.build.tiers.SecondLane;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.testing.wire.WireContract;
import dev.rookery.testing.wire.WireNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The edge answers byte by byte as the daemons were recorded to answer, but where it answers better on purpose. */
@Timeout(300)
@SecondLane
class OurWireTest {

    @Nested
    class Pelican extends Served {
        Pelican() {
            super(Dialect.PELICAN);
        }
    }

    @Nested
    class Pterodactyl extends Served {
        Pterodactyl() {
            super(Dialect.PTERODACTYL);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Served extends WireContract {

        private final FakePanel panel = new FakePanel();
        private final Dialect dialect;
        private RunningEdge edge;

        Served(Dialect dialect) {
            this.dialect = dialect;
        }

        @BeforeAll
        void start() throws IOException {
            edge = RunningEdge.over(FakeNode.create(panel), dialect);
        }

        @AfterAll
        void stop() {
            edge.close();
        }

        /** So that nothing of the conversation is passed over. */
        @Test
        void offersAllThatTheDialectHas() {
            assertThat(edge.client().capabilities())
                    .containsAll(NodeDialect.of(dialect).capabilities());
        }

        @Override
        protected WireNode subject() {
            return new WireNode(dialect, edge.url(), edge.credentials(), RunningEdge.PANEL, panel, true);
        }
    }
}
