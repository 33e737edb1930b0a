package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Countries that may pass or not, by the engine's GeoIP plugin and the database of the settings. If there are any to allow, all others are denied.
 *
 * @param allow two letters each
 * @param deny two letters each
 * @param unknown whether addresses of no country may pass, such as private ones
 * @param status of the answer to those that may not
 */
public record GeoAccess(
        @JsonProperty("allow") List<String> allow,
        @JsonProperty("deny") List<String> deny,
        @JsonProperty("unknown") boolean unknown,
        @JsonProperty("status") int status) {

    /** Puts in what is left out. */
    public GeoAccess {
        allow = Values.list(allow);
        deny = Values.list(deny);
        status = status == 0 ? 403 : status;
    }
}
