package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.build.tiers.SecondLane;
import dev.rookery.testing.node.RealDaemon.Ground;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The daemon keeps the contract in the words of Pterodactyl's on a current engine too. */
@Tag("current-engine")
@Timeout(180)
@SecondLane
class CurrentEngineLikePterodactylTest extends ServedDaemon {

    CurrentEngineLikePterodactylTest() {
        super(Dialect.PTERODACTYL, Ground.CURRENT_ENGINE);
    }
}
