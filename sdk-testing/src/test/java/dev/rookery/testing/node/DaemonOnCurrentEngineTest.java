package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.testing.node.RealDaemon.Ground;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The daemon keeps the contract on a current engine too, behind its HTTP edge and where it is embedded. */
@Tag("current-engine")
@Timeout(180)
class DaemonOnCurrentEngineTest extends ServedDaemon {

    private ContractNode embedded;

    DaemonOnCurrentEngineTest() {
        super(Dialect.PELICAN, Ground.CURRENT_ENGINE);
    }

    @BeforeAll
    void embed() {
        embedded = ContractNode.ours(real().daemon.node(), real().panel);
    }

    @AfterAll
    void close() {
        embedded.close();
    }

    @Nested
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return contractNode();
        }
    }

    @Nested
    class Embedded extends NodeContract {
        @Override
        protected ContractNode subject() {
            return embedded;
        }
    }

    @Nested
    class EmbeddedConsoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return embedded;
        }
    }
}
