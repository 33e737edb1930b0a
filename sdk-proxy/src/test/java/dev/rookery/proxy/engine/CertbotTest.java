package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.apply.CertificateOrder;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What certbot is told, and what becomes of what it says. A real one is in {@link CertbotPebbleTest}. */
class CertbotTest {

    private static final Issuer.Acme OWN =
            new Issuer.Acme("https://ca.example.net/dir", Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    @Test
    void provesANameByAFileAndIsAskedForNothing() throws IOException {
        var certbot = Certbot.of(options("").build());

        certbot.issue(new CertificateOrder("a.example.net", Optional.of(OWN), Optional.of("ops@example.net")));

        assertThat(certbot.file("a.example.net"))
                .isEqualTo(folder.resolve("letsencrypt/live/rookery-a.example.net/fullchain.pem"));
        assertThat(calls())
                .singleElement()
                .asString()
                .contains("certonly --non-interactive --agree-tos")
                .contains("--cert-name rookery-a.example.net -d a.example.net")
                .contains("--server=https://ca.example.net/dir")
                .contains("--config-dir=" + folder.resolve("letsencrypt"))
                .contains("--email=ops@example.net")
                .contains("--webroot --webroot-path=" + folder.resolve("challenges"))
                .endsWith("trust=" + folder.resolve("trust.pem"));
    }

    @Test
    void rehearsesWhereFailuresAreDear() throws IOException {
        var certbot = Certbot.of(options("").build());

        certbot.issue(new CertificateOrder("a.example.net", Optional.empty(), Optional.empty()));
        certbot.issue(new CertificateOrder("a.example.net", Optional.empty(), Optional.empty()));

        assertThat(calls()).hasSize(3);
        assertThat(calls().get(0)).contains("--dry-run", "--register-unsafely-without-email");
        assertThat(calls().get(1)).doesNotContain("--dry-run").contains("--server=" + Issuer.LETS_ENCRYPT);
        assertThat(calls().get(2)).as("a renewal").doesNotContain("--dry-run");
    }

    @Test
    void doesNotAskTheRealAuthorityAfterARehearsalThatFailed() {
        var certbot = Certbot.of(options("echo '  Detail: nobody answers at a.example.net'; exit 1")
                .build());

        assertThatThrownBy(
                        () -> certbot.issue(new CertificateOrder("a.example.net", Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REFUSED))
                .hasMessage("no certificate for 'a.example.net': nobody answers at a.example.net");
        assertThat(folder.resolve("calls")).content().hasLineCount(1);
    }

    @Test
    void aTokenIsInAFileOfItsOwnAndNowhereElse() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "canary-token\n");
        var dns = new Issuer.DnsChallenge("cloudflare", SecretRef.parse("file:" + token), List.of());
        var certbot = Certbot.of(options("").build());

        certbot.issue(new CertificateOrder(
                "*.example.net",
                Optional.of(new Issuer.Acme(OWN.directory(), Optional.empty(), Optional.of(dns))),
                Optional.empty()));

        var file = folder.resolve("letsencrypt/rookery-dns/rookery-_wildcard.example.net.ini");
        assertThat(file).hasContent("dns_cloudflare_api_token = canary-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(calls())
                .singleElement()
                .asString()
                .contains("--dns-cloudflare --dns-cloudflare-credentials=" + file, "-d *.example.net")
                .doesNotContain("canary-token", "--webroot");
    }

    @Test
    void saysWhichPackageIsMissing() {
        var none = Certbot.of(
                options("").program(folder.resolve("none").toString()).build());
        var plugin =
                Certbot.of(options("echo 'The requested dns-cloudflare plugin does not appear to be installed'; exit 1")
                        .build());
        var order = new CertificateOrder("a.example.net", Optional.of(OWN), Optional.empty());

        assertThatThrownBy(() -> none.issue(order))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE))
                .hasMessageContaining("package is certbot");
        assertThatThrownBy(() -> plugin.issue(order)).hasMessageContaining("python3-certbot-dns-cloudflare");
    }

    @Test
    void doesNotBelieveThatACertificateIsThereWithoutSeeingIt() {
        var certbot = Certbot.of(options("exit 0").build());

        assertThatThrownBy(
                        () -> certbot.issue(new CertificateOrder("a.example.net", Optional.of(OWN), Optional.empty())))
                .hasMessageContaining("is not there");
    }

    @Test
    void isNotCalledBeforeSomebodyHasAgreedToTheTerms() {
        var nginx = NginxEngineOptions.builder(folder).build();

        assertThatThrownBy(() -> CertbotOptions.builder(nginx).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("agreeToTerms");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    /** A program that notes how it was called, does something, and then makes the certificate that it was asked for. */
    private CertbotOptionsBuilder options(String does) {
        try {
            var live = folder.resolve("letsencrypt/live");
            var script = folder.resolve("certbot");
            Files.deleteIfExists(script);
            Files.createFile(
                    script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Files.writeString(
                    script,
                    "#!/bin/sh\necho \"$* trust=$REQUESTS_CA_BUNDLE\" >>" + folder.resolve("calls") + "\n" + does
                            + "\ncase \"$*\" in *--dry-run*) exit 0;; esac\nmkdir -p " + live + "/$5 && : >" + live
                            + "/$5/fullchain.pem\n");
            return CertbotOptions.builder(NginxEngineOptions.builder(folder)
                            .certificates(live)
                            .build())
                    .program(script.toString())
                    .trust(folder.resolve("trust.pem"))
                    .agreeToTerms(true);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
