package dev.rookery.api.egg.rule;

import java.util.regex.Pattern;

/** Whether a text is an IP address to PHP's filter. */
final class IpText {

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int GROUPS = 8;
    private static final int LONGEST = 45;

    private IpText() {}

    static boolean v4(String text) {
        return V4.matcher(text).matches();
    }

    static boolean v6(String text) {
        if (text.length() > LONGEST || text.indexOf(':') < 0) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        int before = groups(text.substring(0, gap), false);
        int behind = groups(text.substring(gap + 2), true);
        return before >= 0 && behind >= 0 && before + behind < GROUPS;
    }

    /** Returns how many groups of 16 bits a part has, -1 if it is not one. */
    private static int groups(String part, boolean last) {
        if (part.isEmpty()) {
            return 0;
        }
        var groups = part.split(":", -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            if (last && i == groups.length - 1 && v4(groups[i])) {
                count += 2;
            } else if (GROUP.matcher(groups[i]).matches()) {
                count++;
            } else {
                return -1;
            }
        }
        return count;
    }
}
