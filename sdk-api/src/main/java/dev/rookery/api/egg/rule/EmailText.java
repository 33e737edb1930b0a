package dev.rookery.api.egg.rule;

/** Whether a text has the form of an e-mail address. Comments and folding blanks, which RFC 5322 calls obsolete, are not taken. */
final class EmailText {

    private static final String SPECIALS = "\"(),:;<>@[\\]";
    private static final int LONGEST_LABEL = 63;

    private EmailText() {}

    static boolean valid(String text, boolean oneLine) {
        if (oneLine && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0)) {
            return false;
        }
        int at = text.startsWith("\"") ? endOfQuoted(text) : text.indexOf('@');
        if (at < 1 || at >= text.length() || text.charAt(at) != '@') {
            return false;
        }
        return (text.startsWith("\"") || dotted(text.substring(0, at))) && domain(text.substring(at + 1));
    }

    /** Returns the place behind the quoted text at the start, -1 if it does not end. */
    private static int endOfQuoted(String text) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            } else if (c < ' ') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean dotted(String local) {
        return !local.isEmpty()
                && !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.codePoints().allMatch(EmailText::atomic);
    }

    private static boolean atomic(int c) {
        return c < 128 ? c > ' ' && c < 127 && SPECIALS.indexOf(c) < 0 : international(c);
    }

    private static boolean international(int c) {
        return Character.getType(c) != Character.OTHER_SYMBOL && !Character.isISOControl(c);
    }

    private static boolean domain(String domain) {
        if (domain.startsWith("[")) {
            return domain.length() > 2
                    && domain.indexOf(']') == domain.length() - 1
                    && domain.indexOf('[', 1) < 0
                    && domain.chars().noneMatch(c -> c < ' ' || c == '\\');
        }
        if (domain.isEmpty() || domain.startsWith("-")) {
            return false;
        }
        for (var label : domain.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL || label.endsWith("-")) {
                return false;
            }
            if (!label.codePoints().allMatch(EmailText::labelled)) {
                return false;
            }
        }
        return true;
    }

    private static boolean labelled(int c) {
        return c < 128 ? Character.isLetterOrDigit(c) || c == '-' : international(c);
    }
}
