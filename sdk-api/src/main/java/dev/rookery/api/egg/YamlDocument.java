package dev.rookery.api.egg;

import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException.Reason;
import dev.rookery.api.internal.YamlSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Parses YAML as Pelican's panel does: 1.2, one document, nothing built from tags. What an alias repeats counts like what is written
 * there. Works on the events of the parser, so that bounds hold before anything is built.
 */
final class YamlDocument {

    private static final String MERGE = "<<";
    private static final String TEXT_TAG = "tag:yaml.org,2002:str";

    private final Iterator<Event> events;
    private final DocumentPath path;
    private final Warnings warnings;
    private final int maxAliases;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int aliases;

    /** A value with a name, and how many values it is. */
    private record Anchored(Placed value, int values) {}

    private YamlDocument(Iterator<Event> events, DocumentPath path, Warnings warnings, int maxAliases) {
        this.events = events;
        this.path = path;
        this.warnings = warnings;
        this.maxAliases = maxAliases;
    }

    /**
     * Parses a file.
     *
     * @throws EggException if it is not YAML, or too large
     */
    static Placed parse(String yaml, DocumentPath path, Warnings warnings, int maxAliases) {
        var settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setParseComments(false)
                // In one go: the parser looks ahead over blanks and long texts, and copies what it has with each piece.
                .setBufferSize(yaml.length() + 1)
                .build();
        try {
            var events = new Parse(settings).parseString(yaml).iterator();
            return new YamlDocument(events, path, warnings, maxAliases).document();
        } catch (MarkedYamlEngineException e) {
            throw malformed(
                    path,
                    YamlSource.inOneLine(e.getProblem()),
                    e.getProblemMark().map(YamlDocument::place).orElse(null));
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw malformed(path, "it holds a character that has no place in YAML", null);
        }
    }

    private Placed document() {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            throw malformed(path, "it is empty", new EggPlace(1, 1));
        }
        var root = value(events.next());
        events.next();
        var after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw malformed(path, "a second document follows", place(after));
        }
        return root;
    }

    private Placed value(Event event) {
        var place = place(event);
        path.count(1, place);
        if (event instanceof AliasEvent alias) {
            return alias(alias, place);
        }
        int before = path.values();
        var value = written(event, place);
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(value, path.values() - before)));
        return value;
    }

    private Placed written(Event event, EggPlace place) {
        if (event instanceof MappingStartEvent mapping) {
            warnOfTag(mapping.getTag(), place);
            return object(place);
        }
        if (event instanceof SequenceStartEvent sequence) {
            warnOfTag(sequence.getTag(), place);
            return array(place);
        }
        return scalar((ScalarEvent) event, place);
    }

    private Placed alias(AliasEvent alias, EggPlace place) {
        var anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            throw malformed(path, "an alias stands before what it names, or inside of it", place);
        }
        if (++aliases > maxAliases) {
            throw new EggException(
                    Reason.TOO_LARGE,
                    path.toString(),
                    place,
                    "egg: more than " + maxAliases + " aliases at " + place + " (expected: fewer)",
                    null);
        }
        path.count(anchored.values(), place);
        path.reach(depth(anchored.value()), place);
        return anchored.value();
    }

    private static int depth(Placed value) {
        int deepest = 0;
        for (var member : value.members().values()) {
            deepest = Math.max(deepest, 1 + depth(member));
        }
        for (var item : value.items()) {
            deepest = Math.max(deepest, 1 + depth(item));
        }
        return deepest;
    }

    private Placed object(EggPlace place) {
        Map<String, Placed> members = new LinkedHashMap<>();
        Map<String, Placed> merged = new LinkedHashMap<>();
        for (var key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            var at = place(key);
            if (!(key instanceof ScalarEvent name)) {
                throw malformed(path, "a key is a list, an object or an alias (expected: a text)", at);
            }
            var text = text(name.getValue(), at);
            path.enter(text, at);
            var value = value(events.next());
            if (text.equals(MERGE) && name.isPlain() && !value.members().isEmpty()) {
                merged.putAll(value.members());
            } else if (members.put(text, value) != null) {
                warnings.add(
                        EggRule.DUPLICATE_MEMBER, path.toString(), at, "occurs more than once; the last one counts");
            }
            path.leave();
        }
        merged.forEach(members::putIfAbsent);
        return Placed.object(members, place);
    }

    private Placed array(EggPlace place) {
        List<Placed> items = new ArrayList<>();
        for (var event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            path.enter(items.size(), place(event));
            items.add(value(event));
            path.leave();
        }
        return Placed.array(items, place);
    }

    private Placed scalar(ScalarEvent scalar, EggPlace place) {
        var text = text(scalar.getValue(), place);
        var tag = scalar.getTag().orElse("");
        if (scalar.isPlain() && tag.isEmpty()) {
            var value = YamlScalar.resolve(text);
            return value instanceof Json.Num number ? Placed.number(number, text, place) : Placed.scalar(value, place);
        }
        if (!tag.equals(TEXT_TAG) && !tag.equals("!")) {
            warnOfTag(scalar.getTag(), place);
        }
        return Placed.scalar(new Json.Text(text), place);
    }

    private void warnOfTag(Optional<String> tag, EggPlace place) {
        tag.ifPresent(name -> warnings.add(
                EggRule.YAML_TAG,
                path.toString(),
                place,
                "has the tag " + Warnings.quote(name) + ", which is passed over"));
    }

    private String text(String text, EggPlace place) {
        return UnicodeText.whole(
                text,
                () -> warnings.add(EggRule.LONE_SURROGATE, path.toString(), place, "holds half a character; replaced"));
    }

    private static EggException malformed(DocumentPath path, String fault, @Nullable EggPlace place) {
        var at = path.toString();
        var where = place == null ? "" : " at line " + place.line() + ", column " + place.column();
        return new EggException(
                Reason.MALFORMED,
                at,
                place,
                "egg: not YAML" + where + (at.isEmpty() ? "" : ", in " + at) + ": " + fault
                        + " (expected: an egg as JSON or YAML)",
                null);
    }

    private static EggPlace place(Event event) {
        return event.getStartMark().map(YamlDocument::place).orElse(new EggPlace(1, 1));
    }

    private static EggPlace place(Mark mark) {
        return new EggPlace(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
