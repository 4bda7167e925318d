package io.cardverification.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.documentation.Prose.Sentence;

/** Bounds the share of sentences that are not plain English. A failure lists them with file and line. */
class ProseTest {

    private static final double MAX_PERCENT = 4;

    private static double percent(List<Sentence> sentences) {
        return 100.0 * sentences.stream().filter(Sentence::isSuspect).count() / sentences.size();
    }

    private static String report(List<Sentence> sentences) {
        var lines = new StringBuilder();
        sentences.stream().filter(Sentence::isSuspect).forEach(sentence -> {
            var suspect = Prose.SUSPECT.matcher(sentence.text());
            if (suspect.find()) {
                lines.append('\n').append(sentence).append("  <- \"").append(suspect.group().strip()).append('"');
            }
        });
        return "sentences that are not plain English:" + lines + "\n";
    }

    private static void assertPlain(List<Sentence> sentences, double maxPercent) {
        System.out.printf("%d sentences, %.1f %% not plain English%n", sentences.size(), percent(sentences));
        assertThat(sentences).hasSizeGreaterThan(100);
        assertThat(percent(sentences)).as(() -> report(sentences)).isLessThanOrEqualTo(maxPercent);
    }

    @Test
    void documents_are_plain_english() throws IOException {
        var sentences = new ArrayList<Sentence>();
        for (var document : Documents.all()) {
            sentences.addAll(Prose.ofMarkdown(document));
        }
        assertPlain(sentences, MAX_PERCENT);
    }

    @Test
    void comments_are_plain_english() throws IOException {
        var sentences = new ArrayList<Sentence>();
        for (var file : files(Path.of("src", "main", "java"), ".java")) {
            sentences.addAll(Prose.ofJava(file));
        }
        assertPlain(sentences, MAX_PERCENT);
    }

    /** Messages, problem titles, descriptions of metrics and of the API, log lines. */
    @Test
    void texts_are_plain_english() throws IOException {
        var sentences = new ArrayList<Sentence>();
        for (var file : files(Path.of("src", "main", "java"), ".java")) {
            sentences.addAll(Prose.ofJavaStrings(file, Files.readString(file)));
        }
        assertPlain(sentences, MAX_PERCENT);
    }

    @Test
    void configuration_comments_are_plain_english() throws IOException {
        var sentences = new ArrayList<Sentence>();
        for (var file : files(Path.of("k8s"), ".yaml")) {
            sentences.addAll(Prose.ofConfiguration(file));
        }
        for (var file : files(Path.of("src", "main", "docker"), "")) {
            sentences.addAll(Prose.ofConfiguration(file));
        }
        sentences.addAll(Prose.ofConfiguration(Path.of("src", "main", "resources", "application.properties")));
        assertPlain(sentences, MAX_PERCENT);
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(each -> each.toString().endsWith(suffix)).sorted().toList();
        }
    }

    /** Else the bound would ask for more than good technical English has. */
    @Test
    void jdk_comments_are_plain_english() throws IOException {
        var source = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        assumeThat(source).exists();
        var sentences = new ArrayList<Sentence>();
        try (var zip = new ZipFile(source.toFile())) {
            for (var entry : zip.stream().filter(each -> each.getName().startsWith("java.net.http/")
                    && each.getName().endsWith(".java")).toList()) {
                try (var in = zip.getInputStream(entry)) {
                    sentences.addAll(
                            Prose.ofJava(Path.of(entry.getName()), new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        assertPlain(sentences, MAX_PERCENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Whatever answers from a sandbox says so in a header of every answer.",
            "It never turns back, but for what is asked again, which takes a new turn.",
            "Where somebody is left it goes on; of all else nothing remains.",
            "Late, so that who has configured nothing at all is told of the upstream's keys first.",
            "Nothing is sent for a while, and who waits or comes is told so.",
            "The upstream answered what is no answer to the question.",
            "X must be the name of a setting, but there is none such." })
    void riddles_are_suspect(String sentence) {
        assertThat(Prose.SUSPECT.matcher(sentence).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Every routed response carries X when the upstream is the sandbox.",
            "A request only moves forward; only a retry re-enters the queue.",
            "Keeps the task if waiters remain or the request was sent; otherwise completes it with its last failure.",
            "Retry-After while half-open; the probe usually finishes within a second.",
            "Runs last, so that missing upstream credentials are reported first.",
            "The upstream returned an invalid response, and the gateway closes the connection.",
            "Callers that disconnect while they wait get no answer." })
    void plain_sentences_are_not_suspect(String sentence) {
        assertThat(Prose.SUSPECT.matcher(sentence).find()).isFalse();
    }

    @Test
    void adjacent_string_literals_are_one_text() {
        var source = """
                class X {
                    // No comment is a text of the program.
                    String s = "One sentence in two \\"literals\\","
                            + " and on two lines";
                    String t = "%s is another sentence of five words" + s + "and this is a third one";
                }
                """;
        assertThat(Prose.ofJavaStrings(Path.of("X.java"), source)).extracting(Sentence::line, Sentence::text).containsExactly(
                tuple(3, "One sentence in two literals , and on two lines"),
                tuple(5, "%s is another sentence of five words"),
                tuple(5, "and this is a third one"));
    }

    @Test
    void sentences_have_the_line_that_they_begin_in() {
        var source = """
                package x;

                /**
                 * One sentence that has {@code some code} in it. Another one,
                 * which takes two lines.
                 *
                 * @param x the third sentence of this comment
                 */
                class X {
                    String s = "// none of this is one";
                    // The fourth takes two lines,
                    // and this is the second.
                }
                """;
        assertThat(Prose.ofJava(Path.of("X.java"), source)).extracting(Sentence::line, Sentence::text).containsExactly(
                tuple(4, "One sentence that has X in it."),
                tuple(4, "Another one, which takes two lines."),
                tuple(7, "the third sentence of this comment"),
                tuple(11, "The fourth takes two lines, and this is the second."));
    }
}
