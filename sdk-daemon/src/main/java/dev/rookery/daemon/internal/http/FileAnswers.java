package dev.rookery.daemon.internal.http;

import dev.rookery.api.Content;
import dev.rookery.kit.FileType;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.OptionalLong;

/** Answers that are files. */
final class FileAnswers {

    private FileAnswers() {}

    /** Returns a file under the type that its first bytes tell, or to be saved. Closes it if that fails. */
    static Response shown(Content content, String path, boolean download) throws IOException {
        try {
            return found(content, path, download);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /** Returns a file to be saved under a name. */
    static Response saved(Content content, String name) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Disposition", "attachment; filename=" + quoted(name));
        headers.put("Content-Type", FileType.BINARY);
        return Response.stream(headers, content);
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
        headers.put("Content-Type", download ? FileType.BINARY : type);
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
