package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.proxy.ProxyState;
import dev.rookery.proxy.store.StageState;
import java.time.Instant;
import java.util.Optional;

/** How far what is saved has come, as the UI sees it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ProxyStateView(RevisionView saved, Stage engine, Optional<Stage> cloud, boolean applied) {

    static ProxyStateView of(ProxyState state) {
        return new ProxyStateView(
                RevisionView.of(state.saved()),
                Stage.of(state.engine()),
                state.cloud().map(Stage::of),
                state.applied());
    }

    record Stage(String name, long revision, long tried, String outcome, String said, Instant at) {

        static Stage of(StageState stage) {
            return new Stage(
                    stage.name(),
                    stage.revision(),
                    stage.tried(),
                    stage.outcome().name(),
                    stage.said(),
                    stage.at());
        }
    }
}
