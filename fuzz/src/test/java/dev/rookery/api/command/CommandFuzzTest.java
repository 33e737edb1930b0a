package dev.rookery.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** In the package of the commands, because nobody but a panel can sign bytes that are read. */
class CommandFuzzTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final CommandVerifier VERIFIER = CommandVerifier.builder(new NodeId(7), CLOCK)
            .keys(List.of(new CommandKey("k1", CommandSigner.newKeyPair().getPublic(), Optional.empty())))
            .build();

    @FuzzTest(maxDuration = "10m")
    void whatThePanelDidNotSignIsRefused(byte[] input) {
        try {
            var command = VERIFIER.verify(new String(input, StandardCharsets.UTF_8));
            throw new AssertionError("taken: " + command.name());
        } catch (CommandRefusedException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void commandsHaveOneSetOfBytes(byte[] input) {
        SignedCommand command;
        try {
            command = CommandBytes.decode(input);
        } catch (InvalidInputException ignored) {
            // Refused.
            return;
        }
        assertThat(CommandBytes.decode(CommandBytes.encode(command))).isEqualTo(command);
    }
}
