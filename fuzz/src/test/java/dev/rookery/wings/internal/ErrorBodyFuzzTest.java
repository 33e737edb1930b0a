package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.kit.Redactor;
import java.util.Arrays;
import okhttp3.Headers;

/** In the package of the client, because what it does with a body needs no socket. */
class ErrorBodyFuzzTest {

    private static final String SECRET = "a-secret-of-the-node";
    private static final int MESSAGE_MAX = 2_000;
    private static final int[] STATUSES = {
        301, 400, 401, 403, 404, 405, 408, 409, 410, 417, 418, 422, 423, 429, 500, 502, 503, 504, 599
    };

    private final Failures failures = new Failures("node.example", Redactor.of(SECRET));

    /** The first byte says which status the rest comes with. */
    @FuzzTest(maxDuration = "10m")
    void everyErrorBodyBecomesOneLineWithoutSecrets(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var body = Arrays.copyOfRange(input, 1, input.length);
        int status = STATUSES[Byte.toUnsignedInt(input[0]) % STATUSES.length];
        var failure = failures.of(Endpoint.get("/api/system"), status, Headers.EMPTY, body);
        assertThat(failure.getMessage()).hasSizeLessThan(MESSAGE_MAX).doesNotContain(SECRET);
        assertThat(failure.getMessage().chars().filter(Character::isISOControl)).isEmpty();
        assertThat(failure.answer()).isPresent();
    }

    @FuzzTest(maxDuration = "10m")
    void everySuccessIsReadOrBreaksTheProtocol(byte[] body) {
        var remote = failures.answer(Endpoint.get("/api/system"), 200, Headers.EMPTY);
        var answer = new Answer(remote, Headers.EMPTY, body);
        answer.blank();
        try {
            assertThat(answer.json(SystemInformation.class)).isNotNull();
        } catch (ProtocolException e) {
            assertThat(e.answer()).isPresent();
        }
    }
}
