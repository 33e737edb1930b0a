package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import dev.rookery.api.internal.TextSplice;
import java.util.List;

/** A text of JSON, YAML or TOML that has been read. Immutable. */
interface TreeDocument {

    /** Returns all that it says; {@code NULL} if it says nothing. */
    TreeNode root();

    /**
     * Returns what to change so that a place has a value.
     *
     * @param target there or missing
     */
    List<TextSplice> set(TreeTarget target, Json value) throws Refusal;

    /** Reads texts of one format. */
    interface Reader {

        /** Reads a text; throws {@link ConfigFileException} if it is broken. */
        TreeDocument read(String text, ConfigFileOptions options);
    }
}
