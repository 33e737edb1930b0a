package dev.rookery.daemon.internal.download;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.RemoteDownloadRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** What a file is called that is fetched. What the other side says is somebody's text: it names a file, never a place. */
final class DownloadName {

    private static final int NAME_MAX_BYTES = 255;
    /** Control characters, and those that only change how others are shown. */
    private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    private static final Pattern EXTENDED =
            Pattern.compile("(?i);\\s*filename\\*\\s*=\\s*utf-8'[^';]{0,40}'([^;\\s]{1,2000})");
    private static final Pattern QUOTED = Pattern.compile("(?i);\\s*filename\\s*=\\s*\"([^\"]{1,2000})\"");
    private static final Pattern PLAIN = Pattern.compile("(?i);\\s*filename\\s*=\\s*([^;\"\\s]{1,2000})");

    private DownloadName() {}

    /**
     * Returns the name.
     *
     * @param disposition the answer's header {@code Content-Disposition}
     * @throws InvalidInputException if there is none
     */
    static String of(RemoteDownloadRequest request, HttpUrl url, Optional<String> disposition) {
        return disposition
                .filter(header -> request.useHeader())
                .flatMap(DownloadName::said)
                .or(request::fileName)
                .or(() -> ofUrl(url))
                .orElseThrow(() -> new InvalidInputException(
                        "file_name: missing (expected: a name, since there is none in the URL)"));
    }

    /** Returns the name before the other side has been asked. */
    static String guess(RemoteDownloadRequest request, HttpUrl url) {
        return request.fileName().or(() -> ofUrl(url)).orElse("");
    }

    private static Optional<String> ofUrl(HttpUrl url) {
        var segments = url.pathSegments();
        return plain(segments.get(segments.size() - 1));
    }

    private static Optional<String> said(String header) {
        return extended(header).or(() -> first(QUOTED, header)).or(() -> first(PLAIN, header));
    }

    private static Optional<String> extended(String header) {
        var matcher = EXTENDED.matcher(header);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return plain(URLDecoder.decode(matcher.group(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException ignored) {
            // Not what the standard says; there may be a plain one.
            return Optional.empty();
        }
    }

    private static Optional<String> first(Pattern pattern, String header) {
        var matcher = pattern.matcher(header);
        return matcher.find() ? plain(matcher.group(1)) : Optional.empty();
    }

    /** Leaves of a text what can be the name of a file. */
    private static Optional<String> plain(String text) {
        var name = UNSHOWN.matcher(text).replaceAll("");
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        while (name.getBytes(StandardCharsets.UTF_8).length > NAME_MAX_BYTES) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return Optional.of(name).filter(left -> !left.isEmpty() && !left.equals(".") && !left.equals(".."));
    }
}
