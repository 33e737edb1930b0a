package dev.rookery.testing.node;

import dev.rookery.testing.node.RealDaemon.Ground;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon keeps the contract where its servers are child processes. */
@Tag("root")
@Timeout(180)
class DaemonOnProcessesTest {

    @TempDir
    static Path root;

    private static RealDaemon real;
    private static ContractNode subject;

    @BeforeAll
    static void start() {
        real = new RealDaemon(root, Ground.PROCESSES);
        subject = ContractNode.ours(real.daemon.node(), real.panel);
    }

    @AfterAll
    static void stop() {
        subject.close();
        real.close();
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
    class History extends ConsoleHistoryContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Files extends NodeFilesContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Uploads extends FileUploadsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Downloads extends RemoteDownloadsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Jobs extends FileJobsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Archives extends NodeArchivesContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }
}
