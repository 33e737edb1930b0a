package dev.rookery.examples.egglab;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a command says about one egg after another: to people at once, to programs at the end. */
final class Answers {

    private final AnswerFormat format;
    private final PrintWriter out;
    private final List<Json> documents = new ArrayList<>();

    Answers(AnswerFormat format, PrintWriter out) {
        this.format = format;
        this.out = out;
    }

    void add(String text, Json document) {
        if (format == AnswerFormat.TEXT) {
            out.println(text);
            out.flush();
        } else {
            documents.add(document);
        }
    }

    void end() {
        if (format == AnswerFormat.JSON) {
            out.println(WireJson.writeText(new Json.Array(documents)));
        }
    }
}
