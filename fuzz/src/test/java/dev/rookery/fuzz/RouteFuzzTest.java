package dev.rookery.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.CaddyOptions;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A text of a stranger in a route is refused, or is a text for the engine: the first byte says where it is, the others are the text. */
class RouteFuzzTest {

    private static final EngineFeatures CADDY = EngineFeatures.caddy("2.11.4");
    private static final EngineFeatures NGINX = EngineFeatures.nginx("1.22.1");
    /** What Caddy would look up in places that are no part of a request. */
    private static final Pattern GIVES_AWAY = Pattern.compile("(?<!\\\\)\\{(?:env|file|system)\\.[^{}]*}");
    /** What the generator writes; nothing but a text that got out of its word could begin another directive. */
    private static final Set<String> DIRECTIVES = Set.of(
            ("access_log add_header allow auth_basic auth_basic_user_file auth_request auth_request_set autoindex"
                            + " client_body_temp_path client_max_body_size default_type deny error_log error_page events"
                            + " fastcgi_temp_path geo gzip gzip_min_length gzip_proxied gzip_types gzip_vary http if"
                            + " internal keepalive keepalive_timeout limit_req limit_req_status limit_req_zone listen location"
                            + " log_format map map_hash_bucket_size pid proxy_buffering proxy_cache"
                            + " proxy_connect_timeout proxy_headers_hash_bucket_size proxy_headers_hash_max_size"
                            + " proxy_hide_header proxy_http_version proxy_method proxy_next_upstream"
                            + " proxy_next_upstream_tries proxy_next_upstream_timeout proxy_pass"
                            + " proxy_pass_request_body proxy_read_timeout proxy_request_buffering proxy_send_timeout"
                            + " proxy_set_header proxy_temp_path resolver return rewrite root scgi_temp_path sendfile"
                            + " server server_name server_names_hash_bucket_size server_names_hash_max_size"
                            + " server_tokens set ssl_protocols ssl_reject_handshake ssl_session_cache tcp_nodelay"
                            + " try_files types upstream uwsgi_temp_path variables_hash_bucket_size"
                            + " variables_hash_max_size worker_connections worker_processes worker_shutdown_timeout"
                            + " random alias break")
                    .split(" "));
    /** Blocks whose lines are values, which begin with one. */
    private static final Set<String> OF_VALUES = Set.of("map", "geo", "types");

    @FuzzTest(maxDuration = "10m")
    void textsOfRoutesLookNothingUpInCaddy(byte[] input) {
        var config = document(input).flatMap(RouteFuzzTest::caddy);

        config.ifPresent(made -> assertThat(texts(made.json()))
                .noneMatch(text -> GIVES_AWAY.matcher(text).find()));
    }

    @FuzzTest(maxDuration = "10m")
    void textsOfRoutesBeginNoDirectiveInNginx(byte[] input) {
        var config = document(input).flatMap(RouteFuzzTest::nginx);

        config.ifPresent(made -> assertThat(directives(made.main())).isSubsetOf(DIRECTIVES));
    }

    /** Otherwise nothing but refusals would be looked at. */
    @ParameterizedTest
    @MethodSource("places")
    void everyPlaceTakesATextThatIsUsualThere(int place) {
        var usual = Stream.of("a.example.net", "/a", "X-A", "text/plain", "https://a.example.net", "^/a$")
                .map(text -> document(((char) place + text).getBytes(UTF_8)))
                .flatMap(Optional::stream);

        // Not each engine can do everything.
        assertThat(usual)
                .anyMatch(document ->
                        caddy(document).isPresent() || nginx(document).isPresent());
    }

    static IntStream places() {
        return IntStream.range(0, RouteTexts.PLACES.size());
    }

    private static Optional<CaddyConfig> caddy(ProxyDocument document) {
        return made(() -> CaddyConfig.of(document, CADDY, CaddyOptions.usual(1)));
    }

    private static Optional<NginxConfig> nginx(ProxyDocument document) {
        return made(
                () -> NginxConfig.of(document, NGINX, NginxOptions.builder(1).build()));
    }

    private static Optional<ProxyDocument> document(byte[] input) {
        if (input.length == 0) {
            return Optional.empty();
        }
        var place = RouteTexts.PLACES.get((input[0] & 0xff) % RouteTexts.PLACES.size());
        return made(() -> place.apply(new String(input, 1, input.length - 1, UTF_8)));
    }

    private static <T> Optional<T> made(Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (InvalidInputException refused) {
            return Optional.empty();
        }
    }

    /** All texts but expressions, which Caddy compiles as they are. */
    private static Stream<String> texts(Json json) {
        if (json instanceof Json.Text text) {
            return Stream.of(text.value());
        }
        if (json instanceof Json.Array array) {
            return array.items().stream().flatMap(RouteFuzzTest::texts);
        }
        return json instanceof Json.Obj object
                ? object.members().entrySet().stream()
                        .filter(member -> !member.getKey().equals("pattern"))
                        .flatMap(member -> Stream.concat(Stream.of(member.getKey()), texts(member.getValue())))
                : Stream.of();
    }

    /** The first words of all statements, as nginx divides a file into words. */
    private static List<String> directives(String file) {
        var found = new ArrayList<String>();
        var blocks = new ArrayList<String>();
        var words = new ArrayList<String>();
        for (int at = 0; at < file.length(); ) {
            char letter = file.charAt(at);
            if (Character.isWhitespace(letter)) {
                at++;
            } else if (letter == ';' || letter == '{') {
                boolean value = !blocks.isEmpty() && OF_VALUES.contains(blocks.get(blocks.size() - 1));
                if (!value) {
                    found.add(words.isEmpty() ? "" : words.get(0));
                }
                if (letter == '{') {
                    blocks.add(words.isEmpty() ? "" : words.get(0));
                }
                words.clear();
                at++;
            } else if (letter == '}') {
                assertThat(words).as("before }").isEmpty();
                assertThat(blocks).as("open blocks").isNotEmpty();
                blocks.remove(blocks.size() - 1);
                at++;
            } else {
                int end = endOfWord(file, at);
                words.add(file.substring(at, end));
                at = end;
            }
        }
        assertThat(blocks).as("open blocks").isEmpty();
        assertThat(words).as("open statement").isEmpty();
        return found;
    }

    private static int endOfWord(String file, int begin) {
        char quote = file.charAt(begin);
        boolean quoted = quote == '"' || quote == '\'';
        for (int at = quoted ? begin + 1 : begin; at < file.length(); at++) {
            char letter = file.charAt(at);
            if (letter == '\\') {
                at++;
            } else if (quoted && letter == quote) {
                return at + 1;
            } else if (!quoted
                    && (Character.isWhitespace(letter) || letter == ';' || (letter == '{' && !variable(file, at)))) {
                return at;
            }
        }
        throw new AssertionError(
                "a word without an end: " + file.substring(begin, Math.min(file.length(), begin + 80)));
    }

    private static boolean variable(String file, int at) {
        return at > 0 && file.charAt(at - 1) == '$';
    }
}
