package io.cardverification.testing;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A port that leads to another one of this host, until a test cuts it. Threads: any. */
public final class CuttableProxy implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final NetServer server;
    private volatile boolean isCut;

    public CuttableProxy(Vertx vertx, int target, boolean isCut) throws Exception {
        this.isCut = isCut;
        var client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(near -> {
            near.pause();
            client.connect(target, "localhost").onSuccess(far -> {
                sockets.add(near);
                sockets.add(far);
                near.pipeTo(far);
                far.pipeTo(near);
                near.closeHandler(closed -> far.close());
                far.closeHandler(closed -> near.close());
                closeIfCut();
            }).onFailure(failure -> near.close());
        });
        server.listen(0, "localhost").toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public int port() {
        return server.actualPort();
    }

    /** Closes all connections, and every new one. */
    public void cut() {
        isCut = true;
        closeIfCut();
    }

    public void restore() {
        isCut = false;
    }

    private void closeIfCut() {
        if (isCut) {
            sockets.forEach(NetSocket::close);
            sockets.clear();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
