package dev.rookery.build.tiers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what the test JVMs of all modules left in their {@code target} folders and says what ran and what did not. */
public final class Summary {
    private static final String NOT_OFFERED = "not offered: ";
    private static final Set<String> NOT_A_MODULE = Set.of("src", "node_modules", ".git", ".rookery");

    private final Map<String, int[]> ranByModule = new TreeMap<>();
    private final Map<String, Set<String>> leftOutByReason = new TreeMap<>();
    private final Map<String, Set<String>> notOffered = new TreeMap<>();

    private Summary() {}

    /**
     * Prints the summary of a project.
     *
     * @param args the project's root folder
     * @throws IOException if a report cannot be read
     */
    public static void main(String[] args) throws IOException {
        System.out.print(of(Path.of(args[0]).toAbsolutePath().normalize()));
    }

    static String of(Path root) throws IOException {
        Summary summary = new Summary();
        for (Path target : targets(root)) {
            String module = root.relativize(target.getParent()).toString();
            summary.read(module.isEmpty() ? "." : module, target);
        }
        return summary.text();
    }

    private static List<Path> targets(Path root) throws IOException {
        List<Path> targets = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                if (name.equals("target")) {
                    targets.add(folder);
                    // Builds within the build: those of the consumers.
                    return Files.isDirectory(folder.resolve("builds"))
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }
                return !folder.equals(root) && NOT_A_MODULE.contains(name)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }
        });
        return targets;
    }

    private void read(String module, Path target) throws IOException {
        Path reports = target.resolve("surefire-reports");
        if (Files.isDirectory(reports)) {
            try (Stream<Path> files = Files.list(reports)) {
                for (Path report : files.filter(Summary::isReport).toList()) {
                    count(module, report);
                }
            }
        }
        Path leftOut = target.resolve(LeftOutListener.FILE);
        if (Files.exists(leftOut)) {
            for (String line : Files.readAllLines(leftOut)) {
                String[] parts = line.split("\t", 2);
                String reason = parts[parts.length - 1];
                Map<String, Set<String>> byReason = reason.startsWith(NOT_OFFERED) ? notOffered : leftOutByReason;
                byReason.computeIfAbsent(reason, absent -> new TreeSet<>()).add(module + ": " + parts[0]);
            }
        }
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-") && name.endsWith(".xml");
    }

    private void count(String module, Path report) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            xml.nextTag();
            int[] ran = ranByModule.computeIfAbsent(module, name -> new int[2]);
            int skipped = number(xml, "skipped");
            ran[0] += number(xml, "tests") - skipped;
            ran[1] += number(xml, "failures") + number(xml, "errors");
        } catch (XMLStreamException e) {
            throw new IOException(report + " is not a test report", e);
        }
    }

    private static int number(XMLStreamReader xml, String attribute) {
        String value = xml.getAttributeValue(null, attribute);
        return value == null ? 0 : Integer.parseInt(value);
    }

    private String text() {
        StringBuilder text = new StringBuilder("\nTests that ran\n");
        ranByModule.forEach((module, ran) -> text.append(String.format("  %-40s %6d", module, ran[0]))
                .append(ran[1] == 0 ? "\n" : "  (" + ran[1] + " failed)\n"));
        if (!notOffered.isEmpty()) {
            list(text, "Contract tests that ask for more than the subject offers", notOffered);
        }
        if (leftOutByReason.isEmpty()) {
            return text.append("Nothing was left out.\n").toString();
        }
        return list(text, "Left out", leftOutByReason).toString();
    }

    private static StringBuilder list(StringBuilder text, String title, Map<String, Set<String>> testsByReason) {
        text.append(title).append('\n');
        testsByReason.forEach((reason, tests) -> {
            text.append("  ").append(reason).append('\n');
            tests.forEach(test -> text.append("    ").append(test).append('\n'));
        });
        return text;
    }
}
