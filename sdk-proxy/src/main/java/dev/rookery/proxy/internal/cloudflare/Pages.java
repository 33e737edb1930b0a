package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads lists that come in pages, while others change them: a list that changed on the way is read again. */
final class Pages {

    private static final int PAGES_MAX = 2_000;
    private static final int READINGS_MAX = 4;

    private final CloudflareHttp http;

    Pages(CloudflareHttp http) {
        this.http = http;
    }

    /** Returns all items of a list. */
    List<Answer> all(ApiCall list, int perPage) {
        for (int readings = 1; readings < READINGS_MAX; readings++) {
            var read = reading(list.with("per_page", String.valueOf(perPage)));
            if (read.isPresent()) {
                return read.get();
            }
        }
        throw new ApiFailures(dev.rookery.kit.Redactor.of())
                .unavailable(list, "the list changes faster than it can be read", null);
    }

    private Optional<List<Answer>> reading(ApiCall list) {
        var items = new ArrayList<Answer>();
        var ids = new HashSet<String>();
        long total = -1;
        for (int page = 1; page <= PAGES_MAX; page++) {
            var answer = http.exchange(list.with("page", String.valueOf(page)));
            var result = answer.items("result");
            var about = answer.at("result_info");
            long now = about.number("total_count").orElse(-1);
            if (page > 1 && now != total) {
                return Optional.empty();
            }
            total = now;
            for (Json item : result) {
                var seen = Answer.of(item);
                if (seen.text("id").map(id -> !ids.add(id)).orElse(false)) {
                    // What moved to a later page pushed something else past us.
                    return Optional.empty();
                }
                items.add(seen);
            }
            boolean last = total >= 0
                    ? items.size() >= total
                    : result.size() < about.number("per_page").orElse(result.size() + 1L);
            if (last) {
                return Optional.of(items);
            }
            if (result.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
