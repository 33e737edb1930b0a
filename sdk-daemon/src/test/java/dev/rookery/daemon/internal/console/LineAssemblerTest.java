package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void cutsAtLineEndsAndLeavesOutEmptyLines() {
        feed(1024, "one\r\ntwo\n\n\r\nthree");
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void keepsLoneCarriageReturns() {
        feed(1024, "10%\r20%\r\n");
        assertThat(lines).containsExactly("10%\r20%");
    }

    @Test
    void neverCutsWithinACharacter() {
        feed(256, "€".repeat(200) + "\n");
        assertThat(String.join("", lines)).isEqualTo("€".repeat(200));
        assertThat(lines).hasSize(3).allMatch(line -> !line.contains("\ufffd"));
    }

    @Test
    void neverCutsWithinAnAnsiSequence() {
        feed(256, "x".repeat(253) + "\u001b[1;31mred\n");
        assertThat(lines).containsExactly("x".repeat(253), "\u001b[1;31mred");
    }

    @Test
    void boundsALineWithoutEnd() {
        feed(256, "y".repeat(1_000_000));
        assertThat(lines).allMatch(line -> line.length() <= 256);
    }

    @Test
    void givesTheSameLinesHoweverTheBytesArrive() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(List.of("a", "€", "\n", "\r\n", "😀", "\u001b[0m", "lorem ipsum", "\r")
                    .get(random.nextInt(8)));
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        feed(300, text.toString());
        var whole = List.copyOf(lines);
        lines.clear();
        var assembler = new LineAssembler(300, lines::add);
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, 1 + random.nextInt(700));
            var part = new byte[count];
            System.arraycopy(bytes, from, part, 0, count);
            assembler.feed(part, count);
            from += count;
        }
        assembler.end();
        assertThat(lines).as("seed %d", seed).isEqualTo(whole);
    }

    private void feed(int max, String text) {
        var assembler = new LineAssembler(max, lines::add);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        assembler.feed(bytes, bytes.length);
        assembler.end();
    }
}
