package dev.rookery.proxy.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.internal.certificate.MadeCertificate;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of certificates, as they are and as they should be. Source: proxy specification §1.6. */
class CertificateFileCheckTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"EC, EC PRIVATE KEY, 28", "RSA, RSA PRIVATE KEY, 26", "Ed25519, PRIVATE KEY, 0"})
    void takesWhatFitsTogetherInEveryForm(String algorithm, String label, int from) throws Exception {
        var made = made(algorithm, "a.example.net", "*.play.example.net");
        var files = made.into(folder.resolve("good"));
        assertThat(check(files, "a.example.net", "lobby.play.example.net", "*.play.example.net"))
                .isEmpty();

        made.keyInto(Path.of(files.key()), label, from);

        assertThat(check(files, "a.example.net")).isEmpty();
    }

    @Test
    void namesWhatIsMissing() {
        var files = new Issuer.Files(
                folder.resolve("none.pem").toString(),
                folder.resolve("none.key").toString());

        assertThat(check(files, "a.example.net"))
                .extracting(Finding::code, Finding::pointer, Finding::error)
                .containsExactly(
                        tuple("CERT_FILE_MISSING", "/tlsPolicies/0/issuer/certificate", true),
                        tuple("CERT_FILE_MISSING", "/tlsPolicies/0/issuer/key", true));
        assertThat(check(files, "a.example.net").get(0).message()).contains(files.certificate(), "expected");
    }

    @Test
    void onlyWarnsOfWhatNobodyUses() {
        var files = new Issuer.Files(
                folder.resolve("none.pem").toString(),
                folder.resolve("none.key").toString());
        var document = ProxyDocument.builder()
                .from(document(files, "a.example.net"))
                .routes(List.of())
                .build();

        assertThat(CertificateFileCheck.check(document, Instant.now()))
                .hasSize(2)
                .noneMatch(Finding::error);
    }

    @Test
    void warnsOfWhatEndedAndOfWhatHasNotBegun() throws Exception {
        var files = made("EC", "a.example.net").into(folder.resolve("good"));
        var document = document(files, "a.example.net");

        var ended = CertificateFileCheck.check(document, Instant.now().plus(Duration.ofDays(31)));
        var early = CertificateFileCheck.check(document, Instant.now().minus(Duration.ofDays(9)));

        assertThat(ended).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("CERT_EXPIRED");
            assertThat(finding.error()).isFalse();
            assertThat(finding.message()).contains(files.certificate(), "expected: a renewed one");
        });
        assertThat(early).extracting(Finding::code).containsExactly("CERT_NOT_YET_VALID");
    }

    @Test
    void warnsOfNamesThatItIsNotFor() throws Exception {
        var files = made("EC", "a.example.net", "*.play.example.net").into(folder.resolve("good"));

        var found = check(files, "a.example.net", "b.example.net", "*.example.net", "x.y.play.example.net");

        assertThat(found).allMatch(finding -> finding.code().equals("CERT_NAME_MISMATCH") && !finding.error());
        assertThat(found)
                .extracting(Finding::pointer)
                .containsExactly("/routes/0/domains/1", "/routes/0/domains/2", "/routes/0/domains/3");
        assertThat(found.get(0).message()).contains("b.example.net", "a.example.net, *.play.example.net");
        assertThat(found.get(0).route()).contains("a");
    }

    @Test
    void refusesTheKeyOfAnother() throws Exception {
        var files = made("EC", "a.example.net").into(folder.resolve("good"));
        for (var algorithm : List.of("EC", "RSA")) {
            MadeCertificate.of("other", algorithm, "a.example.net").keyInto(Path.of(files.key()), "PRIVATE KEY", 0);

            assertThat(check(files, "a.example.net")).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo("KEY_MISMATCH");
                assertThat(finding.error()).isTrue();
                assertThat(finding.pointer()).isEqualTo("/tlsPolicies/0/issuer/key");
                assertThat(finding.message()).contains(files.key(), files.certificate());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "words",
        "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\\nA\\n-----END CERTIFICATE-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\\nAAAA\\n-----END ENCRYPTED PRIVATE KEY-----"
    })
    void refusesWhatIsNoPem(String text) throws IOException {
        var file = Files.writeString(folder.resolve("odd.pem"), text.replace("\\n", "\n"));
        own(file);

        var found = check(new Issuer.Files(file.toString(), file.toString()), "a.example.net");

        assertThat(found)
                .filteredOn(Finding::error)
                .isNotEmpty()
                .allMatch(finding -> finding.code().equals("CERT_FILE_INVALID"));
        assertThat(found.get(0).message())
                .contains(file.toString(), "expected: a PEM file")
                .doesNotContain("AAAA");
    }

    @Test
    void refusesAFolderAndWhatIsTooLong() throws IOException {
        var tooLong = Files.write(folder.resolve("long.pem"), new byte[(1 << 20) + 1]);
        own(tooLong);

        var found = check(new Issuer.Files(folder.toString(), tooLong.toString()), "a.example.net");

        assertThat(found).extracting(Finding::code).containsExactly("CERT_FILE_INVALID", "CERT_FILE_INVALID");
    }

    @Test
    void warnsOfAKeyThatEverybodyReads() throws Exception {
        var files = made("EC", "a.example.net").into(folder.resolve("good"));
        Files.setPosixFilePermissions(Path.of(files.key()), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(check(files, "a.example.net")).extracting(Finding::code).containsExactly("KEY_EXPOSED");
    }

    @Test
    void looksAtTheAuthorityOfClients() throws Exception {
        var files = made("EC", "a.example.net").into(folder.resolve("good"));
        var policy = new TlsPolicy(
                "own",
                List.of(),
                files,
                Optional.of(folder.resolve("clients.pem").toString()));
        var document = ProxyDocument.builder()
                .from(document(files, "a.example.net"))
                .tlsPolicies(List.of(policy))
                .build();

        assertThat(CertificateFileCheck.check(document, Instant.now()))
                .extracting(Finding::pointer)
                .containsExactly("/tlsPolicies/0/clientAuthorityFile");
    }

    @Test
    void looksAtTheNamesOfWhatShowsItOnly() throws Exception {
        var files = made("EC", "a.example.net").into(folder.resolve("good"));
        var shown = L4Route.builder("c")
                .addServerNames("c.example.net")
                .tls(L4Route.Tls.TERMINATE)
                .tlsPolicy("own");
        var plain = HttpRoute.builder("d", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains("d.example.net")
                .tlsPolicy("own");
        var document = ProxyDocument.builder()
                .from(document(files, "a.example.net"))
                .addRoutes(plain.exposure(Exposure.PLAIN_HTTP).build())
                .addRoutes(
                        plain.id("e").exposure(Exposure.PUBLIC).enabled(false).build())
                .addL4Routes(shown.build())
                .addL4Routes(shown.id("f").tls(L4Route.Tls.PASS).build())
                .addL4Routes(
                        shown.id("g").tls(L4Route.Tls.TERMINATE).enabled(false).build())
                .build();

        assertThat(CertificateFileCheck.check(document, Instant.now()))
                .extracting(Finding::code, Finding::pointer)
                .containsExactly(tuple("CERT_NAME_MISMATCH", "/l4Routes/0/serverNames/0"));
    }

    private static MadeCertificate made(String algorithm, String... names) throws Exception {
        return MadeCertificate.of("one", algorithm, names);
    }

    private static List<Finding> check(Issuer.Files files, String... names) {
        return CertificateFileCheck.check(document(files, names), Instant.now());
    }

    private static ProxyDocument document(Issuer.Files files, String... names) {
        return ProxyDocument.builder()
                .addTlsPolicies(TlsPolicy.of("own", files))
                .addRoutes(HttpRoute.builder("a", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                        .addDomains(names)
                        .tlsPolicy("own")
                        .build())
                .build();
    }

    /** What others may read is another finding. */
    private static void own(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
