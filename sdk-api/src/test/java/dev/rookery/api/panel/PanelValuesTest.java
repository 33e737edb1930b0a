package dev.rookery.api.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelValuesTest {

    @Test
    void allocationsAreGroupedByAddressWithThePrimaryFirst() {
        var primary = new Allocation("10.0.0.1", 25565);
        var allocations = Allocations.of(
                primary, List.of(new Allocation("10.0.0.1", 25575), primary, new Allocation("::1", 25565)));

        assertThat(allocations.mappings().get("10.0.0.1")).containsExactly(25565, 25575);
        assertThat(allocations.mappings().get("::1")).containsExactly(25565);
        assertThat(WireJson.writeText(allocations)).contains("\"default\":{\"ip\":\"10.0.0.1\",\"port\":25565}");
        assertThat(Allocations.none().primary().port()).isZero();
        assertThat(new Allocation("::1", 80)).hasToString("[::1]:80");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void allocationRefusesPortsThatDoNotExist(int port) {
        assertThatThrownBy(() -> new Allocation("10.0.0.1", port))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("port: " + port);
    }

    @Test
    void buildRefusesLimitsThatDoNotExist() {
        assertThatThrownBy(() -> Build.builder().memoryMebibytes(-1).build()).hasMessageContaining("memory_limit: -1");
        assertThatThrownBy(() -> Build.builder().swapMebibytes(-2).build()).hasMessageContaining("swap: -2");
        assertThatThrownBy(() -> Build.builder().ioWeight(9).build()).hasMessageContaining("io_weight: 9");
        assertThat(Build.builder().threads(" ").build().threads()).isEmpty();
    }

    @Test
    void carriedJsonSurvives() {
        var text = "{\"b\":[1,2.50,\"x\",null,true,{}],\"a\":{\"z\":1,\"y\":2}}";
        assertThat(WireJson.writeText(WireJson.read(text, Json.class))).isEqualTo(text);
    }

    @Test
    void installScriptAndStopAreReadLeniently() {
        var script = WireJson.read(
                "{\"container_image\":\"i\",\"entrypoint\":\"bash\",\"script\":\"\",\"env\":{}}", InstallScript.class);
        assertThat(script).isEqualTo(new InstallScript("i", "bash", ""));
        var process = WireJson.read("{\"startup\":null,\"stop\":null,\"configs\":null}", ProcessConfiguration.class);
        assertThat(process.stop().type()).isEqualTo(ProcessConfiguration.Stop.NATIVE);
        assertThat(process.startup().done()).isEmpty();
        assertThat(process.configs()).isEmpty();
    }
}
