package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=\"--x.y\"";
    private static final String BOUNDARY = "----x.y";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000, 65_536})
    void findsBoundariesHoweverTheBytesArrive(int piece) throws IOException {
        byte[] binary = new byte[200_000];
        new Random(7).nextBytes(binary);
        // Looks like a boundary and is none.
        byte[] almost = ("\r\n" + BOUNDARY.substring(1) + "\r\n-" + BOUNDARY).getBytes(StandardCharsets.UTF_8);
        var body = new ByteArrayOutputStream();
        body.writeBytes(part("name=\"files\"; filename=\"a.bin\""));
        body.writeBytes(binary);
        body.writeBytes(almost);
        body.writeBytes(("\r\n" + text("name=\"empty\"") + "\r\n" + BOUNDARY + "--\r\nepilogue")
                .getBytes(StandardCharsets.UTF_8));
        var parts = Multipart.of(TYPE, inPieces(body.toByteArray(), piece)).orElseThrow();

        var first = parts.next();
        assertThat(first).isNotNull();
        assertThat(first.name()).isEqualTo("files");
        assertThat(first.fileName()).hasValue("a.bin");
        byte[] read = first.readAllBytes();
        assertThat(read)
                .hasSize(binary.length + almost.length)
                .startsWith(binary)
                .endsWith(almost);
        var second = parts.next();
        assertThat(second).isNotNull();
        assertThat(second.fileName()).isEmpty();
        assertThat(second.readAllBytes()).isEmpty();
        assertThat(parts.next()).isNull();
        assertThat(parts.next()).isNull();
    }

    @Test
    void passesOverWhatNobodyReads() throws IOException {
        var parts = Multipart.of(TYPE, body(text("name=a") + "x".repeat(300_000) + "\r\n" + text("name=b") + "second"))
                .orElseThrow();

        parts.next();
        var second = parts.next();

        assertThat(second).isNotNull();
        assertThat(second.name()).isEqualTo("b");
        assertThat(new String(second.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
    }

    @Test
    void readsQuotedNames() throws IOException {
        var parts = Multipart.of(TYPE, body(text("name=\"files\"; filename=\"a \\\"b\\\"; \u00fc.txt\"") + "x"))
                .orElseThrow();

        assertThat(parts.next().fileName()).hasValue("a \"b\"; \u00fc.txt");
    }

    @Test
    void refusesABodyThatBreaksOff() {
        byte[] cut = part("name=\"files\"; filename=\"a\"");
        var parts = Multipart.of(TYPE, new ByteArrayInputStream(cut)).orElseThrow();

        assertThatThrownBy(() -> parts.next().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ends within a part");
    }

    @Test
    void refusesHeadersWithoutEnd() {
        var endless =
                Multipart.of(TYPE, body(text("name=a; " + "x".repeat(20_000)))).orElseThrow();

        assertThatThrownBy(endless::next).isInstanceOf(IOException.class).hasMessageContaining("headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data", "multipart/form-data; boundary=\"\""})
    void knowsWhatIsNoForm(String type) {
        assertThat(Multipart.of(type, InputStream.nullInputStream())).isEmpty();
        assertThat(Multipart.of(null, InputStream.nullInputStream())).isEmpty();
    }

    private static InputStream body(String parts) {
        return new ByteArrayInputStream((parts + "\r\n" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] part(String disposition) {
        return text(disposition).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String disposition) {
        return BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    }

    private static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, piece));
            }
        };
    }
}
