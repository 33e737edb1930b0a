package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.testing.node.RealDaemon.Ground;
import dev.rookery.testing.wire.WireContract;
import dev.rookery.testing.wire.WireNode;
import dev.rookery.wings.HttpNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A daemon behind its HTTP edge: asked by the client it keeps the contract, and on the wire it answers as its dialect's own daemon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServedDaemon {

    private final Dialect dialect;
    private final Ground ground;
    private RealDaemon real;
    private ContractNode subject;

    ServedDaemon(Dialect dialect, Ground ground) {
        this.dialect = dialect;
        this.ground = ground;
    }

    @BeforeAll
    void start(@TempDir Path root) {
        real = new RealDaemon(root, ground, dialect);
        var node = HttpNode.builder(real.url(), real.credentials)
                .panelUrl(RealDaemon.PANEL_URL.toString())
                .build();
        // What Pterodactyl's daemon leaves undone, ours leaves undone in its manner.
        subject = dialect == Dialect.PELICAN
                ? ContractNode.ours(node, real.panel)
                : ContractNode.foreign(node, real.panel);
    }

    @AfterAll
    void stop() {
        subject.close();
        real.close();
    }

    RealDaemon real() {
        return real;
    }

    ContractNode contractNode() {
        return subject;
    }

    @Nested
    class Core extends NodeContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Consoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Wire extends WireContract {
        @Override
        protected WireNode subject() {
            return new WireNode(
                    dialect, real.url(), real.credentials, RealDaemon.PANEL_URL.toString(), real.panel, true);
        }
    }
}
