package io.cardverification.pacing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.cardverification.testing.FreePorts;
import io.vertx.core.Vertx;

/** {@code limit_req} of nginx, as a proxy in front of the sandbox. */
final class NginxCandidate {

    private NginxCandidate() {
    }

    static Optional<Path> binary() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx").map(Path::of)
                .filter(Files::isExecutable).findFirst();
    }

    static LimiterCandidate start(Vertx vertx, int sandboxPort, Path binary) {
        try {
            var port = FreePorts.one();
            var nginx = process(binary, port, sandboxPort);
            var wire = new BenchClient(vertx, port);
            return new LimiterCandidate() {
                @Override
                public String name() {
                    return "nginx limit_req";
                }

                @Override
                public Runnable ask(int card, Consumer<Boolean> done) {
                    var told = new AtomicBoolean();
                    CompletableFuture<Boolean> asked = wire.send(card, () -> {
                    });
                    var unused = asked.whenComplete((admitted, failure) -> {
                        if (!told.getAndSet(true)) {
                            done.accept(failure == null && admitted);
                        }
                    });
                    return () -> asked.cancel(true);
                }

                @Override
                public void close() {
                    wire.cut();
                    nginx.destroy();
                }
            };
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process process(Path binary, int port, int sandboxPort) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("bench-nginx");
        var configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                worker_processes 1;
                error_log %1$s/error.log;
                pid %1$s/pid;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    client_body_temp_path %1$s;
                    proxy_temp_path %1$s;
                    fastcgi_temp_path %1$s;
                    uwsgi_temp_path %1$s;
                    scgi_temp_path %1$s;
                    limit_req_zone $server_name zone=upstream:1m rate=20r/s;
                    upstream sandbox { server localhost:%3$d; keepalive 64; }
                    server {
                        listen localhost:%2$d;
                        server_name localhost;
                        limit_req zone=upstream burst=2000;
                        location / {
                            proxy_pass http://sandbox;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_set_header Host $http_host;
                        }
                    }
                }
                """.formatted(folder, port, sandboxPort));
        var process = new ProcessBuilder(binary.toString(), "-c", configuration.toString(), "-p", folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
        Ports.awaitOpen(port, process);
        return process;
    }
}
