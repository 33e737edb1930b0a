package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.daemon.ServerRuntime;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The daemon keeps the contract behind its HTTP edge, asked by the client, on the real engine. */
@Tag("docker")
@Timeout(180)
class DaemonOverHttpTest extends ServedDaemon {

    DaemonOverHttpTest() {
        super(Dialect.PELICAN, ServerRuntime.DOCKER);
    }

    @Nested
    class History extends ConsoleHistoryContract {
        @Override
        protected ContractNode subject() {
            return contractNode();
        }
    }

    @Nested
    class Files extends NodeFilesContract {
        @Override
        protected ContractNode subject() {
            return contractNode();
        }
    }

    @Nested
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return contractNode();
        }
    }
}
