package dev.rookery.proxy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.nginx.NginxDocument;
import dev.rookery.proxy.route.ProxyDocument;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * nginx's configuration of a document: files of one folder, which is the whole configuration. The same document gives the same bytes. Immutable.
 * Source: proxy specification §3.
 */
public final class NginxConfig {

    /** The file that nginx is started with. */
    public static final String MAIN = "nginx.conf";

    private final Map<String, String> files;

    private NginxConfig(Map<String, String> files) {
        this.files = new TreeMap<>(files);
    }

    /**
     * Makes the configuration. Nobody is asked and nothing is read.
     *
     * @throws InvalidInputException if the document has an error; the message is the first one
     */
    public static NginxConfig of(ProxyDocument document, EngineFeatures engine, NginxOptions options) {
        RouteCheck.requireNoError(document, engine);
        return new NginxConfig(NginxDocument.of(document, engine, options));
    }

    /** Returns its files, in order of their names, which are paths within the folder. */
    public Map<String, byte[]> files() {
        var bytes = new TreeMap<String, byte[]>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    /** Returns the file that nginx is started with, as a text. */
    public String main() {
        return files.getOrDefault(MAIN, "");
    }
}
