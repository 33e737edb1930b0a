package dev.rookery.api.configfile;

import static dev.rookery.api.configfile.Editing.edited;
import static dev.rookery.api.configfile.Editing.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.configfile.EditOutcome.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The parser {@code ini}. Source: daemon behaviour §7.7. */
class IniFormatTest {

    @Test
    void bracketsProtectDots() {
        var text = "[/Script/Pal.X]\nKey=1\n[General]\nscum.Name=a\n";

        assertThat(edited(
                        ConfigParser.INI,
                        text,
                        ConfigEdit.of("[/Script/Pal.X].Key", "2"),
                        ConfigEdit.of("General.[scum.Name]", "b")))
                .isEqualTo("[/Script/Pal.X]\nKey=2\n[General]\nscum.Name=b\n");
    }

    @Test
    void laterDotsBelongToTheKey() {
        assertThat(edited(ConfigParser.INI, "[a]\nb.c = 1\n", ConfigEdit.of("a.b.c", "2")))
                .isEqualTo("[a]\nb.c = 2\n");
    }

    @Test
    void aKeyWithoutASectionStandsBeforeAllSections() {
        assertThat(edited(ConfigParser.INI, "[a]\nk=1\n", ConfigEdit.of("k", "2")))
                .isEqualTo("k=2\n[a]\nk=1\n");
        assertThat(edited(ConfigParser.INI, "; c\nx = 1\n[a]\nk=1\n", ConfigEdit.of("k", "2")))
                .isEqualTo("; c\nx = 1\nk = 2\n[a]\nk=1\n");
    }

    @Test
    void quotesSemicolonsAndSignsMeanNothing() {
        var text = "[S]\nName=\"a; b\" # c\nHash=a#b\n";

        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("S.Hash", "x;y#z")))
                .isEqualTo("[S]\nName=\"a; b\" # c\nHash=x;y#z\n");
    }

    @Test
    void setsTheFirstOfSeveralLikeKeysOrAllOnDemand() {
        var text = "[S]\nMap=1\nMap=2\n[S]\nMap=3\n";
        var all = new ConfigFileOptions(1000, 10, 1000, true);

        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("S.Map", "9")))
                .isEqualTo("[S]\nMap=9\nMap=2\n[S]\nMap=3\n");
        assertThat(edited(ConfigFileEditor.of(ConfigParser.INI, all), text, ConfigEdit.of("S.Map", "9")))
                .isEqualTo("[S]\nMap=9\nMap=9\n[S]\nMap=9\n");
    }

    @Test
    void findsUnrealsNumberedKeys() {
        var text = "[S]\nStats[0]=1\nStats[7]=3\n";

        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("S.Stats[7]", "4")))
                .isEqualTo("[S]\nStats[0]=1\nStats[7]=4\n");
        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("S.Stats[8]", "4")))
                .isEqualTo("[S]\nStats[0]=1\nStats[7]=3\nStats8=4\n");
    }

    @Test
    void addsToTheSectionWithItsLineEndsAndMakesMissingOnes() {
        assertThat(edited(
                        ConfigParser.INI,
                        "[a]\r\nk = 1\r\n\r\n[b]\r\n",
                        ConfigEdit.of("a.n", "2"),
                        ConfigEdit.of("b.n", "3"),
                        ConfigEdit.of("c.n", "4")))
                .isEqualTo("[a]\r\nk = 1\r\nn = 2\r\n\r\n[b]\r\nn = 3\r\n\r\n[c]\r\nn = 4\r\n");
    }

    @Test
    void leavesLinesThatAreNoKeys() {
        assertThat(edited(ConfigParser.INI, "flag\n[a]\nflag\nk=1\n", ConfigEdit.of("a.k", "2")))
                .isEqualTo("flag\n[a]\nflag\nk=2\n");
    }

    @Test
    void doesNotLookAtConditions() {
        assertThat(edited(ConfigParser.INI, "k=1\n", ConfigEdit.replacing("k", "5", "2")))
                .isEqualTo("k=2\n");
    }

    @Test
    void refusesWhatWouldBecomeOtherLines() {
        assertThat(outcome(ConfigParser.INI, "k=1\n", ConfigEdit.of("k", "2\nadmin=1"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(outcome(ConfigParser.INI, "k=1\n", ConfigEdit.of(";k", "2")).kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(outcome(ConfigParser.INI, "k=1\n", ConfigEdit.of("", "2")).kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void editsFilesOfWindowsInUtf16() {
        var text = "\ufeff[S]\r\nName=\u00e9\r\n".getBytes(StandardCharsets.UTF_16LE);

        var edited = ConfigFileEditor.of(ConfigParser.INI).edit(text, java.util.List.of(ConfigEdit.of("S.Name", "ü")));

        assertThat(new String(edited.content(), StandardCharsets.UTF_16LE)).isEqualTo("\ufeff[S]\r\nName=ü\r\n");
    }

    @Test
    void anEqualsSignEndsANameBeforeAColonInIt() {
        var text = "Server:Port=5\nUrl: http://x?a=b\nold:1\n";

        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("Server:Port", "6")))
                .isEqualTo(text.replace("Port=5", "Port=6"));
        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("Url", "http://y"), ConfigEdit.of("old", "2")))
                .isEqualTo("Server:Port=5\nUrl: http://y\nold:2\n");
        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("Server", "9"))).isEqualTo(text + "Server:9\n");
        assertThat(edited(ConfigParser.INI, text, ConfigEdit.of("Server", "a=9")))
                .isEqualTo(text + "Server=a=9\n");
    }

    /** Where no blank stands behind the colon. */
    @Test
    void refusesWhatWouldBeReadAsAnotherKey() {
        assertThat(outcome(ConfigParser.INI, "old:1\n", ConfigEdit.of("old", "a=b"))
                        .kind())
                .isEqualTo(EditOutcome.Kind.REFUSED);
        assertThat(edited(ConfigParser.INI, "new: 1\n", ConfigEdit.of("new", "a=b")))
                .isEqualTo("new: a=b\n");
    }
}
