package dev.rookery.proxy.cloudflare;

import dev.rookery.proxy.internal.cloudflare.ApiCalls;
import java.util.List;

/** Calls about the records of one zone. Thread-safe. */
public final class DnsRecords {

    private final ApiCalls calls;
    private final String zoneId;

    DnsRecords(ApiCalls calls, String zoneId) {
        this.calls = calls;
        this.zoneId = zoneId;
    }

    /** Returns all records. */
    public List<DnsRecord.Stored> list() {
        return calls.records(zoneId);
    }

    /** Makes a record. Not repeated by itself: whether it was made is not known if no answer comes. */
    public DnsRecord.Stored create(DnsRecord record) {
        return calls.createRecord(zoneId, record);
    }

    /** Replaces what a record says. */
    public DnsRecord.Stored replace(String id, DnsRecord record) {
        return calls.replaceRecord(zoneId, id, record);
    }

    /** Removes a record; one that is not there is as good as removed. */
    public void delete(String id) {
        calls.deleteRecord(zoneId, id);
    }

    /** Does all changes or none. Not repeated by itself. */
    public void batch(RecordBatch batch) {
        calls.batch(zoneId, batch);
    }
}
