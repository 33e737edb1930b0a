package dev.rookery.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.dialect.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchTest {

    private record Fields(
            @JsonProperty("name") Patch<String> name,
            @JsonProperty("sizes") Patch<List<Integer>> sizes,
            @JsonProperty("inner") Patch<Inner> inner) {}

    private record Inner(@JsonProperty("flag") Patch<Boolean> flag) {}

    @Test
    void tellsAbsentFromNullFromValue() {
        var fields = WireJson.read("{\"sizes\":null,\"inner\":{\"flag\":true}}", Fields.class);

        assertThat(fields.name()).isEqualTo(Patch.absent());
        assertThat(fields.sizes()).isEqualTo(Patch.ofNull());
        assertThat(fields.inner()).isEqualTo(Patch.of(new Inner(Patch.of(true))));
    }

    @Test
    void writesWhatItReads() {
        for (var json : List.of(
                "{}",
                "{\"name\":null}",
                "{\"name\":\"\",\"sizes\":[1,2],\"inner\":{}}",
                "{\"inner\":{\"flag\":null}}")) {
            assertThat(WireJson.writeText(WireJson.read(json, Fields.class))).isEqualTo(json);
        }
    }

    @Test
    void appliesItself() {
        assertThat(Patch.<String>absent().apply("now", "default")).isEqualTo("now");
        assertThat(Patch.<String>ofNull().apply("now", "default")).isEqualTo("default");
        assertThat(Patch.of("new").apply("now", "default")).isEqualTo("new");
        assertThat(Patch.of("new").map(String::length)).isEqualTo(Patch.of(3));
        assertThat(Patch.<String>ofNull().map(String::length)).isEqualTo(Patch.ofNull());
        assertThat(Patch.<String>absent().toOptional()).isEmpty();
    }
}
