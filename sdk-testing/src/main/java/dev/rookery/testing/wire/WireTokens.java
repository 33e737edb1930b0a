package dev.rookery.testing.wire;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens by hand, so that the contract does not trust the code that it tries. Source: node API §3. */
final class WireTokens {

    private static final long LIFETIME_SECONDS = 600;
    private static final long TOLERANCE_SECONDS = 300;

    private WireTokens() {}

    /**
     * Returns a token.
     *
     * @param key the node's secret
     * @param scope the purpose
     * @param claims beside the usual ones, null for a usual one that is left out
     * @param expired whether its time is over
     */
    static String sign(String key, String scope, Map<String, Json> claims, boolean expired) {
        long now = Instant.now().getEpochSecond() - (expired ? 2 * LIFETIME_SECONDS : 0);
        var all = new LinkedHashMap<String, Json>();
        all.put("iss", new Json.Text("https://panel.example.com"));
        all.put("aud", new Json.Array(List.of(new Json.Text("https://node.example.com"))));
        all.put("jti", new Json.Text(UUID.randomUUID().toString().replace("-", "")));
        all.put("iat", number(now));
        all.put("nbf", number(now - TOLERANCE_SECONDS));
        all.put("exp", number(now + LIFETIME_SECONDS));
        all.put("scope", new Json.Text(scope));
        all.put("user_uuid", new Json.Text("1b4e28ba-2fa1-41d2-883f-0016d3cca427"));
        all.put("unique_id", new Json.Text(UUID.randomUUID().toString().substring(0, 16)));
        all.putAll(claims);
        all.values().removeIf(value -> value == Json.Null.INSTANCE);
        var header = new LinkedHashMap<String, Json>();
        header.put("alg", new Json.Text("HS256"));
        header.put("typ", new Json.Text("JWT"));
        var signed = encoded(WireJson.write(new Json.Obj(header))) + "." + encoded(WireJson.write(new Json.Obj(all)));
        return signed + "." + encoded(mac(key, signed));
    }

    static Json texts(List<String> values) {
        var items = new ArrayList<Json>();
        values.forEach(value -> items.add(new Json.Text(value)));
        return new Json.Array(items);
    }

    private static Json number(long value) {
        return new Json.Num(BigDecimal.valueOf(value));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] mac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
