package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.CloudflarePlan;
import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.cloudflare.IngressChange;
import dev.rookery.proxy.cloudflare.RecordChange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What there is to do at Cloudflare for one binding, as the UI sees it. */
record BindingPlanView(
        String binding,
        boolean makesTunnel,
        List<Rule> ingress,
        List<Change> records,
        boolean changes,
        List<FindingView> findings) {

    static BindingPlanView of(CloudflarePlan plan) {
        return new BindingPlanView(
                plan.binding(),
                plan.makesTunnel(),
                plan.ingress().map(BindingPlanView::rules).orElse(List.of()),
                plan.records().stream().map(Change::of).toList(),
                !plan.settled(),
                FindingView.of(plan.findings()));
    }

    private static List<Rule> rules(IngressChange change) {
        var before = Place.of(change.before().config());
        var after = Place.of(change.last());
        var foreign = Set.copyOf(change.foreign());
        return Stream.concat(
                        after.stream().map(rule -> rule.as(before.contains(rule) ? "KEEP" : "ADD", foreign)),
                        before.stream().filter(rule -> !after.contains(rule)).map(rule -> rule.as("REMOVE", foreign)))
                .toList();
    }

    /** A rule of a tunnel as its configuration has it. */
    private record Place(String host, String service) {

        static Set<Place> of(Json.Obj config) {
            var places = new LinkedHashSet<Place>();
            if (config.members().get("ingress") instanceof Json.Array rules) {
                rules.items().forEach(rule -> places.add(new Place(text(rule, "hostname"), text(rule, "service"))));
            }
            return places;
        }

        /** What nobody here wants and stays all the same is somebody else's. */
        Rule as(String change, Set<String> foreign) {
            boolean others = foreign.stream().anyMatch(line -> line.contains(service) && line.contains(host));
            return new Rule(host, service, change.equals("KEEP") && others ? "FOREIGN" : change);
        }

        private static String text(Json rule, String member) {
            return rule instanceof Json.Obj object && object.members().get(member) instanceof Json.Text text
                    ? text.value()
                    : "";
        }
    }

    record Rule(String host, String service, String change) {}

    record Change(String host, String type, String target, RecordChange.Kind change, String said) {

        static Change of(RecordChange change) {
            Optional<DnsRecord> record = change.after().or(() -> change.before().map(DnsRecord.Stored::record));
            return new Change(
                    change.host(),
                    record.map(DnsRecord::type).orElse(""),
                    record.map(DnsRecord::content).orElse(""),
                    change.kind(),
                    change.reason());
        }
    }
}
