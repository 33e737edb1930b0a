package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.internal.file.PathNames;
import java.util.ArrayList;

/** The paths of clients, for whom the server's files are all that there is: above the root is the root. */
final class SftpPath {

    private SftpPath() {}

    /** Returns the path from the root, with one slash before each name. */
    static String of(String path) {
        PathNames.requireShort(path);
        var names = new ArrayList<String>();
        for (var name : path.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }
}
