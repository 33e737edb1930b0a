package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.build.tiers.SecondLane;
import dev.rookery.testing.node.RealDaemon.Ground;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The daemon keeps the contract behind its HTTP edge, asked by the client, on the real engine. */
@Tag("docker")
@Timeout(180)
@SecondLane
class DaemonOverHttpTest extends ServedDaemon {

    DaemonOverHttpTest() {
        super(Dialect.PELICAN, Ground.ENGINE);
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
    class Uploads extends FileUploadsContract {
        @Override
        protected ContractNode subject() {
            return contractNode();
        }
    }

    @Nested
    class Downloads extends RemoteDownloadsContract {
        @Override
        protected ContractNode subject() {
            return contractNode();
        }
    }

    @Nested
    class Jobs extends FileJobsContract {
        @Override
        protected ContractNode subject() {
            return contractNode();
        }
    }

    @Nested
    class Archives extends NodeArchivesContract {
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
