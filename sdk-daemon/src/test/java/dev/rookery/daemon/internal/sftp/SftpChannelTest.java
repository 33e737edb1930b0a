package dev.rookery.daemon.internal.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.daemon.SftpOptions;
import java.io.IOException;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SftpChannelTest {

    @ParameterizedTest
    @ValueSource(strings = {"env", "pty-req", "shell", "exec", "x11-req", "auth-agent-req@openssh.com", "signal"})
    void keepsNothingOfWhatIsNotForFiles(String request) throws IOException {
        var channel = new SftpChannel(Budgets.of(SftpOptions.builder().build()));
        var variable = new ByteArrayBuffer();
        variable.putString("NAME");
        variable.putString("value");

        assertThat(channel.handleInternalRequest(request, true, variable)).isEqualTo(Result.ReplyFailure);
        assertThat(channel.getEnvironment().getEnv()).isEmpty();
    }

    @Test
    void refusesPathsThatNobodyCanHaveBeforeTheyAreTakenApart() {
        assertThatThrownBy(() -> SftpPath.of("a/".repeat(3000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("6000 characters");
        assertThat(SftpPath.of("a/./../b//c")).isEqualTo("/b/c");
    }
}
