package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.route.ServeFiles;
import java.util.ArrayList;

/** Files of a folder. The index is tried as a file: nginx's own way would look for the route of its path. */
final class NginxFiles {

    private NginxFiles() {}

    static void add(Block location, ServeFiles files, String fallback) {
        location.line("root", Word.path(files.root()));
        // A part of a path that begins or ends with these signs, whole.
        for (var pattern : files.hide()) {
            var name = NginxPaths.literal(pattern).replace("\\*", "[^/]*");
            location.block("if", new Word("($uri ~ " + Word.quoted("(?:^|/)" + name + "(?:/|\\z)") + ")"))
                    .line("return", "404");
        }
        var tried = new ArrayList<String>();
        tried.add("$uri");
        files.index().forEach(index -> tried.add("$uri/" + index));
        if (files.browse()) {
            tried.add("$uri/");
            location.line("autoindex", "on");
        }
        tried.add(files.fallback() ? fallback : "=404");
        location.line("try_files", tried.toArray(String[]::new));
    }

    static void fallback(Block place, ServeFiles files) {
        place.line("root", Word.path(files.root()));
        place.line("rewrite", Word.regex("^"), Word.own("/" + files.index().get(0)), Word.own("break"));
    }
}
