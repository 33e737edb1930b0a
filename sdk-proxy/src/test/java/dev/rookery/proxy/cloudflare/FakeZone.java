package dev.rookery.proxy.cloudflare;

import dev.rookery.proxy.cloudflare.FakeAnswer.Refusal;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records of a zone, with the rules that Cloudflare has for them. Locked by the fake. */
final class FakeZone {

    private static final Set<String> ADDRESSES = Set.of("A", "AAAA");
    private static final int COMMENT_MAX = 100;
    private static int ids;

    final String id;
    final String name;
    private Map<String, DnsRecord> records = new LinkedHashMap<>();
    /** The names of records that were made, each as often as it was. */
    private List<String> made = new ArrayList<>();
    /** What lists show while they are behind. */
    private List<Map<String, DnsRecord>> past = new ArrayList<>();

    FakeZone(String id, String name) {
        this.id = id;
        this.name = name;
    }

    Map<String, DnsRecord> records() {
        return records;
    }

    List<String> made() {
        return made;
    }

    /** Returns records as a list shows them that is behind by some writes. */
    List<Tree> list(int behind) {
        var shown = behind == 0 || past.isEmpty() ? records : past.get(Math.max(0, past.size() - behind));
        return shown.entrySet().stream()
                .map(entry -> tree(entry.getKey(), entry.getValue()))
                .toList();
    }

    FakeAnswer create(Answer body) {
        remember();
        return FakeAnswer.of(post(body));
    }

    FakeAnswer replace(String record, Answer body) {
        remember();
        return FakeAnswer.of(put(record, body));
    }

    FakeAnswer delete(String record) {
        remember();
        remove(record);
        return FakeAnswer.of(Tree.of("id", record));
    }

    /** Deletes, patches, puts, posts; all or none. */
    FakeAnswer batch(Answer body) {
        int size = body.items("deletes").size()
                + body.items("puts").size()
                + body.items("posts").size();
        if (size > RecordBatch.SIZE_MAX) {
            throw new Refusal(400, 1004, "too many changes");
        }
        var before = new LinkedHashMap<>(records);
        var madeBefore = new ArrayList<>(made);
        remember();
        try {
            body.all("deletes").forEach(one -> remove(one.textOr("id", "")));
            body.all("puts").forEach(one -> put(one.textOr("id", ""), one));
            body.all("posts").forEach(this::post);
        } catch (Refusal e) {
            records = before;
            made = madeBefore;
            throw e;
        }
        return FakeAnswer.of(new Tree());
    }

    private void remember() {
        past.add(new LinkedHashMap<>(records));
        if (past.size() > 8) {
            past = new ArrayList<>(past.subList(past.size() - 8, past.size()));
        }
    }

    /** From now on lists are up to date. */
    void settle() {
        past.clear();
    }

    private Tree post(Answer body) {
        var record = read(body);
        requireRoom(record, "");
        var given = "rec-" + ++ids;
        records.put(given, record);
        made.add(record.name());
        return tree(given, record);
    }

    private Tree put(String record, Answer body) {
        requireThere(record);
        var changed = read(body);
        requireRoom(changed, record);
        records.put(record, changed);
        return tree(record, changed);
    }

    private void remove(String record) {
        requireThere(record);
        records.remove(record);
    }

    private void requireThere(String record) {
        if (!records.containsKey(record)) {
            throw new Refusal(404, 81044, "Record does not exist.");
        }
    }

    private DnsRecord read(Answer body) {
        var record = new DnsRecord(
                body.textOr("type", ""),
                body.textOr("name", ""),
                body.textOr("content", ""),
                body.is("proxied"),
                body.textOr("comment", ""));
        if (!new Zone(id, name, "active").has(record.name()) || record.comment().length() > COMMENT_MAX) {
            throw new Refusal(400, 1004, "DNS Validation Error");
        }
        return record;
    }

    private void requireRoom(DnsRecord record, String except) {
        records.forEach((other, there) -> {
            if (other.equals(except) || !there.name().equals(record.name())) {
                return;
            }
            boolean addresses = ADDRESSES.contains(there.type()) && ADDRESSES.contains(record.type());
            if (there.type().equals(record.type()) && there.content().equals(record.content())) {
                throw new Refusal(400, 81058, "An identical record already exists.");
            }
            if (!addresses && hosts(there) && hosts(record)) {
                throw new Refusal(400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
            }
        });
    }

    private static boolean hosts(DnsRecord record) {
        return ADDRESSES.contains(record.type()) || record.type().equals("CNAME");
    }

    private static Tree tree(String id, DnsRecord record) {
        return Tree.of("id", id)
                .put("type", record.type())
                .put("name", record.name())
                .put("content", record.content())
                .put("proxied", record.proxied())
                .put("ttl", 1)
                .put("comment", record.comment());
    }
}
