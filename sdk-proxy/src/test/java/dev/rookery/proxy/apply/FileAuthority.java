package dev.rookery.proxy.apply;

import dev.rookery.proxy.internal.certificate.MadeCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An authority without a network: its certificates begin a day ago and end in 29 days. It refuses, is away, writes nothing or
 * what is for other names, as long as a file says so. */
public final class FileAuthority implements CertificateSource {

    private final Path folder;
    private final List<CertificateOrder> asked = new CopyOnWriteArrayList<>();

    /** Creates the authority; what it issued is in the folder. */
    public FileAuthority(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path file(String domain) {
        return folder.resolve("live").resolve(domain).resolve("fullchain.pem");
    }

    @Override
    public void issue(CertificateOrder order) {
        asked.add(order);
        if (Files.exists(folder.resolve("refusing"))) {
            throw new EngineException(EngineException.Problem.REFUSED, "the name does not lead here");
        }
        if (Files.exists(folder.resolve("away"))) {
            throw new EngineException(EngineException.Problem.UNAVAILABLE, "nobody answers");
        }
        if (Files.exists(folder.resolve("forgetful"))) {
            return;
        }
        var name = Files.exists(folder.resolve("confused")) ? "other.example.net" : order.domain();
        try {
            // Each is another one.
            MadeCertificate.of(String.valueOf(asked.size()), "EC", name)
                    .into(file(order.domain()).getParent());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the names that it was asked for, in order. */
    public List<String> asked() {
        return asked.stream().map(CertificateOrder::domain).toList();
    }

    /** Returns what it was asked for last. */
    public CertificateOrder last() {
        return asked.get(asked.size() - 1);
    }
}
