package dev.rookery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Content;
import dev.rookery.api.ServerId;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.testing.node.PatternStream;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gigabyte goes through a node with a small heap, both ways. */
@Tag("docker")
@Timeout(300)
class BigFileTest {

    private static final long GIBIBYTE = 1L << 30;
    private static final long RESIDENT_MAX_BYTES = 400L << 20;

    @TempDir
    Path folder;

    @Test
    void aGigabyteStreamsBothWaysInFlatMemory() throws IOException {
        try (var flight = Flight.take(folder)) {
            var server = flight.create("big", flight.egg("echo nothing\n", "sleep 1000", "up"));
            flight.awaitStatus(server, "ready");
            flight.node().close();
            flight.restartNode(List.of("-Xmx96m", "-XX:MaxDirectMemorySize=64m"));
            var node = HttpNode.builder(
                            flight.nodeUrl(), new NodeCredentials(flight.setting("token_id"), flight.setting("token")))
                    .panelUrl(flight.panelUrl().toString())
                    .build();
            var files = node.server(ServerId.parse(server)).files();

            files.write("big.bin", Content.of(new PatternStream(GIBIBYTE), OptionalLong.of(GIBIBYTE)));
            try (var content = files.read("big.bin")) {
                assertThat(PatternStream.verify(content.stream())).isEqualTo(GIBIBYTE);
            }

            assertThat(peakResidentBytes(flight.node().pid())).isLessThan(RESIDENT_MAX_BYTES);
        }
    }

    private static long peakResidentBytes(long pid) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new AssertionError("no VmHWM of process " + pid);
    }
}
