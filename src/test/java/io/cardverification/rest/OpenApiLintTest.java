package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cardverification.testing.Node;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

/** Checks the published OpenAPI document by the rules of {@code src/test/node/redocly.yaml}. */
@QuarkusTest
class OpenApiLintTest {

    private static final String[] LINT = { "node", "node_modules/@redocly/cli/bin/cli.js", "lint", "--config=redocly.yaml",
            "--lint-config=error", "--format=json" };

    @TempDir
    Path folder;

    @BeforeEach
    void requireRedocly() throws Exception {
        Node.require("@redocly/cli");
        assumeTrue(Node.runs(LINT[0], LINT[1], "--version"), "Skipped: this Node.js is too old for @redocly/cli");
    }

    private JsonObject lint(String document) throws Exception {
        var file = Files.writeString(folder.resolve("openapi.json"), document);
        var command = Stream.concat(Arrays.stream(LINT), Stream.of(file.toString()))
                .toArray(String[]::new);
        var process = Node.process(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new JsonObject(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void published_document_has_no_lint_warning() throws Exception {
        var document = given().get("/q/openapi?format=json").asString();
        assertThat(lint(document).getJsonArray("problems")).isEmpty();
        var worse = document.replaceFirst("\"operationId\"[^,]*,", "");
        assertThat(lint(worse).getJsonArray("problems")).isNotEmpty();
    }
}
