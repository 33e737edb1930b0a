package dev.rookery.testing.node;

import dev.rookery.wings.HttpNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon keeps the contract on a current engine, in process and over HTTP. What an engine has no part in is left to the other. */
@Tag("current-engine")
@Timeout(180)
class DaemonOnCurrentEngineTest {

    @TempDir
    static Path root;

    private static RealDaemon real;
    private static ContractNode inProcess;
    private static ContractNode overHttp;

    @BeforeAll
    static void start() {
        real = RealDaemon.onCurrentEngine(root);
        inProcess = ContractNode.ours(real.daemon.node(), real.panel);
        overHttp = ContractNode.ours(
                HttpNode.builder(real.url(), real.credentials)
                        .panelUrl(RealDaemon.PANEL_URL.toString())
                        .build(),
                real.panel);
    }

    @AfterAll
    static void stop() {
        overHttp.close();
        inProcess.close();
        real.close();
    }

    @Nested
    class Core extends NodeContract {
        @Override
        protected ContractNode subject() {
            return inProcess;
        }
    }

    @Nested
    class CoreOverHttp extends NodeContract {
        @Override
        protected ContractNode subject() {
            return overHttp;
        }
    }

    @Nested
    class Consoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return inProcess;
        }
    }

    @Nested
    class ConsolesOverHttp extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return overHttp;
        }
    }

    @Nested
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return overHttp;
        }
    }
}
