package dev.rookery.proxy.internal.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx's own language, as nginx reads it. */
class NginxPieceTest {

    @Test
    void writesWhatItHasRead() {
        assertThat(written("etag off;# a }\nif ($a = \"x;{}\\\"y\") {\n\n return 403 ${b}c;}add_header 'X' a\\;b;"))
                .isEqualTo("etag off;\nif ($a = \"x;{}\\\"y\" ) {\n    return 403 ${b}c;\n}\nadd_header 'X' a\\;b;\n");
        assertThat(written(" \n# nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "etag off | ';' or '{' after 'etag'",
                "} server { | no '}'",
                "if ($a) { etag off; | '}'",
                "if ($a) { etag off } | ';' or '{' after 'etag'",
                "etag \"off; | quotation mark",
                "etag \"off\"x; | a blank or ';'",
                "; | a directive",
                "{ etag off; } | a directive",
                "etag `\u0000`; | no control characters",
            })
    void refusesWhatWouldNotStayInItsBlock(String text, String expected) {
        assertThatThrownBy(() -> NginxPiece.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 1 of the piece")
                .hasMessageContaining(expected);
    }

    @Test
    void refusesBlocksWithoutEnd() {
        assertThatThrownBy(() -> NginxPiece.parse("a {".repeat(100) + "}".repeat(100)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 16 blocks");
    }

    @Test
    void namesWhatIsWithin() {
        assertThat(NginxPiece.parse("'a' 1; location / { \"b\\c\" { d; } } map $x $y { user 1; include z; }")
                        .names())
                .containsExactly("a", "location", "bc", "d", "map", "include");
    }

    private static String written(String text) {
        var block = Block.file();
        NginxPiece.parse(text).addTo(block);
        return block.text();
    }
}
