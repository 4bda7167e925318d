package io.cardverification.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The documents of this repository, and the parts of them that tests execute. */
public final class Documents {

    public static final Path README = Path.of("README.md");
    public static final Path SECURITY = Path.of("SECURITY.md");
    public static final Path SITE = Path.of("src", "site", "markdown");
    public static final Path CONFIGURATION = SITE.resolve("operators").resolve("configuration.md");
    public static final Path RUNBOOK = SITE.resolve("operators").resolve("runbook.md");
    public static final Path UPGRADES = SITE.resolve("operators").resolve("upgrades.md");
    public static final Path HTTP_API = SITE.resolve("callers").resolve("http-api.md");
    public static final Path ERRORS = SITE.resolve("callers").resolve("errors.md");
    public static final Path TEST_CARDS = SITE.resolve("sandbox").resolve("test-cards.md");

    /** A fenced block of code, with its language and its content. */
    static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");

    private Documents() {
    }

    /** README, SECURITY and every page of the site. */
    public static List<Path> all() throws IOException {
        var all = new ArrayList<>(List.of(README, SECURITY));
        try (var files = Files.walk(SITE)) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(all::add);
        }
        return all;
    }

    /** The rows of all tables whose first cell matches, cells without their back-ticks. */
    public static List<List<String>> rows(Path document, String firstCell) throws IOException {
        try (var lines = Files.lines(document)) {
            return lines.filter(line -> line.startsWith("|"))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(cell -> cell.replace("`", "").strip())
                            .toList())
                    .filter(cells -> cells.get(0).matches(firstCell))
                    .toList();
        }
    }

    /** The {@code json} blocks that follow a {@code shell} block: command and documented answer. */
    public static List<Example> examples(Path document) throws IOException {
        var examples = new ArrayList<Example>();
        var command = "";
        var blocks = CODE_BLOCK.matcher(Files.readString(document));
        while (blocks.find()) {
            if (blocks.group(1).equals("json") && !command.isEmpty()) {
                examples.add(new Example(command, blocks.group(2).strip()));
            }
            command = blocks.group(1).equals("shell") ? blocks.group(2).replace("\\\n", "").strip() : "";
        }
        return examples;
    }

    /** A command and the answer that the document shows for it. */
    public record Example(String command, String answer) {
    }
}
