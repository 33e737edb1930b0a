package dev.rookery.testing.node;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns in the style of gitignore, as far as tests need them: {@code *} and {@code ?} within a name, a leading {@code !} takes an
 * earlier match back, a pattern with a slash means a path from the root, one without a name anywhere. What matches takes everything below
 * along.
 *
 * @param lines one pattern each; empty ones and those that begin with {@code #} are passed over
 */
record FakePatterns(List<String> lines) {

    boolean matches(String path) {
        boolean matched = false;
        for (var line : lines) {
            boolean negated = line.startsWith("!");
            var pattern = (negated ? line.substring(1) : line).strip();
            if (!pattern.isEmpty() && !pattern.startsWith("#") && one(pattern, path)) {
                matched = !negated;
            }
        }
        return matched;
    }

    private static boolean one(String pattern, String path) {
        var plain = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean anchored = plain.indexOf('/') >= 0;
        var compiled = glob(plain.startsWith("/") ? plain.substring(1) : plain);
        for (var prefix = path; !prefix.isEmpty(); prefix = FakeFiles.parent(prefix)) {
            if (compiled.matcher(anchored ? prefix : FakeFiles.baseName(prefix)).matches()) {
                return true;
            }
        }
        return false;
    }

    static Pattern glob(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
