package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.build.tiers.SecondLane;
import dev.rookery.testing.node.RealDaemon.Ground;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The daemon keeps the contract in the words of Pterodactyl's, on the real engine. */
@Tag("docker")
@Tag("matrix")
@Timeout(180)
@SecondLane
class DaemonLikePterodactylTest extends ServedDaemon {

    DaemonLikePterodactylTest() {
        super(Dialect.PTERODACTYL, Ground.ENGINE);
    }
}
