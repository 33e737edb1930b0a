package dev.rookery.panel.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to S3. Source: AWS Signature Version 4. Thread-safe. */
final class Signature {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private final S3Options options;

    Signature(S3Options options) {
        this.options = options;
    }

    /** Returns the address with a signature in its query, good for a while and for this method only. */
    URI presigned(String method, URI address, Map<String, String> query, Duration validity, Instant now) {
        var all = new TreeMap<>(query);
        all.put("X-Amz-Algorithm", ALGORITHM);
        all.put("X-Amz-Credential", options.accessKey() + "/" + scope(now));
        all.put("X-Amz-Date", TIME.format(now));
        all.put("X-Amz-Expires", Long.toString(validity.toSeconds()));
        all.put("X-Amz-SignedHeaders", "host");
        var canonical = canonical(method, address, all, new TreeMap<>(Map.of("host", host(address))), UNSIGNED);
        return URI.create(address + "?" + query(all) + "&X-Amz-Signature=" + signature(canonical, now));
    }

    /** Returns the headers that sign a request with its body. */
    Map<String, String> headers(
            String method,
            URI address,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body,
            Instant now) {
        var digest = sha256(body);
        var all = new TreeMap<>(headers);
        all.put("host", host(address));
        all.put("x-amz-content-sha256", digest);
        all.put("x-amz-date", TIME.format(now));
        var signed = String.join(";", all.keySet());
        var canonical = canonical(method, address, new TreeMap<>(query), all, digest);
        all.put(
                "Authorization",
                ALGORITHM + " Credential=" + options.accessKey() + "/" + scope(now) + ", SignedHeaders=" + signed
                        + ", Signature=" + signature(canonical, now));
        // The HTTP client sets it itself, and lets nobody else.
        all.remove("host");
        return all;
    }

    /** Returns a query in the order of its names. */
    static String query(Map<String, String> query) {
        return new TreeMap<>(query)
                .entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** Encodes as RFC 3986 has it, which differs from what HTML forms do. */
    static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted(b & 0xff));
        }
        return encoded.toString();
    }

    private static String canonical(
            String method,
            URI address,
            SortedMap<String, String> query,
            SortedMap<String, String> headers,
            String digest) {
        var lines = headers.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().strip() + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n", method, address.getRawPath(), query(query), lines, String.join(";", headers.keySet()), digest);
    }

    private String signature(String canonical, Instant now) {
        var toSign = String.join(
                "\n", ALGORITHM, TIME.format(now), scope(now), sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + options.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (var part : new String[] {DAY.format(now), options.region(), "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private String scope(Instant now) {
        return DAY.format(now) + "/" + options.region() + "/s3/aws4_request";
    }

    private static String host(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
