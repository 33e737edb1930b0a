package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.api.Json;
import dev.rookery.examples.panel.proxy.ConnectorState;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.cloudflare.RecordChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An account of Cloudflare and a tunnel of it, as the UI sees them. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record BindingView(Json binding, boolean tokenKnown, Optional<Status> status, Connector connector) {

    /** How far Cloudflare is. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Status(
            String state,
            long wantedRevision,
            OptionalLong doneRevision,
            int attempts,
            Optional<Instant> nextAt,
            Optional<String> error,
            List<String> drift,
            List<Host> hosts,
            List<String> notes) {

        static Status of(CloudflareStatus status) {
            var report = status.report();
            return new Status(
                    status.state().name(),
                    status.wantedRevision(),
                    status.doneRevision(),
                    status.attempts(),
                    status.nextAt(),
                    status.error(),
                    status.drift(),
                    report.map(CloudflareReport::hosts).orElse(List.of()).stream()
                            .map(Host::of)
                            .toList(),
                    report.map(CloudflareReport::notes).orElse(List.of()));
        }
    }

    /**
     * What became of a name.
     *
     * @param state {@code DONE}, or what is to be done or in the way
     */
    record Host(String host, String state, String said) {

        static Host of(CloudflareReport.HostLine line) {
            boolean done = line.done() && line.kind() != RecordChange.Kind.WAIT;
            return new Host(line.host(), done ? "DONE" : line.kind().name(), line.message());
        }
    }

    /** The program that connects the tunnel. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Connector(
            String kind,
            boolean wanted,
            boolean running,
            boolean ready,
            int connections,
            OptionalLong configVersion,
            OptionalInt exitCode,
            Optional<String> said) {

        static Connector of(ConnectorState connector) {
            var status = connector.status();
            return new Connector(
                    connector.kind().orElse("none"),
                    connector.wanted(),
                    status.running(),
                    status.ready(),
                    status.connections(),
                    status.configVersion(),
                    status.exitCode(),
                    connector.said());
        }
    }
}
