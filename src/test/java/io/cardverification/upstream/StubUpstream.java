package io.cardverification.upstream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** An upstream that records requests and answers as the test says. */
public final class StubUpstream implements QuarkusTestResourceLifecycleManager {

    /** What arrived, to the byte. */
    record Received(Map<String, String> headers, Buffer body) {
    }

    static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
    static final AtomicReference<Consumer<HttpServerRequest>> BEHAVIOUR = new AtomicReference<>();

    private final Vertx vertx = Vertx.vertx();

    static void answers(int status, String contentType, String body) {
        BEHAVIOUR.set(request -> request.response().setStatusCode(status).putHeader("Content-Type", contentType).end(body));
    }

    /** Before whatever is answered, and past the server's own encoder. */
    static void write(HttpServerRequest request, String bytes) {
        var channel = ((ConnectionBase) request.connection()).channel();
        var unused = channel.pipeline().firstContext().writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    static void answers(String json) {
        answers(200, "application/json", json);
    }

    @Override
    public Map<String, String> start() {
        try {
            var server = vertx.createHttpServer().requestHandler(request -> request.body().onSuccess(body -> {
                var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
                request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
                RECEIVED.add(new Received(headers, body));
                // Answers here have all the same request id, which no connection may bring twice.
                request.response().putHeader("Connection", "close");
                BEHAVIOUR.get().accept(request);
            })).listen(0, "localhost").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            return Map.of("gateway.upstream.endpoint", "http://localhost:" + server.actualPort());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        vertx.close();
    }
}
