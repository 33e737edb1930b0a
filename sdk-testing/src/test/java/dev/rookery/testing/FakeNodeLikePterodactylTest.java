package dev.rookery.testing;

import dev.rookery.api.dialect.Dialect;
import org.junit.jupiter.api.Timeout;

/** Client and edge keep the contract in the words of Pterodactyl's daemon too. */
@Timeout(120)
class FakeNodeLikePterodactylTest extends ServedFakeNode {

    FakeNodeLikePterodactylTest() {
        super(Dialect.PTERODACTYL);
    }
}
