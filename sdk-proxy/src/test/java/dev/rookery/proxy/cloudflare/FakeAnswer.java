package dev.rookery.proxy.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.Tree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer in Cloudflare's envelope. */
record FakeAnswer(int status, Tree envelope) {

    static FakeAnswer of(Json result) {
        return new FakeAnswer(
                200, new Tree().put("success", true).put("errors", List.of()).put("result", result));
    }

    static FakeAnswer of(Tree result) {
        return of(result.json());
    }

    static FakeAnswer page(List<Tree> all, int page, int perPage) {
        int from = Math.min(all.size(), (page - 1) * perPage);
        var shown = all.subList(from, Math.min(all.size(), from + perPage));
        var answer = of(Tree.array(shown));
        answer.envelope()
                .put(
                        "result_info",
                        new Tree()
                                .put("page", page)
                                .put("per_page", perPage)
                                .put("count", shown.size())
                                .put("total_count", all.size()));
        return answer;
    }

    static FakeAnswer error(int status, int code, String message) {
        var error = new Tree().put("code", code).put("message", message);
        return new FakeAnswer(
                status,
                new Tree()
                        .put("success", false)
                        .putAll("errors", List.of(error))
                        .put("result", Json.Null.INSTANCE));
    }

    boolean success() {
        return status == 200;
    }

    String text() {
        return new String(ProxyJson.canonical(envelope.json()), StandardCharsets.UTF_8);
    }

    /** Thrown where a part of a call cannot be done. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient FakeAnswer answer;

        Refusal(int status, int code, String message) {
            super(message);
            this.answer = error(status, code, message);
        }

        FakeAnswer answer() {
            return answer;
        }
    }
}
