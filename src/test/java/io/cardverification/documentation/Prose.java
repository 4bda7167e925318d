package io.cardverification.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds sentences of comments and documents that are not plain English, by one crude regular expression.
 *
 * <p>
 * The expression reports free relatives ("who asks is told"), "where" for "if", indefinite persons ("nobody") and archaic idiom
 * ("of all else"). It also reports some correct sentences: in the JDK and in Vert.x 1 to 2 % of all sentences. So the tests
 * bound
 * its share and do not forbid it.
 *
 * <p>
 * The source is masked, not cut: code becomes {@code X}, all other text becomes blank, and every character keeps its place.
 * Therefore the line of each sentence is known.
 */
final class Prose {

    /** A sentence and its position. */
    record Sentence(Path file, int line, String text) {

        boolean isSuspect() {
            return SUSPECT.matcher(text).find();
        }

        @Override
        public String toString() {
            return file + ":" + line + ": " + text;
        }
    }

    static final Pattern SUSPECT = Pattern.compile(
            """
                    # A free relative: a pronoun without the noun that it stands for.
                    (?: ^ | [;:(]\\s | ,\\s(?:and\\s|or\\s|but\\s|so\\s|then\\s)?
                      | \\b(?:and|or|but|of|for|to|by|from|than|that|if|so|as|with|unless|then|nor|until|when|since|because|besides?
                           |even|only|not|is|are|be)\\s )
                        (?:who|whoever|whomever|whatever)\\s
                    | (?: ^ | [;:(]\\s | ,\\s
                      | \\b(?:and|or|but|of|for|to|by|from|than|that|if|so|as|with|unless|nor|until|when|since|because|besides?|all|only
                           |not|is|are|be|in|on|at|like|between|against|without)\\s )
                        what\\s
                    | \\bwhat\\s(?:is|was|are|were|has|had)\\s(?:been|no|none|not|known|left|said|asked|sent|shown|held|kept)\\b
                    | \\b(?:answer|answers|answered|sends?|sent|takes|reads?|holds?|keeps?|costs?|refuses?|refused|bounds?|counts?)\\swhat\\b
                    | \\b(?:those|all|he|one|them|any)\\s(?:who|whom|that\\s(?:is|are|was|were|has|have|had|comes?|waits?|they|it))\\b
                    # "Where" for "if".
                    | (?: ^ | [;,]\\s | \\b(?:only|even|but|and|or|not|except|unless)\\s ) where\\s
                    | \\bwhere\\s(?:it|they|he|one|there|nothing|no|not|absent|neither|negative)\\b
                    # Indefinite persons.
                    | \\b(?:nobody|somebody|anybody|everybody|none\\ssuch|whosoever|himself|his)\\b
                    # Archaic forms and idiom.
                    | \\b(?:nothing\\sbut|all\\sbut|(?:but|save)\\s(?:for|to|of|by|in|at|where|what|who|when)|but\\san?
                         |(?:all|what|who|nobody|whatever)\\selse|in\\searnest
                         |(?:is|are|was|were|be|been|being)\\s(?:not\\s)?told|told\\sso|(?:is|are|was|has|have)\\snone|none\\sis
                         |(?:is|are)\\s(?:not\\s)?to\\sbe|to\\sbe\\shad|all\\sthe\\ssame|beyond\\srecall|of\\s(?:its|their)\\sown\\saccord
                         |lest|hence|whence|therein|whereof|thereof|as\\sit\\swere|befalls?|for\\sit\\s(?:is|has|was)
                         |go(?:es)?\\son|went\\son|bears?|mend(?:s|ed)?|nor\\s(?:is|are|does|has|can|what|who)
                         |however\\s(?:it|much|many|long|often|they)|once\\sand\\sfor\\sall|of\\sours|says\\sno|a\\sgood\\smany
                         |at\\sone\\sstroke|the\\slesser|the\\s(?:caller|upstream|gateway|sandbox|operator|pacer)'s\\s(?:own|word))\\b
                    # A genitive without its noun.
                    | \\b(?:caller|upstream|gateway|sandbox|operator|pacer)'s(?=[,.;:)]|$|\\s(?:and|or|is|are|to)\\b)
                    """,
            Pattern.COMMENTS | Pattern.CASE_INSENSITIVE);

    /** Shorter ones are headings and labels. */
    private static final int LEAST_WORDS = 5;

    /** Stands where a sentence cannot continue. */
    private static final char BREAK = '\0';

    private static final Pattern JAVA_TOKEN = Pattern.compile(
            "(?<comment>/\\*.*?\\*/|//[^\\n]*)|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'",
            Pattern.DOTALL);
    /** Quotation marks and escapes. */
    private static final Pattern STRING_MARKS = Pattern.compile("\"\"\"|\"|\\\\.");
    private static final Pattern CONFIGURATION_MARKS = Pattern.compile("(?m)^[ \\t]*(?:#+|(?:summary|description):)");
    private static final Pattern CONFIGURATION_CODE = Pattern
            .compile("(?m)^(?![ \\t]*(?:#|(?:summary|description):))[ \\t]*\\S.*$|^[ \\t]*#[ \\t]*$");
    private static final Pattern COMMENT_MARKS = Pattern.compile("(?m)^[ \\t]*(?:/\\*+|\\*+/|\\*|//+)|/\\*+|\\*+/|^//+");
    private static final Pattern JAVADOC_CODE = Pattern.compile("\\{@(?:code|link|linkplain|value)\\s[^{}]*}");
    private static final Pattern JAVADOC_BREAK = Pattern
            .compile("<pre>.*?</pre>|</?(?:p|td|tr|th|li|ul|ol|table|caption|h\\d)\\b[^>]*>|(?m:^[ \\t]*@(?:param\\s+)?\\S+)",
                    Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("</?[a-z][^>]*>|\\{@\\w+|}");
    private static final Pattern MARKDOWN_CODE = Pattern.compile("`[^`]+`");
    private static final Pattern MARKDOWN_BREAK = Pattern.compile("\\||(?m:^ *(?:[-*]|\\d+\\.|#+) )");
    private static final Pattern LINK_TARGET = Pattern.compile("(?<=])\\([^)\\s]+\\)");

    private static final Pattern SENTENCE_END = Pattern
            .compile("\\x00+|\\n[ \\t]*\\n|(?<=[.!?;]|[.!?][\")'])\\s+(?=[A-Z\"(*\\[])");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z'’-]*");

    private Prose() {
    }

    static List<Sentence> ofJava(Path file) throws IOException {
        return ofJava(file, Files.readString(file));
    }

    static List<Sentence> ofJava(Path file, String source) {
        var comments = new StringBuilder(source.replaceAll("\\S", "\0"));
        var tokens = JAVA_TOKEN.matcher(source);
        while (tokens.find()) {
            if (tokens.group("comment") != null) {
                comments.replace(tokens.start(), tokens.end(), comment(tokens.group()));
            }
        }
        return sentences(file, comments.toString());
    }

    /** The texts of a program: its string literals, joined if only a plus sign is between them. */
    static List<Sentence> ofJavaStrings(Path file, String source) {
        var texts = new StringBuilder(source.replaceAll("\\S", "\0"));
        var tokens = JAVA_TOKEN.matcher(source);
        var end = 0;
        while (tokens.find()) {
            if (tokens.group().startsWith("\"")) {
                if (source.substring(end, tokens.start()).matches("\\s*\\+\\s*")) {
                    texts.replace(end, tokens.start(), source.substring(end, tokens.start()).replace('+', ' '));
                }
                texts.replace(tokens.start(), tokens.end(), mask(tokens.group(), STRING_MARKS, ' '));
                end = tokens.end();
            }
        }
        return sentences(file, texts.toString());
    }

    /** The comments of properties, YAML files and Dockerfiles, and the annotations of alerts. */
    static List<Sentence> ofConfiguration(Path file) throws IOException {
        return sentences(file, mask(mask(Files.readString(file), CONFIGURATION_CODE, BREAK), CONFIGURATION_MARKS, ' '));
    }

    private static String comment(String comment) {
        var text = mask(comment, COMMENT_MARKS, ' ');
        text = mask(text, JAVADOC_CODE, 'X');
        text = mask(text, JAVADOC_BREAK, BREAK);
        return mask(text, TAG, ' ');
    }

    static List<Sentence> ofMarkdown(Path file) throws IOException {
        var text = mask(Files.readString(file), Documents.CODE_BLOCK, BREAK);
        text = mask(text, MARKDOWN_CODE, 'X');
        text = mask(text, LINK_TARGET, ' ');
        return sentences(file, mask(text, MARKDOWN_BREAK, BREAK));
    }

    /** Replaces each match by one mark and blanks; keeps line feeds. */
    private static String mask(String text, Pattern pattern, char mark) {
        return pattern.matcher(text).replaceAll(match -> mark + match.group().substring(1).replaceAll("[^\\n]", " "));
    }

    private static List<Sentence> sentences(Path file, String text) {
        var sentences = new ArrayList<Sentence>();
        var ends = SENTENCE_END.matcher(text);
        var begin = 0;
        while (begin < text.length()) {
            var found = ends.find();
            add(sentences, file, text, begin, found ? ends.start() : text.length());
            begin = found ? ends.end() : text.length();
        }
        return sentences;
    }

    private static void add(List<Sentence> sentences, Path file, String text, int begin, int end) {
        var sentence = text.substring(begin, end).replaceAll("\\s+", " ").strip();
        if (WORD.matcher(sentence).results().count() >= LEAST_WORDS && !sentence.endsWith("?")) {
            var start = begin;
            while (Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            var line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
            sentences.add(new Sentence(file, line, sentence));
        }
    }
}
