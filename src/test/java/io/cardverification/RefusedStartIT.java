package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.CommandLine;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;

/** What stops the start of the packaged application, and in how many words. */
class RefusedStartIT extends PackagedGateway {

    @Test
    void without_keys_it_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.http.port=" + FreePorts.one());
        assertThat(log.lines()).filteredOn(line -> !line.isBlank()).singleElement().asString()
                .contains("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "-Dquarkus.profile=sandbox");
    }

    @Test
    void a_wrong_setting_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.pacing.limit=0");
        assertThat(log).contains("gateway.pacing.limit must be at least 1, but is 0")
                .doesNotContain("\tat ");
    }

    @Test
    void a_taken_sandbox_port_refuses_to_start_in_one_line() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var log = logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                    "-Dgateway.sandbox.host=127.0.0.1", "-Dgateway.sandbox.port=" + taken.getLocalPort());
            assertThat(log).contains("gateway.sandbox.port must be a free port")
                    .doesNotContain("\tat ");
        }
    }

    /** In the sandbox, which would start if they were overlooked. */
    @ParameterizedTest
    @ValueSource(strings = { "new-keyy", "--port=1", "-Dquarkus.profile=sandbox", "new-key a=b" })
    void arguments_that_are_unknown_refuse_to_start_in_one_line(String arguments) throws Exception {
        // A native executable takes settings for itself, wherever they stand.
        assumeThat(arguments.startsWith("-D") && System.getProperty("native.image.path") != null).isFalse();
        var process = new ProcessBuilder(CommandLine.of(List.of("-Dquarkus.profile=sandbox"), arguments.split(" ")))
                .redirectErrorStream(true).start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(lines.lines()).singleElement().asString().contains("new-key");
    }

    @Test
    void half_a_file_of_callers_refuses_to_start_in_one_line() throws Exception {
        var file = folder.resolve("callers.properties");
        Files.writeString(file, "gateway.callers.named.shop.charges-per-day=50");
        var log = logOfRefusedSandbox("-Dgateway.callers.file=" + file);
        assertThat(log).contains("gateway.callers.file " + file + " must end with a line feed").doesNotContain("\tat ", "=50");
    }

    @Test
    void invalid_public_key_is_refused_in_one_line() throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.upstream.encryption.algorithm=SM4-GCM",
                "-Dgateway.upstream.encryption.public-key=AAAA");
        assertThat(log)
                .contains(
                        "gateway.upstream.encryption.public-key must be a public key for SM4-GCM, SM2 in PEM or as its Base64")
                .doesNotContain("\tat ");
    }

    /** {@link WrongSettingsTest} has the same message. */
    @Test
    @Tag("twin")
    void half_a_key_pair_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.callers.named.billing.secret-id=AKIDBILLING");
        assertThat(log).contains("gateway.callers.named.billing.secret-id and secret-key must be set together")
                .doesNotContain("\tat ");
    }

    @Test
    void a_setting_that_there_is_not_refuses_to_start_in_one_line() throws Exception {
        Files.createDirectory(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.properties"), "gateway.pacng.limit=15");
        assertThat(logOfRefusedSandbox())
                .contains("Unknown configuration key: gateway.pacng.limit (did you mean gateway.pacing.limit?)")
                .doesNotContain("\tat ");
    }

    @Test
    void renamed_key_stops_start_and_names_new_key() throws Exception {
        assertThat(logOfRefusedSandbox("-Dgateway.pacing.lock-out=5s"))
                .contains("Unknown configuration key: gateway.pacing.lock-out (did you mean gateway.pacing.rejection-timeout?)")
                .doesNotContain("\tat ");
    }

    @Test
    void invalid_number_is_refused_in_one_line() throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.pacing.limit=many");
        assertThat(log.lines()).hasSize(2).last().asString().contains("gateway.pacing.limit", "Expected an integer value");
    }

    /** {@link WrongSettingsTest} has the same message. */
    @Test
    @Tag("twin")
    void timeouts_that_do_not_go_together_refuse_to_start_in_one_line() throws Exception {
        assertThat(logOfRefusedSandbox("-Dquarkus.shutdown.timeout=5s"))
                .contains("quarkus.shutdown.timeout must be above gateway.upstream.answer-timeout").doesNotContain("\tat ");
    }

    @Test
    void a_sandbox_beside_tencent_cloud_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.upstream.endpoint=https://faceid.intl.tencentcloudapi.com");
        assertThat(log).contains("gateway.sandbox.enabled must be false if gateway.upstream.endpoint is Tencent Cloud")
                .doesNotContain("\tat ");
    }

    @Test
    void access_log_with_addresses_is_refused_in_one_line() throws Exception {
        var log = logOfRefusedSandbox("-Dquarkus.http.access-log.enabled=true",
                "-Dquarkus.http.access-log.pattern=combined");
        assertThat(log).contains("quarkus.http.access-log.pattern must contain no request line").doesNotContain("\tat ");
    }

    /** {@link WrongSettingsTest} has the same message. */
    @Test
    @Tag("twin")
    void client_certificates_beside_a_plain_port_are_refused() throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.http.client-certificate-required=true");
        assertThat(log).contains("quarkus.http.insecure-requests must be disabled if"
                + " gateway.http.client-certificate-required is true").doesNotContain("\tat ");
    }

    @Test
    void a_ledger_without_its_directory_refuses_to_start_in_one_line() throws Exception {
        var file = folder.resolve("none/ledger.jsonl");
        assertThat(logOfRefusedSandbox("-Dgateway.ledger.file=" + file))
                .contains("gateway.ledger.file must be a writable file, but " + file + " cannot be opened: "
                        + "NoSuchFileException")
                .doesNotContain("\tat ");
    }

    @Test
    void a_ledger_that_is_a_directory_refuses_to_start_in_one_line() throws Exception {
        assertThat(logOfRefusedSandbox("-Dgateway.ledger.file=" + folder))
                .contains(
                        "gateway.ledger.file must be a writable file, but " + folder + " cannot be opened: Is a")
                .doesNotContain("\tat ");
    }

    @Test
    void a_ledger_by_a_log_handler_refuses_to_start_in_one_line() throws Exception {
        assertThat(logOfRefusedSandbox("-Dquarkus.log.category.\"audit\".handlers=LEDGER"))
                .contains("quarkus.log.category.\"audit\".handlers must not be set: the ledger is not a logger; set"
                        + " gateway.ledger.file instead")
                .doesNotContain("\tat ");
    }

    @Test
    void a_taken_port_refuses_to_start_and_says_so() throws Exception {
        try (var taken = new ServerSocket(0, 1)) {
            assertThat(logOfRefusedStart("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + taken.getLocalPort(),
                    "-Dgateway.sandbox.port=" + FreePorts.one()))
                    .contains("Port " + taken.getLocalPort() + " seems to be in use").doesNotContain("\tat ");
        }
    }

    /** {@link WrongSettingsTest} has the same message. */
    @Test
    @Tag("twin")
    void without_callers_it_refuses_to_start_in_one_line() throws Exception {
        var log = logOfRefusedStart("-Dquarkus.http.port=" + FreePorts.one(), "-Dgateway.upstream.secret-id=AKIDNOBODYS",
                "-Dgateway.upstream.secret-key=NOBODYS");
        assertThat(log)
                .contains("gateway.callers.named must have at least one caller", "gateway.callers.anonymous must be true")
                .doesNotContain("\tat ");
    }

    /** {@link WrongSettingsTest} has the same message. */
    @Test
    @Tag("twin")
    void invalid_circuit_breaker_is_refused_in_one_line() throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.upstream.circuit-breaker.failure-ratio=2");
        assertThat(log).contains("circuit-breaker.failure-ratio must be above 0, to 1").doesNotContain("\tat ");
    }
}
