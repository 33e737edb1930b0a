package dev.rookery.api.configfile;

import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Texts of XML: whether they are well-formed, and what they say. */
final class XmlText {

    static final String BROKEN = "not well-formed XML";
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]*(?::[\\p{L}_][\\p{L}\\p{N}_.-]*)?");
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

    private XmlText() {}

    static boolean name(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns what a text of the file says. */
    static String decoded(String raw) {
        if (raw.indexOf('&') < 0) {
            return raw;
        }
        return REFERENCE.matcher(raw).replaceAll(found -> {
            if (found.group(1) != null) {
                return switch (found.group(1)) {
                    case "lt" -> "<";
                    case "gt" -> ">";
                    case "amp" -> "&";
                    case "quot" -> "\"";
                    default -> "'";
                };
            }
            int code = found.group(2) != null ? Integer.parseInt(found.group(2)) : Integer.parseInt(found.group(3), 16);
            return Character.isValidCodePoint(code)
                    ? Matcher.quoteReplacement(Character.toString(code))
                    : Matcher.quoteReplacement(found.group());
        });
    }

    /** Lets the JDK read the text, without looking at anything outside of it. */
    static void requireWellFormed(String text, ConfigFileOptions options) {
        try {
            var factory = SAXParserFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.newSAXParser().parse(new InputSource(new StringReader(text)), new Bounds(options));
        } catch (SAXParseException e) {
            // The parser's own message quotes the file.
            throw new ConfigFileException(BROKEN, Math.max(e.getLineNumber(), 0), Math.max(e.getColumnNumber(), 0));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new ConfigFileException(BROKEN);
        }
    }

    /** Counts, and says nothing. */
    private static final class Bounds extends DefaultHandler {

        private final ConfigFileOptions options;
        private int depth;
        private int elements;

        Bounds(ConfigFileOptions options) {
            this.options = options;
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes attributes) {
            if (++depth > options.maxDepth() || ++elements > options.maxValues()) {
                throw new ConfigFileException("too deep or too many elements (expected: at most " + options.maxDepth()
                        + " levels and " + options.maxValues() + " elements)");
            }
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            depth--;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public InputSource resolveEntity(String publicId, String systemId) {
            return new InputSource(new StringReader(""));
        }
    }
}
