package dev.rookery.proxy.internal.nginx;

/** What files are, by the ends of their names; nginx knows none by itself. */
final class NginxTypes {

    /** What is worth compressing; pages are always. */
    static final String[] TEXTS = {
        "text/plain",
        "text/css",
        "text/xml",
        "text/javascript",
        "application/javascript",
        "application/json",
        "application/xml",
        "application/manifest+json",
        "application/wasm",
        "image/svg+xml"
    };

    private static final String[][] TYPES = {
        {"text/html", "html", "htm"},
        {"text/plain", "txt", "log", "md"},
        {"text/css", "css"},
        {"text/xml", "xml"},
        {"text/csv", "csv"},
        {"text/javascript", "js", "mjs"},
        {"application/json", "json", "map"},
        {"application/manifest+json", "webmanifest"},
        {"application/wasm", "wasm"},
        {"application/pdf", "pdf"},
        {"application/zip", "zip"},
        {"application/gzip", "gz", "tgz"},
        {"application/java-archive", "jar"},
        {"image/svg+xml", "svg"},
        {"image/png", "png"},
        {"image/jpeg", "jpg", "jpeg"},
        {"image/gif", "gif"},
        {"image/webp", "webp"},
        {"image/avif", "avif"},
        {"image/x-icon", "ico"},
        {"font/woff", "woff"},
        {"font/woff2", "woff2"},
        {"font/ttf", "ttf"},
        {"audio/mpeg", "mp3"},
        {"audio/ogg", "ogg"},
        {"video/mp4", "mp4"},
        {"video/webm", "webm"}
    };

    private NginxTypes() {}

    static void add(Block http) {
        var types = http.block("types");
        for (var type : TYPES) {
            var ends = new String[type.length - 1];
            System.arraycopy(type, 1, ends, 0, ends.length);
            types.line(type[0], ends);
        }
    }
}
