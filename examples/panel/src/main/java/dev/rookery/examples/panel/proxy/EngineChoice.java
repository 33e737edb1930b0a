package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.UnavailableException;
import dev.rookery.proxy.apply.CertificateSource;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.engine.CaddyEngine;
import dev.rookery.proxy.engine.CaddyEngineOptions;
import dev.rookery.proxy.engine.CaddyFileEngine;
import dev.rookery.proxy.engine.Certbot;
import dev.rookery.proxy.engine.CertbotOptions;
import dev.rookery.proxy.engine.NginxEngine;
import dev.rookery.proxy.engine.NginxEngineOptions;
import dev.rookery.proxy.engine.ProgramRestart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which program passes requests on, and how it is reached. */
public sealed interface EngineChoice {

    /**
     * Returns what drives the program.
     *
     * @param work a folder for what it needs
     * @throws UnavailableException if the program cannot be asked what it can do
     */
    ProxyEngine open(Path work);

    /** Returns what gets certificates for the program; empty if it does so itself, or somebody else does. */
    default Optional<CertificateSource> certificates() {
        return Optional.empty();
    }

    /**
     * A Caddy that is driven by its administration.
     *
     * @param name of the engine in the database; letters, digits and hyphens
     * @param admin where that listens: an address and a port of this machine, or {@code unix/} and a path
     * @param program its file or name, which checks configurations; empty if it is not on this machine
     * @param bootFile the file that it starts with; empty is none
     * @param restart the command that restarts it; empty if nobody may
     * @param ownNetwork whether it has another network than the panel, so that ports cannot be tried before
     */
    record Caddy(
            String name,
            String admin,
            Optional<String> program,
            Optional<Path> bootFile,
            List<String> restart,
            boolean ownNetwork)
            implements EngineChoice {

        /** Checks its arguments. */
        public Caddy {
            requireNonNull(name, "name");
            requireNonNull(admin, "admin");
            requireNonNull(program, "program");
            requireNonNull(bootFile, "bootFile");
            restart = List.copyOf(restart);
        }

        @Override
        public ProxyEngine open(Path work) {
            return CaddyEngine.of(CaddyEngineOptions.builder(work)
                    .name(name)
                    .admin(admin)
                    .program(program)
                    .bootFile(bootFile)
                    .restart(restart.isEmpty() ? Optional.empty() : Optional.of(command(restart)))
                    .ports(!ownNetwork)
                    .build());
        }
    }

    /**
     * A Caddy that watches a file.
     *
     * @param name of the engine in the database; letters, digits and hyphens
     * @param admin where its administration listens, which nobody here asks: an address and a port of this machine, or {@code unix/} and a path
     * @param file that one
     * @param program its file or name, which checks configurations; empty if it is not on this machine
     * @param ownNetwork whether it has another network than the panel, so that ports cannot be tried before
     */
    record WatchingCaddy(String name, String admin, Path file, Optional<String> program, boolean ownNetwork)
            implements EngineChoice {

        /** Checks its arguments. */
        public WatchingCaddy {
            requireNonNull(name, "name");
            requireNonNull(admin, "admin");
            requireNonNull(file, "file");
            requireNonNull(program, "program");
        }

        @Override
        public ProxyEngine open(Path work) {
            return CaddyFileEngine.of(CaddyEngineOptions.builder(work)
                    .name(name)
                    .admin(admin)
                    .program(program)
                    .bootFile(file)
                    .ports(!ownNetwork)
                    .build());
        }
    }

    /**
     * An nginx of the panel's own on this machine.
     *
     * @param name of the engine in the database; letters, digits and hyphens
     * @param program its file or name
     * @param folder all that is its own
     * @param user whose rights its workers have; empty are those of who starts it, or nobody's
     * @param certbot gets certificates for it; empty if somebody else calls certbot, or nobody does
     */
    record Nginx(String name, String program, Path folder, Optional<String> user, Optional<CertbotChoice> certbot)
            implements EngineChoice {

        /** Checks its arguments. */
        public Nginx {
            requireNonNull(name, "name");
            requireNonNull(program, "program");
            requireNonNull(folder, "folder");
            requireNonNull(user, "user");
            requireNonNull(certbot, "certbot");
        }

        @Override
        public ProxyEngine open(Path work) {
            return NginxEngine.of(options());
        }

        @Override
        public Optional<CertificateSource> certificates() {
            return certbot.map(chosen -> Certbot.of(chosen.options(options())));
        }

        private NginxEngineOptions options() {
            var options = NginxEngineOptions.builder(folder)
                    .name(name)
                    .program(program)
                    .user(user);
            // What is got here is nobody else's business, and certbot's own timer has no say in it.
            certbot.ifPresent(
                    chosen -> options.certificates(folder.resolve("letsencrypt").resolve("live")));
            return options.build();
        }
    }

    /**
     * What certbot is told, once somebody has agreed to the terms of the authority.
     *
     * @param program its file or name
     * @param email who the authority writes to; empty is nobody, unless the settings of the routes say so
     * @param server the address of the authority; empty is Let's Encrypt
     * @param trust a PEM file of who vouches for that address; empty is as the machine says
     */
    record CertbotChoice(String program, Optional<String> email, Optional<String> server, Optional<Path> trust) {

        /** Checks its arguments. */
        public CertbotChoice {
            requireNonNull(program, "program");
            requireNonNull(email, "email");
            requireNonNull(server, "server");
            requireNonNull(trust, "trust");
        }

        private CertbotOptions options(NginxEngineOptions nginx) {
            var options = CertbotOptions.builder(nginx)
                    .program(program)
                    .email(email)
                    .trust(trust)
                    .agreeToTerms(true);
            server.ifPresent(options::directory);
            return options.build();
        }
    }

    private static ProgramRestart command(List<String> words) {
        return () -> {
            int code = new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException(words.get(0) + " ended with " + code + " (expected: 0)");
            }
        };
    }
}
