package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.FileCloud;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A process that changes routes until it is killed, and says which revision it knows to be saved. */
final class ChangingProcess {

    private static final int ROUTES = 6;
    private static final String[] KINDS = {"good", "good", "good", "silent", "refused", "zombie"};

    private ChangingProcess() {}

    /** Takes the folder and a seed. */
    public static void main(String[] arguments) {
        var folder = Path.of(arguments[0]);
        var random = new Random(Long.parseLong(arguments[1]));
        var service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), new FileEngine(folder))
                .cloud(new FileCloud(folder))
                .build();
        service.start();
        while (true) {
            var routes = service.routes("tester");
            var id = KINDS[random.nextInt(KINDS.length)] + random.nextInt(ROUTES);
            var report = routes.find(id).isPresent() && random.nextBoolean()
                    ? routes.remove(id)
                    : routes.put(route(id, random.nextInt(1_000_000)));
            JavaProcess.say(report.undone().orElse(report.saved()).number());
        }
    }

    static Process start(Path folder, long seed) throws IOException {
        return JavaProcess.start(
                ChangingProcess.class, folder.resolve("stderr"), folder.toString(), String.valueOf(seed));
    }

    static HttpRoute route(String id, int number) {
        return HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains(id + "-" + number + ".example.net")
                .build();
    }
}
