package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EggFeatureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "EULA;[12:00:01] [main/INFO]: You need to agree to the EULA in order to run the server. Go to eula.txt for more info.",
                "JAVA_VERSION;Error: LinkageError occurred while loading main class: java.lang.UnsupportedClassVersionError: x",
                "PID_LIMIT;java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory",
                "GSL_TOKEN;Connection to Steam servers lost. (GSL token expired)",
                "STEAM_DISK_SPACE;Error! App '1' state is 0x202 after update job."
            })
    void knowsWhatServersPrint(EggFeature feature, String line) {
        assertThat(EggFeature.values()).filteredOn(any -> any.matches(line)).containsExactly(feature);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsId(EggFeature feature) {
        assertThat(EggFeature.find(feature.id())).contains(feature);
        assertThat(EggFeature.find("unknown")).isEmpty();
        assertThat(feature.phrases())
                .allSatisfy(phrase -> assertThat(phrase).isEqualTo(phrase.toLowerCase(Locale.ROOT)));
    }
}
