package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import java.nio.file.Path;

/**
 * Gets certificates for an engine that does not do so itself, and puts them where the engine looks for them. When one is due, who is asked, and how long
 * nobody is asked after a failure is not decided here.
 */
@Incubating
public interface CertificateSource {

    /** Returns the file in which the certificate of a name is, if it is there; with {@code *.} if it is for all names one label below. */
    Path file(String domain);

    /**
     * Gets a certificate, in place of the one that may be there, and returns when it is in its file. Blocks, possibly for minutes; one caller at a time.
     *
     * @throws EngineException {@link EngineException.Problem#UNAVAILABLE} if nobody could be asked, {@link EngineException.Problem#REFUSED} if the authority
     *     does not give it; the message is for people and holds no secret
     */
    void issue(CertificateOrder order);
}
