package dev.rookery.api.egg.rule;

import dev.rookery.api.egg.rule.RuleProblem.Reason;
import java.time.ZoneId;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules about addresses and names that are known elsewhere. */
final class AddressChecks {

    private static final Pattern MAC = Pattern.compile(
            "(?i)[0-9a-f]{2}(?:-[0-9a-f]{2}){5}" + "|[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{4}(?:\\.[0-9a-f]{4}){2}");
    private static final Set<String> AREAS = Set.of(
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Europe",
            "Indian",
            "Pacific");

    private AddressChecks() {}

    static @Nullable Check find(ParsedRule rule, LaravelVersion version) throws Check.Refused {
        return switch (rule.key()) {
            case "url" -> url(rule, version);
            case "ip" ->
                new Check(rule, "an IP address", subject -> IpText.v4(subject.text()) || IpText.v6(subject.text()));
            case "ipv4" -> new Check(rule, "an IPv4 address", subject -> IpText.v4(subject.text()));
            case "ipv6" -> new Check(rule, "an IPv6 address", subject -> IpText.v6(subject.text()));
            case "macaddress" ->
                new Check(
                        rule,
                        "a MAC address",
                        subject -> MAC.matcher(subject.text()).matches());
            case "email" -> email(rule, version);
            case "timezone" -> timezone(rule);
            default -> null;
        };
    }

    private static Check url(ParsedRule rule, LaravelVersion version) {
        var urls = UrlText.of(rule.parameters(), version);
        return new Check(
                rule,
                "a URL such as https://example.com/",
                subject -> subject.value() != null && urls.matches(subject.text()));
    }

    private static Check email(ParsedRule rule, LaravelVersion version) throws Check.Refused {
        if (!rule.parameters().isEmpty() && !new Parameters(rule).first("rfc")) {
            throw new Check.Refused(
                    rule, Reason.NOT_CHECKED, "only the form of an address is checked (expected: email)");
        }
        boolean oneLine = version != LaravelVersion.LARAVEL_11;
        return new Check(
                rule,
                "an e-mail address",
                subject -> subject.value() != null && EmailText.valid(subject.text(), oneLine));
    }

    private static Check timezone(ParsedRule rule) throws Check.Refused {
        if (!rule.parameters().isEmpty() && !new Parameters(rule).first("all")) {
            throw new Check.Refused(
                    rule, Reason.NOT_CHECKED, "groups of zones are not told apart (expected: timezone)");
        }
        return new Check(rule, "a time zone such as Europe/Berlin", subject -> zone(subject.text()));
    }

    private static boolean zone(String name) {
        int slash = name.indexOf('/');
        return name.equals("UTC")
                || (slash > 0
                        && AREAS.contains(name.substring(0, slash))
                        && ZoneId.getAvailableZoneIds().contains(name));
    }
}
