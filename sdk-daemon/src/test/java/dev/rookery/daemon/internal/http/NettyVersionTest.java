package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.Version;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NettyVersionTest {
    @Test
    void acceptsTheNettyOfThisBuild() {
        assertThatCode(NettyVersion::check).doesNotThrowAnyException();
    }

    @Test
    void namesTheVersionOfThisBuildAsTheOneToSet() {
        assertThat(Version.identify().get("netty-common").artifactVersion()).isEqualTo(NettyVersion.TESTED);
    }

    @Test
    void namesThePropertyToSetWhereABomLoweredNetty() {
        assertThatThrownBy(() -> NettyVersion.check(Map.of("netty-common", "4.1.135.Final")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("netty-common 4.1.135.Final")
                .hasMessageContaining("'netty.version' to " + NettyVersion.TESTED);
    }

    @Test
    void findsOneLoweredArtifactAmongOthers() {
        assertThatThrownBy(() -> NettyVersion.check(
                        Map.of("netty-common", NettyVersion.TESTED, "netty-codec-http", "4.1.135.Final")))
                .hasMessageContaining("netty-codec-http");
    }
}
