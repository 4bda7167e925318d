package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.ca.CaGenerator;
import io.vertx.core.json.JsonObject;

/** The packaged gateway in front of an upstream that speaks TLS, as Tencent Cloud does. */
class HttpsUpstreamIT extends PackagedGateway {

    private static final String UPSTREAM = "upstream";
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final String PASSWORD = "certificate";
    private static final byte[] PASSED = ("{\"Response\":{\"Result\":\"0\",\"Description\":\"Authentication passed\","
            + "\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}").getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger received = new AtomicInteger();

    private record Authority(X509Certificate certificate, PrivateKey key, Path file) {
    }

    private Authority authority(String name) throws Exception {
        var file = folder.resolve(name + ".crt");
        var store = folder.resolve(name + ".p12").toFile();
        var certificate = new CaGenerator(file.toFile(), folder.resolve(name + ".key").toFile(), store, PASSWORD)
                .generate(name, "Example", "Tests", "Town", "State", "XX");
        var key = KeyStore.getInstance(store, PASSWORD.toCharArray()).getKey(CaGenerator.KEYSTORE_KEY_ENTRY,
                PASSWORD.toCharArray());
        return new Authority(certificate, (PrivateKey) key, file);
    }

    private void generate(Authority issuer, String host, Duration validity) throws Exception {
        new CertificateGenerator(folder, true).generate(new CertificateRequest().withName(UPSTREAM).withPassword(PASSWORD)
                .withFormat(Format.PKCS12).withCN(host).withSubjectAlternativeName("DNS:" + host).withDuration(validity)
                .signedWith(issuer.certificate(), issuer.key()));
    }

    private HttpsServer serve() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(folder.resolve(UPSTREAM + "-keystore.p12").toFile(), PASSWORD.toCharArray()),
                PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            received.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, PASSED.length);
            exchange.getResponseBody().write(PASSED);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** @param trusted without it, the gateway trusts the authorities that its platform trusts */
    private HttpResponse<String> answer(@Nullable Authority trusted) throws Exception {
        var server = serve();
        var port = FreePorts.one();
        var process = startInFrontOf(server, port, trusted);
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            return ask(client, port, "6222000000000000").get(60, TimeUnit.SECONDS);
        } finally {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
            server.stop(0);
        }
    }

    private Process startInFrontOf(HttpsServer server, int port, @Nullable Authority trusted) throws IOException {
        var properties = new ArrayList<>(List.of("-Dquarkus.http.port=" + port,
                "-Dgateway.upstream.endpoint=https://localhost:" + server.getAddress().getPort(),
                "-Dgateway.upstream.secret-id=AKIDEXAMPLE", "-Dgateway.upstream.secret-key=EXAMPLEKEY",
                "-Dgateway.callers.anonymous=true", "-Dgateway.pacing.start-saturated=false"));
        if (trusted != null) {
            properties.add("-Dquarkus.rest-client.tencentcloud.tls-configuration-name=upstream");
            properties.add("-Dquarkus.tls.upstream.trust-store.pem.certs=" + trusted.file());
        }
        return start(properties.toArray(String[]::new));
    }

    private void assertNothingSent(HttpResponse<String> answer) throws IOException {
        var problem = new JsonObject(answer.body());
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(problem.getString("type")).isEqualTo("urn:problem:card-verification:upstream-unreachable");
        assertThat(problem.getBoolean("charged")).isFalse();
        assertThat(received).hasValue(0);
        assertThat(Files.readString(folder.resolve("log"))).contains("\"charge\":\"not-sent\"");
    }

    @Test
    void request_goes_to_a_trusted_upstream() throws Exception {
        var authority = authority("authority");
        generate(authority, "localhost", A_DAY);
        var answer = answer(authority);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getString("outcome")).isEqualTo("passed");
        assertThat(received).hasValue(1);
    }

    @Test
    void upstream_untrusted_by_the_platform_gets_no_request() throws Exception {
        generate(authority("authority"), "localhost", A_DAY);
        assertNothingSent(answer(null));
    }

    @Test
    void upstream_of_another_authority_gets_no_request() throws Exception {
        generate(authority("authority"), "localhost", A_DAY);
        assertNothingSent(answer(authority("another")));
    }

    @Test
    void upstream_with_expired_certificate_gets_no_request() throws Exception {
        var authority = authority("authority");
        generate(authority, "localhost", A_DAY.negated());
        assertNothingSent(answer(authority));
    }

    @Test
    void upstream_with_another_host_name_gets_no_request() throws Exception {
        var authority = authority("authority");
        generate(authority, "upstream.example", A_DAY);
        assertNothingSent(answer(authority));
    }
}
