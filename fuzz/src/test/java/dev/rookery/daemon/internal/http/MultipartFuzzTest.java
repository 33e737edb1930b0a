package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** In the package of the edge, because its parser needs no socket. */
class MultipartFuzzTest {

    /** The first line is the content type, the rest the body. */
    @FuzzTest(maxDuration = "10m")
    void aBodyHasTheSamePartsHoweverItArrives(byte[] input) {
        var text = new String(input, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        if (end < 0) {
            return;
        }
        var type = text.substring(0, end);
        var body = Arrays.copyOfRange(input, end + 1, input.length);
        assertThat(parts(type, new Dripping(body))).isEqualTo(parts(type, new ByteArrayInputStream(body)));
    }

    private static List<String> parts(String type, InputStream in) {
        var parts = new ArrayList<String>();
        var multipart = Multipart.of(type, in);
        if (multipart.isEmpty()) {
            return List.of("no boundary");
        }
        try {
            for (var part = multipart.get().next();
                    part != null;
                    part = multipart.get().next()) {
                parts.add(part.name() + "|" + part.fileName().orElse("-"));
                parts.add(new String(part.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            parts.add("broken");
        }
        return parts;
    }

    /** Gives one byte at a time, as a slow network does. */
    private static final class Dripping extends ByteArrayInputStream {

        Dripping(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }
    }
}
