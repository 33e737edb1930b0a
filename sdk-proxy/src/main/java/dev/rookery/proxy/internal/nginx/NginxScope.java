package dev.rookery.proxy.internal.nginx;

import dev.rookery.api.Json;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.RawOverride;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What parts of a configuration share: what stands before the servers, texts, and further files. Used by one thread. */
final class NginxScope {

    private final ProxyDocument document;
    private final EngineFeatures engine;
    private final NginxOptions options;
    private final Block before = Block.file();
    private final NginxTexts texts = new NginxTexts();
    private final Map<String, String> files = new TreeMap<>();
    private final Set<String> made = new HashSet<>();

    NginxScope(ProxyDocument document, EngineFeatures engine, NginxOptions options) {
        this.document = document;
        this.engine = engine;
        this.options = options;
    }

    ProxyDocument document() {
        return document;
    }

    ProxySettings settings() {
        return document.settings();
    }

    int port(Listener listener) {
        return switch (listener) {
            case EDGE -> settings().httpsPort();
            case PLAIN -> settings().httpPort();
            case TUNNEL -> settings().tunnelPort().orElse(0);
        };
    }

    EngineFeatures engine() {
        return engine;
    }

    NginxOptions options() {
        return options;
    }

    NginxTexts texts() {
        return texts;
    }

    Map<String, String> files() {
        return files;
    }

    /** Returns what was made to stand before the servers. */
    Block before() {
        return before;
    }

    /** Lets something be made before the servers, once, however many of them use it. */
    void once(String name, Consumer<Block> make) {
        if (made.add(name)) {
            make.accept(before);
        }
    }

    /** Adds a file. */
    void file(String name, String text) {
        files.put(name, text);
    }

    /**
     * Puts in what administrators wrote in nginx's own language.
     *
     * @param point where
     * @param place the route, or the listener; pieces without a place are for all
     */
    void pieces(Block block, RawOverride.Point point, String place) {
        for (var raw : document.raw()) {
            boolean here = raw.engine() == EngineKind.NGINX
                    && raw.point() == point
                    && raw.route().map(place::equals).orElse(true);
            if (here && raw.patch() instanceof Json.Text text) {
                NginxPiece.parse(text.value()).addTo(block);
            }
        }
    }

    /**
     * Returns a name for variables and groups; no two ids have the same one, though nginx does not tell upper from lower case in names. What belongs to
     * a route is named by this, two underscores and what it is; no id has two of them, and nothing that belongs to no route begins like this.
     */
    static String name(String id) {
        var name = new StringBuilder("route_");
        for (int i = 0; i < id.length(); i++) {
            char letter = id.charAt(i);
            switch (letter) {
                case '_' -> name.append("_0");
                case '-' -> name.append("_1");
                default -> {
                    if (Character.isUpperCase(letter)) {
                        name.append('_');
                    }
                    name.append(Character.toLowerCase(letter));
                }
            }
        }
        return name.toString();
    }

    /** Returns the name of something that belongs to a route. */
    static String name(String id, String what) {
        return name(id) + "__" + what;
    }

    /**
     * Returns the name of a group of upstreams. nginx compares each with all the others: with thousands of them, names that differ at their beginning are
     * several times as quick to read.
     */
    static String group(String name) {
        return String.format(Locale.ROOT, "%04x_%s", name.hashCode() & 0xffff, name);
    }

    /** Returns the host as it stands before a port. */
    static String host(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Returns whether a host has to be looked up. */
    static boolean named(String host) {
        return host.indexOf(':') < 0 && !host.matches("[0-9.]+");
    }
}
