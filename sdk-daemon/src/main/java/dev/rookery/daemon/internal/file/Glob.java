package dev.rookery.daemon.internal.file;

/**
 * Patterns of a name: {@code *} stands for any characters, {@code ?} for one, {@code [a-z]} and {@code [!a-z]} for one of a class; a backslash
 * takes the meaning of the next character away.
 */
final class Glob {

    private Glob() {}

    /** Returns whether a whole name matches, in a time of at most the product of both lengths. */
    static boolean matches(String glob, String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            int next = at < glob.length() ? one(glob, at, name.charAt(in)) : -1;
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (next >= 0) {
                at = next;
                in++;
            } else if (star >= 0) {
                // The last star takes one more character; an earlier one never has to.
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }

    /** Returns where the glob goes on if its part at {@code at} stands for {@code c}, or -1. */
    private static int one(String glob, int at, char c) {
        char part = glob.charAt(at);
        if (part == '?') {
            return at + 1;
        }
        if (part == '[') {
            int end = classEnd(glob, at);
            return end >= 0 && inClass(glob, at + 1, end, c) ? end + 1 : -1;
        }
        if (part == '\\') {
            return at + 1 < glob.length() && glob.charAt(at + 1) == c ? at + 2 : -1;
        }
        return part == c ? at + 1 : -1;
    }

    private static int classEnd(String glob, int begin) {
        int at = begin + 1;
        at += negated(glob, at) ? 1 : 0;
        // A bracket at the very beginning belongs to the class.
        for (int first = at; at < glob.length(); at++) {
            if (glob.charAt(at) == '\\') {
                at++;
            } else if (glob.charAt(at) == ']' && at > first) {
                return at;
            }
        }
        return -1;
    }

    private static boolean inClass(String glob, int begin, int end, char c) {
        boolean negated = negated(glob, begin);
        boolean found = false;
        for (int at = begin + (negated ? 1 : 0); at < end; at++) {
            at += glob.charAt(at) == '\\' && at + 1 < end ? 1 : 0;
            char low = glob.charAt(at);
            char high = low;
            if (at + 2 < end && glob.charAt(at + 1) == '-') {
                at += 2;
                at += glob.charAt(at) == '\\' && at + 1 < end ? 1 : 0;
                high = glob.charAt(at);
            }
            found |= c >= low && c <= high;
        }
        return found != negated;
    }

    private static boolean negated(String glob, int at) {
        return at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
    }
}
