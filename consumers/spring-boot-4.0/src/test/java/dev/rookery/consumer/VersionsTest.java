package dev.rookery.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** This build proves something only while Spring Boot's versions are the ones in use. */
class VersionsTest {
    @Test
    void jacksonIsSpringBoots() {
        assertThat(new ObjectMapper().version().toString()).startsWith("2.21.");
    }

    @Test
    void junitIsSpringBoots() {
        assertThat(Test.class.getPackage().getImplementationVersion()).startsWith("6.0.");
    }
}
