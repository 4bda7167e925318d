package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import jakarta.enterprise.inject.spi.CDI;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.restassured.RestAssured;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;

/** TLS handshakes with generated certificates. */
@QuarkusTest
@TestProfile(TlsTest.Mutual.class)
class TlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    /** Only TLS, and only with a client certificate. */
    public static final class Mutual implements QuarkusTestProfile {

        static final Path FOLDER = folder();

        private static Path folder() {
            try {
                return Files.createTempDirectory("tls");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void certify() throws Exception {
            new CertificateGenerator(FOLDER, true).generate(new CertificateRequest().withName("gateway").withCN("localhost")
                    .withFormat(Format.PEM).withFormat(Format.PKCS12).withPassword(new String(PASSWORD))
                    .withClientCertificate());
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                certify();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            var settings = new HashMap<>(
                    Map.of("gateway.pacing.limit", "1", "gateway.pacing.window", "1h", "gateway.pacing.max-wait", "3h",
                            "quarkus.http.idle-timeout", "4h"));
            settings.putAll(Map.of("quarkus.tls.edge.key-store.pem.0.cert", FOLDER.resolve("gateway.crt").toString(),
                    "quarkus.tls.edge.key-store.pem.0.key", FOLDER.resolve("gateway.key").toString(),
                    "quarkus.tls.edge.trust-store.pem.certs", FOLDER.resolve("gateway-server-ca.crt").toString(),
                    "quarkus.tls.edge.reload-period", "500ms", "quarkus.tls.edge.protocols", "TLSv1.3,TLSv1.2",
                    "quarkus.http.tls-configuration-name", "edge",
                    "quarkus.http.insecure-requests", "disabled",
                    "gateway.http.client-certificate-required", "true"));
            return settings;
        }
    }

    private static KeyStore store(String name) throws Exception {
        try (var file = Files.newInputStream(Mutual.FOLDER.resolve(name))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD);
            return store;
        }
    }

    private static SSLSocket connect(boolean hasCertificate) throws Exception {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("gateway-client-truststore.p12"));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store("gateway-client-keystore.p12"), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(hasCertificate ? keys.getKeyManagers() : new KeyManager[0], trust.getTrustManagers(), new SecureRandom());
        return (SSLSocket) context.getSocketFactory().createSocket("localhost", port());
    }

    /** REST Assured knows the TLS port if there is no plain port. */
    private static int port() {
        var listening = ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
        return listening > 0 ? listening : RestAssured.port;
    }

    private static String ask(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.isEmpty()) {
                throw new EOFException("closed without an answer");
            }
            return answer;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
    void serves_only_clients_with_a_certificate(String version) throws Exception {
        var known = connect(true);
        known.setEnabledProtocols(new String[] { version });
        assertThat(ask(known)).startsWith("HTTP/1.1 404 ").containsIgnoringCase("Strict-Transport-Security: max-age=31536000");

        var unknown = connect(false);
        unknown.setEnabledProtocols(new String[] { version });
        assertThatThrownBy(() -> ask(unknown)).isInstanceOf(IOException.class);
    }

    @Test
    @DisabledOnIntegrationTest("it looks into the registry")
    void rejects_tls_below_1_2_and_plain_http() throws Exception {
        var registry = CDI.current().select(TlsConfigurationRegistry.class).get();
        assertThat(registry.get("edge").orElseThrow().getSSLOptions().getEnabledSecureTransportProtocols())
                .isSubsetOf("TLSv1.2", "TLSv1.3");
        assertThatThrownBy(() -> assertThat(ask(new Socket("localhost", port()))).startsWith("HTTP/")).isInstanceOfAny(
                IOException.class, AssertionError.class);
        assertThat(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class))
                .as("the port that was opened where any may be").isZero();
    }

    /** The pacer sends one request an hour, so a second one waits. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void a_caller_that_ends_tls_leaves_the_queue(boolean isHalfClose) throws Exception {
        var before = ManagementClient.pacer();
        try (var first = connect(true); var second = connect(true)) {
            send(first, 1);
            assertThat(first.getInputStream().read()).isPositive();
            send(second, 2);
            ManagementClient.awaitPacer("waiting.interactive", 1);
            second.getOutputStream().write("POST /v1/veri".getBytes(StandardCharsets.US_ASCII));
            end(second, isHalfClose);
            ManagementClient.awaitPacer("waiting.interactive", 0);
        }
        ManagementClient.awaitPacer("cancelledBeforeSent", before.getInt("cancelledBeforeSent") + 1);
    }

    private static void end(SSLSocket socket, boolean isHalfClose) throws IOException {
        if (isHalfClose) {
            socket.shutdownOutput(); // the alert of TLS, without FIN
        } else {
            socket.close();
        }
    }

    private static void send(Socket socket, int card) throws IOException {
        var body = "{\"bankCard\":\"622609021014674" + card + "\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}";
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + (card == 1 ? "Prefer: wait=0\r\n" : "") + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_new_certificate_takes_effect_without_a_restart() throws Exception {
        var before = store("gateway-keystore.p12").getCertificate("gateway");
        assertThat(shown()).isEqualTo(before);
        Mutual.certify();
        var after = store("gateway-keystore.p12").getCertificate("gateway");
        assertThat(after).isNotEqualTo(before);
        for (var tries = 0; tries < 10_000; tries++) {
            try {
                if (after.equals(shown())) {
                    return;
                }
            } catch (IOException notYet) {
                // The client no longer trusts the old certificate.
            }
        }
        assertThat(shown()).isEqualTo(after);
    }

    private static Certificate shown() throws Exception {
        try (var socket = connect(true)) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
