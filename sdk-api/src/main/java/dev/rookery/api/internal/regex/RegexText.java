package dev.rookery.api.internal.regex;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An expression that is read from left to right. */
final class RegexText {

    private final String text;
    private int at;

    RegexText(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    boolean ended() {
        return at >= text.length();
    }

    boolean startsWith(String part) {
        return text.startsWith(part, at);
    }

    /** Takes {@code part} if it is next. */
    boolean next(String part) {
        if (!text.startsWith(part, at)) {
            return false;
        }
        at += part.length();
        return true;
    }

    /** Takes what {@code pattern} finds here; null if that is nothing. */
    @Nullable
    MatchResult next(Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    int take() throws UnsupportedRegexException {
        if (ended()) {
            throw new UnsupportedRegexException("its end comes too early");
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    /** Takes everything up to {@code end}, and that. */
    String takeUntil(String end) throws UnsupportedRegexException {
        int place = text.indexOf(end, at);
        if (place < 0) {
            throw new UnsupportedRegexException("its end comes before '" + end + "'");
        }
        var part = text.substring(at, place);
        at = place + end.length();
        return part;
    }

    /** Returns whether {@code part} stands anywhere from here on. */
    boolean has(String part) {
        return text.indexOf(part, at) >= 0;
    }

    /** Takes everything up to {@code end}, and that; all that is left if there is no end. */
    String takeUntilOrAll(String end) {
        int place = text.indexOf(end, at);
        var part = text.substring(at, place < 0 ? text.length() : place);
        at += part.length() + (place < 0 ? 0 : end.length());
        return part;
    }

    /** Takes up to {@code most} digits of a base. */
    String takeDigits(int base, int most) {
        int start = at;
        while (at < text.length()
                && at - start < most
                && Character.digit(text.charAt(at), base) >= 0
                && text.charAt(at) < 128) {
            at++;
        }
        return text.substring(start, at);
    }
}
