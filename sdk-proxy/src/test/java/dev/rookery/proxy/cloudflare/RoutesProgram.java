package dev.rookery.proxy.cloudflare;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.JavaProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** A program that changes names until it is killed, with an engine of files and the fake Cloudflare, and says each revision that it knows to be saved. */
final class RoutesProgram {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "silent", "refused");

    private RoutesProgram() {}

    /** Takes the folder, the address of the API and a seed. */
    public static void main(String[] arguments) {
        var folder = Path.of(arguments[0]);
        var random = new Random(Long.parseLong(arguments[2]));
        var service = service(folder, URI.create(arguments[1]));
        service.start();
        while (true) {
            var report = service.change("tester", "a test", present -> document(random));
            JavaProcess.say(report.undone().orElse(report.saved()).number());
        }
    }

    static ProxyService service(Path folder, URI url) {
        return ProxyService.builder(FileRouteStore.open(folder.resolve("state")), new FileEngine(folder))
                .cloud(new CloudflareSync(CloudflareOutbox.builder(folder.resolve("outbox"), "test")
                        .secrets(secret -> FakeCloudflare.TOKEN)
                        .api(token -> CloudflareApi.builder(token)
                                .baseUrl(url)
                                .callStep(Duration.ZERO)
                                .retryBudget(Duration.ZERO)
                                .build())
                        .build()))
                .build();
    }

    /** Names beginning with {@code silent} or {@code refused} are none that the engine takes. */
    static ProxyDocument document(Random random) {
        var wanted = new Wanted()
                .with(Wanted.binding("main").deleteGrace(Duration.ZERO).build())
                .listener(8080);
        var names = new TreeSet<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        for (var name : names) {
            if (random.nextBoolean()) {
                wanted.tunnel(name + ".example.net");
            } else {
                wanted.ssh(name + ".example.net");
            }
        }
        return wanted.document();
    }
}
