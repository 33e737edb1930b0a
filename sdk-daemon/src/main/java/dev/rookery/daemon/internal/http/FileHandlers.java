package dev.rookery.daemon.internal.http;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.node.NodeServer;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.OptionalLong;

/** Answers the requests for files. Blocks: called on worker threads. Source: node API §2.5. */
final class FileHandlers {

    private static final String DIRECTORY_IN_THE_WAY =
            "Cannot write file, name conflicts with an existing directory by the same name.";

    /** Returns a file as it is. */
    Response read(NodeServer server, Request request) throws IOException {
        var path = request.query("file");
        Content content;
        try {
            content = server.files().read(path);
        } catch (NotFoundException e) {
            return Response.error(404, Failures.NO_SUCH_FILE, request.requestId())
                    .header(Failures.KIND_HEADER, Failures.kind(e));
        } catch (InvalidInputException e) {
            return refused(e, Failures.IS_DIRECTORY, request);
        }
        try {
            return found(content, path, !request.query("download").isEmpty());
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /** Writes a file from the request's body. */
    Response write(NodeServer server, Request request) throws IOException {
        if (!request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return Response.error(400, "Missing Content-Length");
        }
        if (!(request.body() instanceof Request.Streamed body)) {
            throw new IllegalStateException("the body of " + request.route() + " has to be streamed");
        }
        try {
            server.files().write(request.query("file"), body.content());
            return Response.empty(204);
        } catch (NotFoundException e) {
            return Response.error(404, Failures.NO_SUCH_FILE, request.requestId())
                    .header(Failures.KIND_HEADER, Failures.kind(e));
        } catch (InvalidInputException e) {
            return refused(e, DIRECTORY_IN_THE_WAY, request);
        }
    }

    private static Response refused(InvalidInputException failure, String directoryText, Request request) {
        var message = String.valueOf(failure.getMessage());
        var text = message.toLowerCase(Locale.ROOT).contains("is a directory") ? directoryText : message;
        return Response.error(400, text, request.requestId()).header(Failures.KIND_HEADER, Failures.kind(failure));
    }

    private static Response found(Content content, String path, boolean download) throws IOException {
        Content body = content;
        byte[] sample;
        if (content.file().isPresent()) {
            sample = sampleOf(content.file().get());
        } else {
            var stream = new PushbackInputStream(content.stream(), FileType.SAMPLE_BYTES);
            sample = stream.readNBytes(FileType.SAMPLE_BYTES);
            stream.unread(sample);
            body = new Rewound(content, stream);
        }
        var type = FileType.of(sample);
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Mime-Type", type);
        headers.put("Content-Type", download ? "application/octet-stream" : type);
        if (download) {
            headers.put("Content-Disposition", "attachment; filename=" + quoted(path));
        }
        return Response.stream(headers, body);
    }

    private static byte[] sampleOf(FileChannel file) throws IOException {
        var sample = ByteBuffer.allocate(FileType.SAMPLE_BYTES);
        // Reads at a position of its own: the channel's is not moved.
        int length = Math.max(0, file.read(sample, 0));
        return Arrays.copyOf(sample.array(), length);
    }

    private static String quoted(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c < ' ' || c > '~' ? '_' : c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Content whose first bytes were looked at. */
    private record Rewound(Content content, PushbackInputStream stream) implements Content {

        @Override
        public OptionalLong sizeBytes() {
            return content.sizeBytes();
        }

        @Override
        public void close() throws IOException {
            try {
                stream.close();
            } finally {
                content.close();
            }
        }
    }
}
