package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.route.Rewrite;

/** Changes of what is asked for. A place that has some ends with a break: without it, nginx would look for the place of the new path. */
final class NginxRewrite {

    private final NginxTexts texts;

    NginxRewrite(NginxTexts texts) {
        this.texts = texts;
    }

    void add(Block location, Rewrite rewrite) {
        rewrite.stripPrefix()
                .map(NginxRewrite::bare)
                .filter(prefix -> !prefix.isEmpty())
                .ifPresent(prefix -> location.line(
                        "rewrite",
                        Word.regex("(?is)^" + NginxPaths.literal(prefix) + "(?:/+(.*))?\\z"),
                        Word.own("/$1")));
        rewrite.addPrefix()
                .map(NginxRewrite::bare)
                .ifPresent(prefix -> location.line("rewrite", Word.regex("(?s)^(.*)\\z"), texts.word(prefix, "$1")));
        rewrite.path().ifPresent(path -> location.line("rewrite", Word.regex("^"), texts.word(whole(path))));
    }

    /** Ends a place, behind all that still asks what is asked for: nginx does nothing of that kind any more then. */
    static void end(Block location, Rewrite rewrite) {
        if (rewrite.stripPrefix().isPresent()
                || rewrite.addPrefix().isPresent()
                || rewrite.path().isPresent()) {
            location.line("break", new Word[0]);
        }
    }

    /** A question mark at the end keeps nginx from adding what the client asked for to what is given. */
    private static String whole(String path) {
        return path.indexOf('?') >= 0 ? path + "?" : path;
    }

    private static String bare(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }
}
