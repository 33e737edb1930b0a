package dev.rookery.testing.node;

import dev.rookery.build.tiers.SecondLane;
import dev.rookery.wings.HttpNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon keeps the contract behind its HTTP edge, asked by the client, on the real engine. */
@Tag("docker")
@Timeout(180)
@SecondLane
class DaemonOverHttpTest {

    @TempDir
    static Path root;

    private static RealDaemon real;
    private static ContractNode subject;

    @BeforeAll
    static void start() {
        real = new RealDaemon(root);
        var node = HttpNode.builder(real.url(), real.credentials)
                .panelUrl(RealDaemon.PANEL_URL.toString())
                .build();
        subject = ContractNode.ours(node, real.panel);
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
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }
}
