package io.cardverification.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Checks the structure of the documents: length, links, and the completeness of the runbook. */
class DocumentationTest {

    private static final int MAX_README_LINES = 180;

    private static final List<Path> ALERTS = List.of(Path.of("k8s", "monitoring", "alerts.yaml"),
            Path.of("k8s", "overlays", "replicas", "alerts.yaml"));

    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]+`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private static String withoutCodeBlocks(Path document) throws IOException {
        return Documents.CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<String> links(Path document) throws IOException {
        var prose = INLINE_CODE.matcher(withoutCodeBlocks(document)).replaceAll("");
        return LINK.matcher(prose).results().map(link -> link.group(1)).filter(link -> !link.matches("https?:.*")).toList();
    }

    /** The anchors that GitHub derives from headings. */
    private static Set<String> anchors(Path document) throws IOException {
        var anchors = new HashSet<String>();
        var uses = new HashMap<String, Integer>();
        HEADING.matcher(withoutCodeBlocks(document)).results().forEach(heading -> {
            var slug = heading.group(1).strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
            var use = uses.merge(slug, 1, Integer::sum);
            anchors.add(use == 1 ? slug : slug + "-" + (use - 1));
        });
        return anchors;
    }

    private static Path target(Path document, String link) {
        var file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? document : document.resolveSibling(file).normalize();
    }

    private static boolean resolves(Path document, String link) throws IOException {
        var target = target(document, link);
        var anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
        return Files.exists(target) && (anchor.isEmpty() || anchors(target).contains(anchor));
    }

    @Test
    void readme_has_at_most_180_lines() throws IOException {
        assertThat(Files.readAllLines(Documents.README)).hasSizeLessThanOrEqualTo(MAX_README_LINES);
    }

    @Test
    void every_relative_link_resolves() throws IOException {
        var dead = new ArrayList<String>();
        for (var document : Documents.all()) {
            for (var link : links(document)) {
                if (!resolves(document, link)) {
                    dead.add(document + ": " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void every_page_is_reachable_from_the_readme() throws IOException {
        var reached = new HashSet<Path>(Set.of(Documents.README));
        var next = new ArrayList<Path>(reached);
        while (!next.isEmpty()) {
            var document = next.remove(0);
            for (var link : links(document)) {
                var target = target(document, link);
                if (target.toString().endsWith(".md") && reached.add(target)) {
                    next.add(target);
                }
            }
        }
        assertThat(reached).containsAll(Documents.all());
    }

    @Test
    void runbook_has_an_entry_for_every_alert() throws IOException {
        var alerts = new ArrayList<String>();
        for (var file : ALERTS) {
            new YAMLMapper().readTree(file.toFile()).at("/spec/groups").findValues("alert")
                    .forEach(alert -> alerts.add(alert.asText()));
        }
        var runbook = Files.readString(Documents.RUNBOOK);
        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> assertThat(section(runbook, alert))
                .containsPattern("Severity: (page|ticket)").contains("Look at").contains("Do"));
        var headings = HEADING.matcher(runbook).results().map(heading -> heading.group(1))
                .filter(heading -> heading.startsWith("CardVerification"));
        assertThat(headings).as("no entry for an alert that does not exist").containsExactlyInAnyOrderElementsOf(alerts);
    }

    private static String section(String runbook, String alert) {
        var begin = runbook.indexOf("\n### " + alert + "\n");
        assertThat(begin).as("section %s", alert).isNotNegative();
        var end = runbook.indexOf("\n##", begin + 1);
        return runbook.substring(begin, end < 0 ? runbook.length() : end);
    }
}
