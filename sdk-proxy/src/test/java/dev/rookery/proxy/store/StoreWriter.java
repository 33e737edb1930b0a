package dev.rookery.proxy.store;

import java.io.IOException;
import java.nio.file.Path;

/** A process that saves one route after the other, and says so when one is saved. */
final class StoreWriter {

    private StoreWriter() {}

    /** Takes the directory, a name, and how many routes. */
    public static void main(String[] arguments) {
        var store = FileRouteStore.open(Path.of(arguments[0]), StoredRoutes.KEEP_ALL);
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            var saved = StoredRoutes.add(store, arguments[1] + "-" + i);
            System.out.println(saved.number());
        }
    }

    /** Starts one. */
    static Process start(Path directory, String name, int routes, Path log) throws IOException {
        return JavaProcess.start(StoreWriter.class, log, directory.toString(), name, String.valueOf(routes));
    }
}
