package dev.rookery.proxy.internal.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.Issuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The nginx of this machine. All that it keeps is below a folder of the test. */
public final class NginxProgram {

    private static final long SECONDS = 60;
    private static final String STREAM = "/usr/lib/nginx/modules/ngx_stream_module.so";

    private final Path folder;

    public NginxProgram(Path folder) {
        this.folder = folder;
    }

    public EngineFeatures features() throws IOException, InterruptedException {
        var said = run("-v").said();
        return new EngineFeatures(EngineKind.NGINX, said.strip().replaceAll(".*nginx/", ""), Set.of("stream"));
    }

    public NginxOptions options(long revision) {
        var module = Files.exists(Path.of(STREAM)) ? Optional.of(STREAM) : Optional.<String>empty();
        return NginxOptions.builder(revision)
                .streamModule(module)
                .addResolvers("127.0.0.1:20053")
                .build();
    }

    /** Makes a certificate that nobody trusts. */
    public Issuer.Files certificate() throws IOException, InterruptedException {
        var certificate = folder.resolve("certificate.pem");
        var key = folder.resolve("key.pem");
        var made = run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-subj",
                "/CN=example.net",
                "-addext",
                "subjectAltName=DNS:example.net,DNS:*.example.net",
                "-days",
                "2",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        assertThat(made.code()).as(made.said()).isZero();
        return new Issuer.Files(certificate.toString(), key.toString());
    }

    /** Returns what nginx says against a configuration, warnings too; empty if it would take it. */
    public Optional<String> validate(NginxConfig config) throws IOException, InterruptedException {
        for (var file : config.files().entrySet()) {
            // Where logs are kept on a machine is not there for a test.
            var text =
                    new String(file.getValue(), StandardCharsets.UTF_8).replace("/var/log/rookery", folder.toString());
            Files.writeString(folder.resolve(file.getKey()), text);
        }
        var tested = run(
                "-t",
                "-q",
                "-p",
                folder.toString(),
                "-c",
                folder.resolve("nginx.conf").toString());
        return tested.code() == 0 && tested.said().isEmpty() ? Optional.empty() : Optional.of(tested.said());
    }

    Said run(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add("nginx");
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static Said run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), said);
    }

    /** What a program said, and how it ended. */
    record Said(int code, String said) {}
}
