package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has asked, where proxies stand before the node. Source: node API §1.6. */
class TrustedProxyTest {

    private static final TrustedProxies TRUSTED =
            TrustedProxies.of(List.of("127.0.0.1", "::1", "10.0.0.0/8", "2001:db8::/32"));

    private static String client(String peer, HttpHeaders headers) throws UnknownHostException {
        return TRUSTED.client(new InetSocketAddress(InetAddress.getByName(peer), 40000), headers);
    }

    private static HttpHeaders forwarded(String... values) {
        return new DefaultHttpHeaders().set("X-Forwarded-For", List.of(values));
    }

    @Test
    void takesNobodysWordByDefault() throws UnknownHostException {
        assertThat(TrustedProxies.of(List.of())
                        .client(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 1), forwarded("203.0.113.9")))
                .isEqualTo("127.0.0.1");
        assertThat(client("198.51.100.1", forwarded("203.0.113.9"))).isEqualTo("198.51.100.1");
    }

    @Test
    void goesFromTheNearestProxyOutwards() throws UnknownHostException {
        assertThat(client("127.0.0.1", forwarded("203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(client("::1", forwarded("6.6.6.6, 203.0.113.9, 10.1.2.3")))
                .as("the client wrote the first one itself")
                .isEqualTo("203.0.113.9");
        assertThat(client("10.9.9.9", forwarded("6.6.6.6, 203.0.113.9", "10.1.2.3")))
                .as("over several lines")
                .isEqualTo("203.0.113.9");
        assertThat(client("10.9.9.9", forwarded("10.0.0.7,10.1.2.3")))
                .as("all of them proxies")
                .isEqualTo("10.0.0.7");
        assertThat(client("2001:db8::5", forwarded("2001:db9::7"))).isEqualTo("2001:db9::7");
        assertThat(client("10.9.9.9", forwarded("::ffff:203.0.113.9"))).isEqualTo("203.0.113.9");
    }

    @Test
    void stopsAtWhatIsNoAddress() throws UnknownHostException {
        assertThat(client("127.0.0.1", forwarded("203.0.113.9, unknown"))).isEqualTo("127.0.0.1");
        assertThat(client("127.0.0.1", forwarded("203.0.113.9, unknown, 10.0.0.1")))
                .isEqualTo("10.0.0.1");
        assertThat(client("127.0.0.1", forwarded(""))).isEqualTo("127.0.0.1");
    }

    @Test
    void takesTheOtherHeaderWhereThereIsNoList() throws UnknownHostException {
        assertThat(client("127.0.0.1", new DefaultHttpHeaders().set("X-Real-IP", "203.0.113.9")))
                .isEqualTo("203.0.113.9");
        assertThat(client("127.0.0.1", new DefaultHttpHeaders().set("X-Real-IP", "nonsense")))
                .isEqualTo("127.0.0.1");
        assertThat(client("127.0.0.1", forwarded("unknown").set("X-Real-IP", "6.6.6.6")))
                .as("the proxy that writes the list may pass the other header on as the client wrote it")
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example.com", "10.0.0.0/33", "10.0.0.0/-1", "::1/129", "10.0.0.0/x", "10.0.0"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("api.trusted_proxies");
    }
}
