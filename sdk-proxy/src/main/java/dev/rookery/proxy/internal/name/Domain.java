package dev.rookery.proxy.internal.name;

import dev.rookery.api.InvalidInputException;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that routes are for: a host, or {@code *.} and a host, which stands for exactly one label before it.
 *
 * @param name in lower case, labels beyond ASCII in their {@code xn--} form, without {@code *.}
 * @param wildcard whether it stands for the names one label below
 */
public record Domain(String name, boolean wildcard) {

    private static final int NAME_MAX = 253;
    private static final int LABEL_MAX = 63;
    private static final int GIVEN_MAX = 1024;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");

    /**
     * Reads a name.
     *
     * @throws InvalidInputException if it is none; the message says why
     */
    public static Domain parse(String given) {
        if (given.length() > GIVEN_MAX) {
            throw new InvalidInputException(
                    "a domain of " + given.length() + " characters (expected: at most " + NAME_MAX + ")");
        }
        var text = given.strip();
        boolean wildcard = text.startsWith("*.");
        if (!wildcard && plain(text)) {
            return new Domain(text, false);
        }
        var ascii = ascii(wildcard ? text.substring(2) : text, given);
        var labels = ascii.split("\\.", -1);
        for (var label : labels) {
            requireLabel(label, given);
        }
        if (ascii.length() > NAME_MAX - (wildcard ? 2 : 0)) {
            throw refused(given, "at most " + NAME_MAX + " characters");
        }
        if (wildcard && labels.length < 2) {
            throw refused(given, "at least two labels after '*.'");
        }
        return new Domain(ascii, wildcard);
    }

    /** Returns whether a name is already as it is kept, and no address, which nearly all are: nothing else has to be looked at then. */
    private static boolean plain(String text) {
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            char letter = i < text.length() ? text.charAt(i) : '.';
            boolean end = letter == '.';
            boolean inner = letter == '-' && i > begin && i + 1 < text.length() && text.charAt(i + 1) != '.';
            if (end ? i == begin || i - begin > LABEL_MAX : !inner && !lower(letter) && !digit(letter)) {
                return false;
            }
            begin = end && i < text.length() ? i + 1 : begin;
        }
        return text.length() <= NAME_MAX && lower(text.charAt(begin));
    }

    private static boolean lower(char letter) {
        return letter >= 'a' && letter <= 'z';
    }

    private static boolean digit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Returns whether all names of the other one are also its own. */
    public boolean covers(Domain other) {
        return equals(other)
                || (wildcard && !other.wildcard && other.name.endsWith("." + name) && depth(other) == depth(this) + 1);
    }

    /** Returns whether there is a name that both are for. */
    public boolean meets(Domain other) {
        return covers(other) || other.covers(this);
    }

    /** Returns the wildcard that the name is below; empty if there can be none. */
    public Optional<Domain> above() {
        int dot = name.indexOf('.');
        return wildcard || dot < 0 ? Optional.empty() : Optional.of(new Domain(name.substring(dot + 1), true));
    }

    /** Returns how many labels the name has, without that of a wildcard. */
    public int labels() {
        return depth(this);
    }

    /** Returns the form that engines and records have. */
    @Override
    public String toString() {
        return wildcard ? "*." + name : name;
    }

    private static String ascii(String text, String given) {
        var name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty()) {
            throw refused(given, "a name such as app.example.net");
        }
        if (ADDRESS.matcher(name).matches()) {
            throw refused(given, "a name, not an address");
        }
        var composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        if (composed.codePoints().anyMatch(Domain::ambiguous)) {
            throw refused(given, "its xn-- form: programs differ in what such letters become");
        }
        try {
            return IDN.toASCII(composed.toLowerCase(Locale.ROOT), IDN.USE_STD3_ASCII_RULES)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw refused(given, "letters, digits and hyphens");
        }
    }

    /** The JDK follows the standard of 2003, which folds these; engines follow that of 2008, which keeps them. */
    private static boolean ambiguous(int letter) {
        return letter == 'ß' || letter == 'ẞ' || letter == 'ς' || letter == 0x200c || letter == 0x200d;
    }

    private static void requireLabel(String label, String given) {
        if (!LABEL.matcher(label).matches()) {
            throw refused(
                    given,
                    label.isEmpty()
                            ? "no empty part between dots"
                            : "parts of 1 to 63 letters, digits and inner hyphens, '*.' only before all of them");
        }
    }

    private static InvalidInputException refused(String given, String expected) {
        return new InvalidInputException("domain '" + Shown.of(given) + "' (expected: " + expected + ")");
    }

    private static int depth(Domain domain) {
        int dots = 0;
        for (int i = domain.name.indexOf('.'); i >= 0; i = domain.name.indexOf('.', i + 1)) {
            dots++;
        }
        return dots + 1;
    }
}
