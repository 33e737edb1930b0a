package dev.rookery.proxy.internal.name;

/** Shows what strangers gave in messages: short, and without anything that moves a cursor or the direction of the text. */
public final class Shown {

    private static final int MAX = 80;

    private Shown() {}

    /** Returns what is fit to be shown. */
    public static String of(String given) {
        return of(given, MAX);
    }

    /** Returns as much as this of what is fit to be shown. */
    public static String of(String given, int max) {
        if (given.length() <= max && plain(given)) {
            return given;
        }
        var shown = new StringBuilder();
        given.codePoints().limit(max).forEach(letter -> {
            if (visible(letter)) {
                shown.appendCodePoint(letter);
            } else {
                shown.append(String.format("\\u%04x", letter));
            }
        });
        return given.codePointCount(0, given.length()) > max ? shown.append("…").toString() : shown.toString();
    }

    private static boolean plain(String given) {
        for (int i = 0; i < given.length(); i++) {
            if (given.charAt(i) < ' ' || given.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean visible(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
