package io.cardverification.cloudapi;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.cardverification.testing.Node;
import io.vertx.core.json.JsonArray;

/** Runs the official SDK for Node.js in another process. */
final class NodeSdk {

    private NodeSdk() {
    }

    /** @param calls in the format of {@code ask.js} */
    static JsonArray ask(JsonArray calls) throws Exception {
        var node = Node.process("node", "ask.js")
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
