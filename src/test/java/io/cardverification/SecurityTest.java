package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.cardverification.documentation.Documents;

/** Each claim of SECURITY.md names the tests that hold it, and there they are. */
class SecurityTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");

    /** The rows of its tables, but for headings: threat, answer, held by. */
    private static List<String[]> claims() throws IOException {
        try (var lines = Files.lines(Documents.SECURITY)) {
            return lines.filter(line -> line.startsWith("| ") && !line.startsWith("| Threat |"))
                    .map(line -> line.substring(1).split("\\|", -1)).toList();
        }
    }

    private static Set<String> tests() throws IOException {
        try (var files = Files.walk(Path.of("src", "test", "java"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", "")).collect(Collectors.toSet());
        }
    }

    private static List<String> named(String text) {
        return NAMED.matcher(text).results().map(each -> each.group(1)).toList();
    }

    @Test
    void every_claim_names_a_test_that_holds_it() throws IOException {
        assertThat(claims()).hasSizeGreaterThan(20).allSatisfy(claim -> {
            assertThat(claim).as(claim[0]).hasSize(4);
            assertThat(named(claim[2])).as(claim[0]).isNotEmpty();
        });
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        assertThat(tests()).containsAll(named(Files.readString(Documents.SECURITY)));
    }
}
