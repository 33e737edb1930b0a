package dev.rookery.api.configfile;

/** What TOML 1.0 takes for a number. Read by hand: Java's engine of regular expressions needs stack for each digit. */
final class TomlNumber {

    private final String word;
    private int at;

    private TomlNumber(String word) {
        this.word = word;
    }

    static boolean says(String word) {
        var number = new TomlNumber(word);
        boolean whole = word.startsWith("0x")
                ? number.prefixed(16)
                : word.startsWith("0o")
                        ? number.prefixed(8)
                        : word.startsWith("0b") ? number.prefixed(2) : number.decimal();
        return whole && number.at == word.length();
    }

    private boolean prefixed(int base) {
        at = 2;
        return digits(base);
    }

    private boolean decimal() {
        sign();
        if (word.startsWith("inf", at) || word.startsWith("nan", at)) {
            at += 3;
            return true;
        }
        // No digit may follow a zero.
        if (!next('0') && !digits(10)) {
            return false;
        }
        if (next('.') && !digits(10)) {
            return false;
        }
        if (next('e') || next('E')) {
            sign();
            return digits(10);
        }
        return true;
    }

    /** Takes digits that may have single low lines between them; at least one. */
    private boolean digits(int base) {
        if (!digit(at, base)) {
            return false;
        }
        while (digit(at, base) || (at < word.length() && word.charAt(at) == '_' && digit(at + 1, base))) {
            at++;
        }
        return true;
    }

    private boolean digit(int index, int base) {
        return index < word.length() && word.charAt(index) < 128 && Character.digit(word.charAt(index), base) >= 0;
    }

    private void sign() {
        if (!next('+')) {
            next('-');
        }
    }

    private boolean next(char c) {
        if (at < word.length() && word.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}
