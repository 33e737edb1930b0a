package dev.rookery.api.configfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.rookery.api.Json;
import dev.rookery.api.configfile.TreeNode.Member;
import dev.rookery.api.internal.TextSplice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** JSON, by the offsets of Jackson's tokens. */
final class JsonDocument implements TreeDocument {

    private final String text;
    private final TreeNode root;
    private final JsonLayout layout;

    private JsonDocument(String text, TreeNode root) {
        this.text = text;
        this.root = root;
        this.layout = new JsonLayout(text, root);
    }

    static JsonDocument parse(String text, ConfigFileOptions options) {
        if (text.isBlank()) {
            return new JsonDocument(text, TreeNode.single(TreeNode.Kind.NULL, "", 0, text.length(), null));
        }
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(options.maxDepth())
                        .maxStringLength(options.maxBytes())
                        .maxNameLength(options.maxBytes())
                        .build())
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        try (var parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new ConfigFileException("nothing but comments (expected: a JSON value)");
            }
            var reader = new NodeReader(parser, options.maxValues());
            var root = reader.read();
            if (parser.nextToken() != null) {
                throw ConfigFileException.at(text, reader.start(), "more behind the value (expected: the end)");
            }
            return new JsonDocument(text, root);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            // The library's own message quotes the file.
            throw new ConfigFileException(
                    "not JSON, or nested too deep (expected: at most " + options.maxDepth() + " levels)",
                    place == null ? 0 : Math.max(place.getLineNr(), 0),
                    place == null ? 0 : Math.max(place.getColumnNr(), 0));
        } catch (IOException e) {
            throw new ConfigFileException("not JSON");
        }
    }

    @Override
    public TreeNode root() {
        return root;
    }

    @Override
    public List<TextSplice> set(TreeTarget target, Json value) {
        var node = target.last();
        if (target.present()) {
            return List.of(new TextSplice(node.start(), node.end(), JsonLayout.compact(value)));
        }
        var missing = target.missing();
        if (node.kind() == TreeNode.Kind.NULL) {
            var all = TreeTarget.wrapped(missing, value);
            boolean fresh = text.isBlank();
            var rendered = layout.lines() ? layout.pretty(all, layout.indentAt(node.start())) : JsonLayout.compact(all);
            return List.of(new TextSplice(node.start(), node.end(), rendered + (fresh ? layout.newline() : "")));
        }
        var inner = TreeTarget.wrapped(missing.subList(1, missing.size()), value);
        return List.of(layout.insertion(node, missing.get(0).name(), inner));
    }

    /** Makes nodes of tokens. */
    private static final class NodeReader {

        private final JsonParser parser;
        private final int maxValues;
        private int values;

        NodeReader(JsonParser parser, int maxValues) {
            this.parser = parser;
            this.maxValues = maxValues;
        }

        /** Returns where the token begins. */
        int start() {
            return (int) parser.currentTokenLocation().getCharOffset();
        }

        private int end() throws IOException {
            parser.finishToken();
            return (int) parser.currentLocation().getCharOffset();
        }

        /** Reads the value whose first token is the current one. */
        TreeNode read() throws IOException {
            if (++values > maxValues) {
                throw new ConfigFileException("too many values (expected: at most " + maxValues + ")");
            }
            int start = start();
            var token = Objects.requireNonNull(parser.currentToken());
            return switch (token) {
                case START_OBJECT -> object(start);
                case START_ARRAY -> list(start);
                case VALUE_STRING -> TreeNode.single(TreeNode.Kind.TEXT, parser.getText(), start, end(), null);
                default -> {
                    var literal = parser.getText();
                    var kind = switch (token) {
                        case VALUE_TRUE, VALUE_FALSE -> TreeNode.Kind.BOOL;
                        case VALUE_NULL -> TreeNode.Kind.NULL;
                        default -> TreeNode.Kind.NUMBER;
                    };
                    yield TreeNode.single(kind, literal, start, start + literal.length(), null);
                }
            };
        }

        private TreeNode object(int start) throws IOException {
            var members = new ArrayList<Member>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                int at = start();
                parser.nextToken();
                members.add(new Member(name, read(), at, null));
            }
            return TreeNode.object(members, start, end(), null);
        }

        private TreeNode list(int start) throws IOException {
            var items = new ArrayList<TreeNode>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read());
            }
            return TreeNode.list(items, start, end(), null);
        }
    }
}
