package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pterodactyl's own daemon keeps the contract, asked by our client, with our panel behind it. */
@Tag("docker")
@Tag("foreign")
@Timeout(180)
class PterodactylWingsTest {

    @TempDir
    static Path data;

    private static ForeignWings wings;
    private static ContractNode subject;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        wings = ForeignWings.start(Dialect.PTERODACTYL, data);
        subject = ContractNode.foreign(wings.node(), wings.panel);
    }

    @AfterAll
    static void stop() {
        subject.close();
        wings.close();
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
    class Files extends NodeFilesContract {
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
    class Downloads extends RemoteDownloadsContract {
        @Override
        protected ContractNode subject() {
            return subject;
        }
    }

    @Nested
    class Backups extends NodeBackupsContract {
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
