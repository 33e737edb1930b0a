package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where connections or datagrams come in.
 *
 * @param protocol which of both
 * @param host an address of the machine; empty are all
 * @param port the first one
 * @param ports how many in a row; each goes to the upstream's port that is as far from its first one
 */
public record L4Listen(
        @JsonProperty("protocol") Protocol protocol,
        @JsonProperty("host") String host,
        @JsonProperty("port") int port,
        @JsonProperty("ports") int ports) {

    /** Puts in what is left out. */
    public L4Listen {
        protocol = protocol == null ? Protocol.TCP : protocol;
        host = host == null ? "" : host;
        ports = ports == 0 ? 1 : ports;
    }

    /** Returns a port of all addresses that takes connections. */
    public static L4Listen tcp(int port) {
        return new L4Listen(Protocol.TCP, "", port, 1);
    }

    /** Returns a port of all addresses that takes datagrams. */
    public static L4Listen udp(int port) {
        return new L4Listen(Protocol.UDP, "", port, 1);
    }

    /** What comes in. */
    public enum Protocol {
        /** Connections. */
        @JsonProperty("tcp")
        TCP,
        /** Datagrams. */
        @JsonProperty("udp")
        UDP
    }
}
