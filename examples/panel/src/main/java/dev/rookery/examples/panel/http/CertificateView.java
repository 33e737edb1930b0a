package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.proxy.apply.CertificateState;
import java.time.Instant;
import java.util.Optional;

/** A certificate that the panel gets for its proxy, as the UI sees it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CertificateView(String domain, Optional<Instant> expires, String said, Optional<Instant> nextAt) {

    static CertificateView of(CertificateState state) {
        return new CertificateView(state.domain(), state.expires(), state.said(), state.nextAt());
    }
}
