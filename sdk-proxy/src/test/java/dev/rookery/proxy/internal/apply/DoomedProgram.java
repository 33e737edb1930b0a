package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.JavaProcess;
import dev.rookery.proxy.store.RouteStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A program that changes the routes of a real Caddy and a Cloudflare until it is killed, and says which revision it knows to be saved. */
final class DoomedProgram {

    private static final int ROUTES = 3;
    private static final String[] KINDS = {"plain", "plain", "tunnel", "tunnel", "taken"};

    private DoomedProgram() {}

    /** Takes a seed, the step at which it ends by itself, and the site. */
    public static void main(String[] arguments) {
        var words = List.of(arguments);
        var random = new Random(Long.parseLong(words.get(0)));
        var doom = new Doom(Integer.parseInt(words.get(1)));
        var site = CrashSite.parse(words.subList(2, words.size()));
        var service = ProxyService.builder(
                        doom.over(RouteStore.class, site.store()),
                        doom.over(ProxyEngine.class, site.engine(random.nextBoolean())))
                .cloud(doom.over(CloudSync.class, site.cloud()))
                .build();
        service.start();
        while (true) {
            var report = changed(service, site, random);
            JavaProcess.say(report.undone().orElse(report.saved()).number());
        }
    }

    private static ApplyReport changed(ProxyService service, CrashSite site, Random random) {
        var kind = KINDS[random.nextInt(KINDS.length)];
        var routes = service.routes("tester");
        var id = kind + random.nextInt(ROUTES);
        if (kind.equals("taken")) {
            return service.change(
                    "tester",
                    kind,
                    document -> ProxyDocument.builder()
                            .from(document)
                            .settings(site.settings(site.taken()))
                            .build());
        }
        return routes.find(id).isPresent() && random.nextBoolean()
                ? routes.remove(id)
                : routes.put(CrashSite.route(id, random.nextInt(1_000_000)));
    }

    static Process start(CrashSite site, long seed, int step) throws IOException {
        var words = new ArrayList<>(List.of(String.valueOf(seed), String.valueOf(step)));
        words.addAll(site.words());
        return JavaProcess.start(DoomedProgram.class, site.folder().resolve("stderr"), words.toArray(new String[0]));
    }
}
