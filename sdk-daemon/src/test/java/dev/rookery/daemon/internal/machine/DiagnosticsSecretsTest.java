package dev.rookery.daemon.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.Utilization;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.DaemonLog;
import dev.rookery.daemon.DaemonOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The report for people tells a stranger nothing that the stranger could use. */
class DiagnosticsSecretsTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final List<String> LINES = List.of(
            "INFO calling https://panel.example.com/api with Bearer AbCdEf.1234567890",
            "WARN jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl refused",
            "WARN the token " + TOKEN + " was refused",
            "INFO RCON_PASSWORD=hunter2hunter2 and hunter2hunter2",
            "INFO cloning https://user:geheim@git.example.org/x.git from 198.51.100.7");

    private static final DaemonOptions OPTIONS = DaemonOptions.builder(UUID.randomUUID(), Path.of("/var/lib/node"))
            .panelUrl(URI.create("https://panel.example.com"))
            .api(ApiOptions.builder().host("198.51.100.7").port(8080).build())
            .build();

    private static String report(DiagnosticsRequest request, List<String> lines) {
        var secrets = new SecretWords();
        secrets.add(TOKEN);
        secrets.addVariables(Map.of("RCON_PASSWORD", "hunter2hunter2", "SERVER_NAME", "visible-name"));
        var log = new DaemonLog() {
            @Override
            public List<String> lastLines(int count) {
                return lines.subList(Math.max(0, lines.size() - count), lines.size());
            }
        };
        return new Diagnostics(OPTIONS, log)
                .write(
                        request,
                        () -> new MachineDetails("1.2.3", null, null),
                        () -> Utilization.builder().build(),
                        List.of(),
                        List.of("198.51.100.7"),
                        secrets);
    }

    @Test
    void holdsNoSecretOfTheLog() {
        var report = report(new DiagnosticsRequest(true, true, 500), LINES);

        assertThat(report)
                .contains("https://panel.example.com", "Listens on: 198.51.100.7 port 8080", "the token [redacted] was")
                .doesNotContain(TOKEN, "AbCdEf.1234567890", "eyJ", "hunter2", "geheim");
    }

    @Test
    void hidesAddressesUnlessTheyAreAskedFor() {
        var report = report(new DiagnosticsRequest(false, true, 500), LINES);

        assertThat(report)
                .doesNotContain("panel.example.com", "198.51.100.7", "Endpoints")
                .contains("[hidden]");
    }

    @Test
    void hidesWhoHasAskedAsTheLogSays() {
        var lines = List.of(
                "14:08:10.305 INFO POST power -> 202 in 5 ms for 203.0.113.77",
                "14:08:11.305 INFO POST power -> 202 in 5 ms for 2001:db8::77");

        assertThat(report(new DiagnosticsRequest(false, true, 500), lines))
                .contains("14:08:10.305 INFO POST power -> 202 in 5 ms for [hidden]")
                .contains("14:08:11.305 INFO POST power -> 202 in 5 ms for [hidden]");
        assertThat(report(new DiagnosticsRequest(true, true, 500), lines)).contains("203.0.113.77", "2001:db8::77");
    }

    @Test
    void endsWithAsManyLinesAsWereAskedFor() {
        var lines = IntStream.range(0, 50).mapToObj(i -> "line " + i).toList();

        assertThat(report(new DiagnosticsRequest(false, true, 3), lines))
                .contains("line 47\nline 48\nline 49\n")
                .doesNotContain("line 46");
        assertThat(report(new DiagnosticsRequest(false, false, 3), lines)).doesNotContain("line 49");
    }

    @Test
    void isWrittenAlsoWhereSomethingCannotBeTold() {
        var report = new Diagnostics(OPTIONS, DaemonLog.none())
                .write(
                        DiagnosticsRequest.defaults(),
                        () -> {
                            throw new UnavailableException("no container engine answers");
                        },
                        () -> Utilization.builder().build(),
                        List.of(),
                        List.of(),
                        new SecretWords());

        assertThat(report)
                .contains("cannot be told: no container engine answers", "Servers: 0", "kept outside of this program");
    }
}
