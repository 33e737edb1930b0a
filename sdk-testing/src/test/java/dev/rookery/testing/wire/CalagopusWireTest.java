package dev.rookery.testing.wire;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.testing.node.ForeignWings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded of Calagopus' own daemon is what it answers. */
@Tag("docker")
@Tag("foreign")
@Timeout(300)
class CalagopusWireTest extends WireContract {

    @TempDir
    static Path data;

    private static ForeignWings wings;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        wings = ForeignWings.start(Dialect.CALAGOPUS, data);
    }

    @AfterAll
    static void stop() {
        if (wings != null) {
            wings.close();
        }
    }

    @Override
    protected WireNode subject() {
        return wings.onTheWire();
    }

    @Override
    protected String source() {
        return wings.version();
    }
}
