package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.cardverification.testing.FreePorts;

/** nginx as a proxy with one worker, where it is installed. */
final class Nginx {

    private static final String CONFIGURATION = """
            daemon off;
            worker_processes 1;
            error_log stderr;
            pid pid;
            events { worker_connections 4096; }
            http {
                access_log off;
                keepalive_requests 1000000000;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                upstream stub {
                    server 127.0.0.1:%2$d;
                    keepalive 256;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:%1$d backlog=1024;
                    location / {
                        proxy_pass http://stub;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                    }
                }
            }
            """;

    private Nginx() {
    }

    static Optional<ServerProcess> start(StubServer stub, Cores cores) throws IOException, InterruptedException {
        var program = Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx").map(Path::of)
                .filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        var folder = Files.createDirectories(Path.of("target", "bench-nginx").toAbsolutePath());
        var port = FreePorts.one();
        var configuration = Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(port, stub.port()));
        return Optional
                .of(new ServerProcess("nginx", port, cores.pinned(List.of(program.get().toString(), "-p", folder.toString(),
                        "-e", "stderr", "-c", configuration.toString()))));
    }
}
