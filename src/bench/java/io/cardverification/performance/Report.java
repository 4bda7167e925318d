package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A Markdown file of sections, of which each is kept until it is measured anew. */
final class Report {

    static final Path FOLDER = Path.of("src", "bench", "results");

    private static final Path FILE = FOLDER.resolve("performance.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## ");

    private final Map<String, String> sections = new LinkedHashMap<>();

    Report() throws IOException {
        Files.createDirectories(FOLDER);
        if (Files.exists(FILE)) {
            HEADING.splitAsStream(Files.readString(FILE)).skip(1).forEach(section -> {
                var end = section.indexOf('\n');
                sections.put(section.substring(0, end), section.substring(end).strip());
            });
        }
    }

    /** It is in the file at once, whatever becomes of those that follow. */
    void put(String title, String text) throws IOException {
        sections.put(title, text.strip());
        var all = new StringBuilder("# Performance\n");
        sections.forEach((heading, section) -> all.append("\n## ").append(heading).append("\n\n").append(section).append('\n'));
        Files.writeString(FILE, all);
    }
}
