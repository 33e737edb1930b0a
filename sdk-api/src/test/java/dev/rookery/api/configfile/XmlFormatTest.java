package dev.rookery.api.configfile;

import static dev.rookery.api.configfile.Editing.edited;
import static dev.rookery.api.configfile.Editing.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.configfile.EditOutcome.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser {@code xml}. Source: daemon behaviour §7.8. */
class XmlFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<R><a>1</a></R>            | R.a                | 2          | <R><a>2</a></R>",
                "<R><a/></R>                | R.a                | 2          | <R><a>2</a></R>",
                "<R><a></a></R>             | R.a                | <&>        | <R><a>&lt;&amp;&gt;</a></R>",
                "<R><a><![CDATA[x]]></a></R>| R.a                | y          | <R><a>y</a></R>",
                "<R><a>1<!--c-->2</a></R>   | R.a                | 3          | <R><a>3<!--c--></a></R>",
                "<R><a>1</a><a>2</a></R>    | R.a                | 3          | <R><a>3</a><a>3</a></R>",
                "<R><a>1</a><b>2</b></R>    | R.*                | 3          | <R><a>3</a><b>3</b></R>",
                "<R><a>1</a><a>2</a></R>    | R.a[2]             | 3          | <R><a>1</a><a>3</a></R>",
                "<R><p n='x' v='1'/></R>    | R.p[@n='x']        | [v='2']    | <R><p n='x' v='2'/></R>",
                "<R><p n='x'/></R>          | R.p[@n='x']        | [v='\"2']  | <R><p n='x' v=\"&quot;2\"/></R>",
                "<R><p n='a.b'>1</p></R>    | R.p[@n='a.b']      | 2          | <R><p n='a.b'>2</p></R>",
                "<R/>                       | R.p[@n='x']        | [v='2']    | <R><p n=\"x\" v=\"2\"/></R>",
                "<x:R xmlns:x='u'><x:a>1</x:a></x:R> | R.a       | 2          | <x:R xmlns:x='u'><x:a>2</x:a></x:R>",
                "<R><k>x</k><a>1</a></R>    | R.b.c              | 2          | <R><k>x</k><a>1</a><b>~",
            })
    void followsPaths(String text, String match, String value, String expected) {
        assertThat(edited(ConfigParser.XML, text, ConfigEdit.of(match, value))).startsWith(expected.replace("~", ""));
    }

    @Test
    void missingElementsAreWrittenLikeTheirNeighbours() {
        var text = """
                <?xml version="1.0"?>
                <R>
                \t<a>1</a> <!-- c -->
                \t<s />
                </R>
                """;

        var edited = edited(
                ConfigParser.XML, text.replace("\n", "\r\n"), ConfigEdit.of("R.b", "2"), ConfigEdit.of("R.s.t", "3"));

        assertThat(edited.lines())
                .containsExactly(
                        "<?xml version=\"1.0\"?>",
                        "<R>",
                        "\t<a>1</a> <!-- c -->",
                        "\t<s >",
                        "\t\t<t>3</t>",
                        "\t</s>",
                        "\t<b>2</b>",
                        "</R>");
        assertThat(edited.replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void anEmptyFileGetsItsElements() {
        assertThat(edited(ConfigParser.XML, "", ConfigEdit.of("R.a.b", "1"), ConfigEdit.of("R.c", "2")))
                .isEqualTo(
                        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<R>\n  <a>\n    <b>1</b>\n  </a>\n  <c>2</c>\n</R>\n");
    }

    @Test
    void nothingIsCreatedForAWildcardOrBelowAnotherRoot() {
        assertThat(outcome(ConfigParser.XML, "<R/>", ConfigEdit.of("R.*.a", "1"))
                        .kind())
                .isEqualTo(Kind.UNMATCHED);
        assertThat(outcome(ConfigParser.XML, "<R/>", ConfigEdit.of("X.a", "1")).kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(outcome(ConfigParser.XML, "<R/>", ConfigEdit.of("R.a[3]", "1"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<R>", "<R><a></R>", "<R></R><S/>", "text", "<R a=1/>", "<R>&nope;</R>"})
    void saysWhereTheFileIsBroken(String text) {
        assertThatThrownBy(() -> edited(ConfigParser.XML, text, ConfigEdit.of("R.a", "1")))
                .isInstanceOfSatisfying(
                        ConfigFileException.class, e -> assertThat(e.line()).isPresent())
                .hasMessageContaining("not well-formed XML");
    }

    @Test
    void nothingOutsideOfTheFileIsReadAndNothingIsExpanded() {
        var external = "<!DOCTYPE R [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><R><a>&x;</a></R>";
        var bomb = "<!DOCTYPE R [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><R><a>&b;</a></R>";

        for (var text : new String[] {external, bomb}) {
            assertThatThrownBy(() -> edited(ConfigParser.XML, text, ConfigEdit.of("R.a", "1")))
                    .isInstanceOf(ConfigFileException.class)
                    .hasMessageContaining("entity");
        }
        var plain = "<!DOCTYPE R SYSTEM \"http://127.0.0.1:1/none.dtd\"><R><a>0</a></R>";
        assertThat(edited(ConfigParser.XML, plain, ConfigEdit.of("R.a", "1"))).isEqualTo(plain.replace("0<", "1<"));
    }

    @Test
    void pathsMayHaveAnyNumberOfFilters() {
        var path = "S.p" + "[@n='1']".repeat(50_000);

        assertThat(edited(ConfigParser.XML, "<S><p n='1'>a</p></S>", ConfigEdit.of(path, "b")))
                .isEqualTo("<S><p n='1'>b</p></S>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "us-ascii", "windows-1251"})
    void keepsTheEncodingThatTheFileDeclares(String encoding) throws Exception {
        var declaration = "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n";

        var edited = edited(
                ConfigParser.XML,
                declaration + "<S><Name>x</Name><p/></S>",
                ConfigEdit.of("S.Name", "\u00d6l \ud83d\ude00"),
                ConfigEdit.of("S.p", "[v='\u20ac']"));

        assertThat(edited).isEqualTo(declaration + "<S><Name>&#214;l &#128512;</Name><p v=\"&#8364;\"/></S>");
        var read = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(edited.getBytes(StandardCharsets.US_ASCII)));
        assertThat(read.getDocumentElement().getFirstChild().getTextContent()).isEqualTo("\u00d6l \ud83d\ude00");
        assertThat(outcome(ConfigParser.XML, edited, ConfigEdit.of("S.\u00d6l", "1"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(outcome(ConfigParser.XML, edited, ConfigEdit.of("S.p", "[\u00f6='1']"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='Utf-8' ?>"})
    void writesUnicodeBareWhereTheFileIsUnicode(String declaration) {
        assertThat(edited(ConfigParser.XML, declaration + "<S><N>x</N></S>", ConfigEdit.of("S.N", "\u00d6l")))
                .isEqualTo(declaration + "<S><N>\u00d6l</N></S>");
    }
}
