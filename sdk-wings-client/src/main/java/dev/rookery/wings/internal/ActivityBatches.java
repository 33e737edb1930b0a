package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.panel.ActivityEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends activity in batches as small as the daemons send them. Panels refuse a whole batch for one entry that they do not like, and a node
 * that sent it again would do so for ever; so a refused batch is halved until the entry stands alone. Source: panel remote API §3.11.
 */
final class ActivityBatches {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityBatches.class);
    private static final int BATCH_MAX = 100;

    private final Consumer<List<ActivityEntry>> send;
    private final List<InvalidInputException> refusals = new ArrayList<>();

    private ActivityBatches(Consumer<List<ActivityEntry>> send) {
        this.send = send;
    }

    /**
     * Sends entries; those that the panel refuses on their own are left out.
     *
     * @throws InvalidInputException if it takes none at all: then it is not about the entries
     */
    static void send(List<ActivityEntry> entries, Consumer<List<ActivityEntry>> send) {
        var batches = new ActivityBatches(send);
        int taken = 0;
        for (int from = 0; from < entries.size(); from += BATCH_MAX) {
            taken += batches.halving(entries.subList(from, Math.min(entries.size(), from + BATCH_MAX)));
        }
        if (taken == 0 && !batches.refusals.isEmpty()) {
            throw batches.refusals.get(0);
        }
        batches.refusals.forEach(e -> LOG.warn("left out an activity entry: {}", e.getMessage()));
    }

    private int halving(List<ActivityEntry> entries) {
        try {
            send.accept(List.copyOf(entries));
            return entries.size();
        } catch (InvalidInputException e) {
            if (entries.size() == 1) {
                refusals.add(e);
                return 0;
            }
            int half = entries.size() / 2;
            return halving(entries.subList(0, half)) + halving(entries.subList(half, entries.size()));
        }
    }
}
