package io.cardverification.cloudapi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.vertx.core.json.JsonArray;

/** The official SDK for Node.js, in a process of its own. */
final class NodeSdk {

    private static final Path FOLDER = Path.of("src", "test", "node");

    private NodeSdk() {
    }

    /** Skips, and says why, where there is no Node.js; installs the SDK where it is missing, as Maven does with its own. */
    static void require() throws Exception {
        assumeTrue(runs("node", "--version"), "Skipped: Node.js is not installed, so its SDK cannot be tried");
        if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
            assumeTrue(runs("npm", "ci", "--no-audit", "--no-fund"),
                    "Skipped: `npm ci` in src/test/node could not install the SDK for Node.js");
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** @param calls as {@code ask.js} reads them */
    static JsonArray ask(JsonArray calls) throws Exception {
        var node = new ProcessBuilder("node", "ask.js").directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var in = node.getOutputStream()) {
            in.write(calls.encode().getBytes(StandardCharsets.UTF_8));
        }
        var out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!node.waitFor(60, TimeUnit.SECONDS) || node.exitValue() != 0) {
            throw new IllegalStateException("node ask.js failed");
        }
        return new JsonArray(out);
    }
}
