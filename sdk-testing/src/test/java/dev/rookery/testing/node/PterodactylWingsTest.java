package dev.rookery.testing.node;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.wings.SignedUrls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pterodactyl's own daemon keeps the contract, asked by our client, with our panel behind it. */
@Tag("docker")
@Tag("foreign")
@Timeout(180)
class PterodactylWingsTest {

    @RegisterExtension
    static final CompatibilityReport REPORT = new CompatibilityReport(Dialect.PTERODACTYL);

    @TempDir
    static Path data;

    private static ForeignPair wings;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        wings = ForeignPair.start(Dialect.PTERODACTYL, data);
        REPORT.version(wings.version());
    }

    @AfterAll
    static void stop() {
        if (wings != null) {
            wings.close();
        }
    }

    @Nested
    class Core extends NodeContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }
    }

    @Nested
    class Consoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }
    }

    @Nested
    class Files extends NodeFilesContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }
    }

    @Nested
    class Archives extends NodeArchivesContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }
    }

    @Nested
    class Downloads extends RemoteDownloadsContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }

        @Override
        protected InetAddress sourceAddress() {
            return ForeignPair.publicAddress();
        }
    }

    @Nested
    class Backups extends NodeBackupsContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }
    }

    @Nested
    class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }
    }

    @Nested
    class Browsers extends SignedUrlsContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }

        @Override
        protected SignedUrls urls(ServerId server) {
            return wings.signedUrls(server);
        }
    }

    @Nested
    class Transfers extends NodeTransfersContract {
        @Override
        protected ContractNode subject() {
            return wings.subject();
        }

        @Override
        protected ContractNode destination() {
            return wings.destination();
        }

        @Override
        protected TransferRequest request(ServerId server, List<BackupId> backups) {
            return wings.transfer(server, backups);
        }
    }
}
