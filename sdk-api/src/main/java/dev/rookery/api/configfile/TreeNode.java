package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of JSON, YAML or TOML with its place.
 *
 * @param kind what it is
 * @param text what a single value says; texts without their quotes, everything else as it is written
 * @param members of an object, in order; names may be there twice
 * @param items of a list
 * @param start where it begins
 * @param end where it is over
 * @param origin what else the format knows of it
 */
record TreeNode(
        Kind kind,
        String text,
        List<Member> members,
        List<TreeNode> items,
        int start,
        int end,
        @Nullable Object origin) {

    enum Kind {
        OBJECT("an object"),
        LIST("a list"),
        TEXT("a text"),
        NUMBER("a number"),
        BOOL("a truth value"),
        NULL("null"),
        /** A value that stands somewhere else. */
        ALIAS("an alias"),
        OTHER("a value of another kind");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A name with its value.
     *
     * @param start where the name begins
     * @param origin what else the format knows of it
     */
    record Member(
            String name,
            TreeNode value,
            int start,
            @Nullable Object origin) {}

    static TreeNode single(Kind kind, String text, int start, int end, @Nullable Object origin) {
        return new TreeNode(kind, text, List.of(), List.of(), start, end, origin);
    }

    static TreeNode object(List<Member> members, int start, int end, @Nullable Object origin) {
        return new TreeNode(Kind.OBJECT, "", members, List.of(), start, end, origin);
    }

    static TreeNode list(List<TreeNode> items, int start, int end, @Nullable Object origin) {
        return new TreeNode(Kind.LIST, "", List.of(), items, start, end, origin);
    }

    boolean container() {
        return kind == Kind.OBJECT || kind == Kind.LIST;
    }

    /** Returns the position of the last member of a name, which is the one that counts; -1 if there is none. */
    int position(String name) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the value at a position. */
    TreeNode child(int position) {
        return kind == Kind.LIST ? items.get(position) : members.get(position).value();
    }

    /** Returns whether it says the same as a value. */
    boolean says(Json value) {
        if (value instanceof Json.Text wanted) {
            return (kind == Kind.TEXT || kind == Kind.OTHER) && text.equals(wanted.value());
        }
        if (value instanceof Json.Num wanted) {
            return kind == Kind.NUMBER
                    && Values.number(text)
                            .filter(number -> number.compareTo(wanted.value()) == 0)
                            .isPresent();
        }
        if (value instanceof Json.Bool wanted) {
            return kind == Kind.BOOL
                    && Values.yamlTruth(text)
                            .filter(truth -> truth == wanted.value())
                            .isPresent();
        }
        if (value instanceof Json.Array wanted) {
            return kind == Kind.LIST && saysItems(wanted);
        }
        if (value instanceof Json.Obj wanted) {
            return kind == Kind.OBJECT && saysMembers(wanted);
        }
        return kind == Kind.NULL;
    }

    private boolean saysItems(Json.Array wanted) {
        if (items.size() != wanted.items().size()) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).says(wanted.items().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean saysMembers(Json.Obj wanted) {
        return members.size() == wanted.members().size()
                && members.stream().allMatch(member -> {
                    var value = wanted.members().get(member.name());
                    return value != null && member.value().says(value);
                });
    }
}
