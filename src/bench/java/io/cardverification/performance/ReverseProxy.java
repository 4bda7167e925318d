package io.cardverification.performance;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.httpproxy.HttpProxy;

/** The least that a program on Vert.x does between a caller and an upstream: Vert.x' own proxy, an event loop per processor. */
final class ReverseProxy extends AbstractVerticle {

    private static final int CONNECTIONS = 256;

    private final int port;
    private final int upstreamPort;

    private ReverseProxy(int port, int upstreamPort) {
        this.port = port;
        this.upstreamPort = upstreamPort;
    }

    @Override
    public void start(Promise<Void> started) {
        var client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
        vertx.createHttpServer().requestHandler(HttpProxy.reverseProxy(client).origin(upstreamPort, "127.0.0.1"))
                .listen(port, "localhost").<Void> mapEmpty().onComplete(started);
    }

    /** @param arguments its own port and the upstream's */
    public static void main(String[] arguments) {
        var loops = Runtime.getRuntime().availableProcessors();
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops))
                .deployVerticle(() -> new ReverseProxy(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])),
                        new DeploymentOptions().setInstances(loops))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }
}
