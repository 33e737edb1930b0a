package dev.rookery.api.egg;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads large files that mean no good, in a virtual machine whose memory is small. */
final class HostileEggs {

    private static final int REFUSED = 10_000_000;
    /** As large as a file may be, so that the other bounds have to hold. */
    private static final int LOOKED_AT = 4_000_000;

    private static final String JSON = "{\"meta\":{\"version\":\"PTDL_v2\"},\"name\":\"x\",";
    private static final String YAML = "meta: {version: PLCN_v3}\nname: x\n";

    private HostileEggs() {}

    /** Prints what became of each. */
    public static void main(String[] arguments) {
        inputs().forEach((name, input) -> System.out.println(
                name + ": " + outcome(input.apply(REFUSED)) + ", " + outcome(input.apply(LOOKED_AT))));
    }

    private static String outcome(byte[] file) {
        try {
            EggReader.read(file);
            return "read";
        } catch (EggException e) {
            return e.getMessage().length() < 400 ? e.reason().toString() : "long message";
        }
    }

    private static Map<String, IntFunction<byte[]>> inputs() {
        var inputs = new LinkedHashMap<String, IntFunction<byte[]>>();
        inputs.put("deep json", size -> filled(size, JSON + "\"a\":", "["));
        inputs.put("wide json", size -> filled(size, JSON + "\"a\":[1", ",1"));
        inputs.put("members", HostileEggs::members);
        inputs.put("long text", size -> filled(size, JSON + "\"a\":\"", "x"));
        inputs.put("escapes", size -> filled(size, JSON + "\"a\":\"", "\\u0041"));
        inputs.put("long name", size -> filled(size, JSON + "\"", "x"));
        inputs.put("duplicates", size -> filled(size, JSON, "\"a\":1,"));
        inputs.put("text in text", size -> filled(size, JSON + "\"config\":{\"files\":\"", "["));
        inputs.put("variables", size -> filled(size, JSON + "\"variables\":[{}", ",{}"));
        inputs.put("blanks", size -> filled(size, "", " "));
        inputs.put("blanks inside", size -> filled(size, YAML + "a:", " "));
        inputs.put("plain text", size -> filled(size, YAML + "a: ", "x"));
        inputs.put("colons", size -> filled(size, YAML + "a: [", "a:"));
        inputs.put("keys", size -> filled(size, YAML, "x"));
        inputs.put("literal", size -> filled(size, YAML + "a: |\n", "\n "));
        inputs.put("deep yaml", size -> filled(size, YAML + "a: ", "["));
        inputs.put("dashes", size -> filled(size, YAML + "a:\n  ", "- "));
        inputs.put("wide yaml", size -> filled(size, YAML + "a:\n", "- 1\n"));
        inputs.put("questions", size -> filled(size, YAML + "a:\n  ", "? "));
        inputs.put("braces", size -> filled(size, YAML + "a: ", "{a: "));
        inputs.put("comments", size -> filled(size, YAML, "#\n"));
        inputs.put("long scalar", size -> filled(size, YAML + "a: b\n", "  c\n"));
        inputs.put("aliases", size -> filled(size, YAML + "a: &a [1, 2, 3]\nb: [", "*a,"));
        inputs.put("anchors", size -> filled(size, YAML + "a: [", "&a 1,"));
        inputs.put("tags", size -> filled(size, YAML + "a: [", "!!x 1,"));
        inputs.put("directives", size -> filled(size, "%A\n", "%A\n"));
        inputs.put("quotes", size -> filled(size, YAML + "a: \"", "\\x41"));
        inputs.put("zeros", byte[]::new);
        inputs.put("not utf-8", size -> filled(size, YAML, "\u00ff".repeat(4)));
        return inputs;
    }

    private static byte[] members(int size) {
        var text = new StringBuilder(JSON);
        for (int i = 0; text.length() < size; i++) {
            text.append("\"m").append(i).append("\":{},");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] filled(int size, String head, String part) {
        var file = new ByteArrayOutputStream(size + part.length());
        file.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        var block = part.repeat(1 + 8192 / part.length()).getBytes(StandardCharsets.ISO_8859_1);
        while (file.size() + block.length <= size) {
            file.writeBytes(block);
        }
        return file.toByteArray();
    }
}
