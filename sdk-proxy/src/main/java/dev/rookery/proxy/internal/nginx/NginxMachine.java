package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.internal.certificate.CertificateFile;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an nginx and its surroundings have left on this machine. */
public final class NginxMachine {

    private static final int TAIL = 16 << 10;

    private final Path directory;

    /** Creates what looks into the folder of an nginx. */
    public NginxMachine(Path directory) {
        this.directory = directory;
    }

    /** Returns its process. */
    public Optional<ProcessHandle> process() throws IOException {
        var file = directory.resolve("nginx.pid");
        var text = Files.exists(file) ? Files.readString(file).strip() : "";
        // A number can be another program's by now.
        return text.matches("\\d{1,9}")
                ? ProcessHandle.of(Long.parseLong(text))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> process.info()
                                .command()
                                .map(command -> command.contains("nginx"))
                                .orElse(true))
                : Optional.empty();
    }

    /** Returns how much it has noted so far. */
    public long noted() {
        return directory.resolve("error.log").toFile().length();
    }

    /**
     * Returns the last error that it noted of itself: of a configuration that it could not start, it tells nobody else.
     *
     * @param noted what it had noted before that is of no interest
     */
    public Optional<String> lastError(long noted) {
        var file = directory.resolve("error.log");
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            // Whoever tidies logs away may have begun it anew.
            log.seek(Math.max(noted <= log.length() ? noted : 0, log.length() - TAIL));
            var bytes = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("[emerg]"))
                    .reduce((first, second) -> second);
        } catch (IOException ignored) {
            // It has noted nothing.
            return Optional.empty();
        }
    }

    /** Returns the certificates of certbot that are there, by their names. */
    public static Set<String> issued(Path certificates) {
        if (!Files.isDirectory(certificates)) {
            return Set.of();
        }
        try (var folders = Files.list(certificates)) {
            return folders.filter(folder -> Files.exists(folder.resolve("fullchain.pem"))
                            && Files.exists(folder.resolve("privkey.pem")))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .collect(Collectors.toSet());
        } catch (IOException ignored) {
            // What cannot be read cannot be used.
            return Set.of();
        }
    }

    /**
     * Returns what tells the certificates of a document and of certbot from earlier ones in the same files; of what cannot be read, nothing.
     *
     * @param issued the certificates of certbot that are there
     */
    public static Map<String, String> prints(ProxyDocument document, Path certificates, Set<String> issued) {
        var files = new TreeSet<>(CertificateFile.named(document));
        issued.stream()
                .filter(NginxCertificates::ours)
                .forEach(name -> files.add(
                        certificates.resolve(name).resolve("fullchain.pem").toString()));
        return CertificateFile.prints(files);
    }

    /** Returns whether programs of this machine can listen with IPv6: not every kernel has it, and nginx does not start where it has not. */
    public static boolean ipv6() {
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            return socket.isOpen();
        } catch (IOException | UnsupportedOperationException ignored) {
            // This one has not.
            return false;
        }
    }

    /** Returns the DNS servers of this machine. */
    public static List<String> resolvers() {
        try (var lines = Files.lines(Path.of("/etc/resolv.conf"))) {
            return lines.map(String::strip)
                    .filter(line -> line.startsWith("nameserver "))
                    .map(line -> line.substring("nameserver ".length()).strip())
                    .filter(address -> address.matches("[0-9.]{7,15}|[0-9a-f:]{2,45}"))
                    .map(NginxScope::host)
                    .toList();
        } catch (IOException ignored) {
            // There are none.
            return List.of();
        }
    }
}
