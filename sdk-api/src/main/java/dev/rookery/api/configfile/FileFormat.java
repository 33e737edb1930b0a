package dev.rookery.api.configfile;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.UnavailableException;
import java.util.ArrayList;
import java.util.List;

/** What a kind of file does to a text. */
interface FileFormat {

    /**
     * Returns the text after the edits.
     *
     * @throws ConfigFileException if the text is not of this format, or too large
     * @throws UnavailableException if it was cancelled
     */
    Result edit(String text, List<ConfigEdit> edits, ConfigFileOptions options, CancelSignal cancel);

    /** Goes on unless it was cancelled. */
    static void requireWanted(CancelSignal cancel) {
        if (cancel.cancelled()) {
            throw new UnavailableException("the edits were cancelled");
        }
    }

    /** A text after its edits. */
    record Result(String text, List<EditOutcome> outcomes) {}

    /** One edit after another, each in the text that the one before has left. */
    interface OneByOne extends FileFormat {

        /** Opens a text for edits. */
        Session open(String text, ConfigFileOptions options);

        @Override
        default Result edit(String text, List<ConfigEdit> edits, ConfigFileOptions options, CancelSignal cancel) {
            var session = open(text, options);
            var outcomes = new ArrayList<EditOutcome>();
            for (var edit : edits) {
                requireWanted(cancel);
                try {
                    outcomes.add(session.apply(edit));
                } catch (Refusal refusal) {
                    outcomes.add(EditOutcome.refused(edit, refusal));
                }
            }
            return new Result(session.text(), outcomes);
        }
    }

    /** A text that is being edited. Not thread-safe. */
    interface Session {

        /** Does an edit. */
        EditOutcome apply(ConfigEdit edit) throws Refusal;

        /** Returns the text as it is now. */
        String text();
    }
}
