package io.cardverification.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What tests need of Node.js, in {@code src/test/node}. */
public final class Node {

    private static final Path FOLDER = Path.of("src", "test", "node");

    private Node() {
    }

    /** Skips, and says why, where there is no Node.js; installs the package where it is missing, as Maven does with its own. */
    public static void require(String name) throws Exception {
        assumeTrue(runs("node", "--version"), "Skipped: Node.js is not installed, so " + name + " cannot be run");
        if (!Files.isDirectory(FOLDER.resolve("node_modules").resolve(name))) {
            assumeTrue(runs("npm", "ci", "--no-audit", "--no-fund"),
                    "Skipped: `npm ci` in src/test/node could not install " + name);
        }
    }

    /** Not started yet. */
    public static ProcessBuilder process(String... command) {
        var process = new ProcessBuilder(command).directory(FOLDER.toFile());
        process.environment().putAll(Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
        return process;
    }

    /** Whether there is such a command, and it succeeds. */
    public static boolean runs(String... command) throws InterruptedException {
        try {
            return process(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
