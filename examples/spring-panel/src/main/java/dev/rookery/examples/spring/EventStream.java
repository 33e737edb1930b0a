package dev.rookery.examples.spring;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserFrames;
import dev.rookery.panel.BrowserSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A console as server-sent events, numbered as its lines: a browser that comes back says by itself which line it saw last. */
record EventStream(SseEmitter emitter) implements BrowserSink {

    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    @Override
    public void send(BrowserEvent event) {
        var message = SseEmitter.event().data(BrowserFrames.write(event), TEXT);
        if (event instanceof BrowserEvent.Told told && told.event() instanceof ConsoleEvent.Output output) {
            output.number().ifPresent(number -> message.id(Long.toString(number)));
        }
        send(message);
    }

    @Override
    public void close(String reason) {
        send(SseEmitter.event().name("closed").data(reason, TEXT));
        emitter.complete();
    }

    private void send(SseEmitter.SseEventBuilder message) {
        try {
            emitter.send(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
