package dev.rookery.examples.panel.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The built web UI from the class path folder {@code web/}; every path that is no file and no API shows its start page. */
final class StaticSite {

    private static final String FOLDER = "/web";
    private static final String CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private StaticSite() {}

    static boolean present() {
        return StaticSite.class.getResource(FOLDER + "/index.html") != null;
    }

    static void register(JavalinConfig config) {
        config.staticFiles.add(files -> {
            files.hostedPath = "/";
            files.directory = FOLDER;
            files.location = Location.CLASSPATH;
            files.roles = Set.of(Access.PUBLIC);
        });
    }

    /** Answers a path that is neither a file nor an API. */
    static void startPage(Context request) {
        try (var page = StaticSite.class.getResourceAsStream(FOLDER + "/index.html")) {
            if (page == null) {
                request.status(404).result("The web UI was not built into this panel. The API is at /api.");
                return;
            }
            request.status(200)
                    .header("Cache-Control", "no-cache")
                    .html(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the headers that keep a browser from doing what the UI never needs. */
    static void secure(Context request) {
        request.header("Content-Security-Policy", CSP);
        request.header("X-Content-Type-Options", "nosniff");
        request.header("X-Frame-Options", "DENY");
        request.header("Referrer-Policy", "no-referrer");
    }
}
