package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.Verifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** A permit counts from the send, not from the start of the connection. */
@QuarkusTest
@TestProfile(SlowHandshakeTest.OnePermit.class)
@QuarkusTestResource(value = SlowHandshakeTest.Listener.class, restrictToAnnotatedClass = true)
@NullUnmarked // fields that others set
class SlowHandshakeTest {

    /** One permit, which comes back two milliseconds after its request has left. */
    public static final class OnePermit implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.enabled", "false", "gateway.pacing.limit", "1", "gateway.pacing.window", "2ms",
                    "gateway.pacing.margin", "0ms", "gateway.pacing.startup-margin", "0ms", "gateway.upstream.retries", "0",
                    "quarkus.rest-client.tencentcloud.connect-timeout", "60000", "gateway.upstream.answer-timeout", "71s",
                    "quarkus.shutdown.timeout", "72s", "quarkus.rest-client.tencentcloud.connection-pool-size", "35001");
        }
    }

    /** Accepts connections and leaves their TLS handshakes unanswered. */
    public static final class Listener implements QuarkusTestResourceLifecycleManager {
        private ServerSocket socket;

        @Override
        public Map<String, String> start() {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                return Map.of("gateway.upstream.endpoint", "https://localhost:" + socket.getLocalPort());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(socket, new TestInjector.MatchesType(ServerSocket.class));
        }

        @Override
        public void stop() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Inject
    Verifier verifier;

    ServerSocket upstream;

    private CompletableFuture<Completion> ask(String bankCard) {
        return verifier.verify(new VerificationRequest(new BankCard(bankCard, false),
                new PersonName("Wei Xiaobao", false), new IdCard("11204416541220243X", false), null, null),
                new CallOptions(Lane.INTERACTIVE, Caller.unlimited("caller"), null))
                .subscribeAsCompletionStage();
    }

    @Test
    void a_handshake_holds_its_permit_and_fails_unsent() throws Exception {
        var first = ask("6226090210146748");
        upstream.setSoTimeout(10_000);
        var handshake = upstream.accept();
        var second = ask("6225768888888888");

        upstream.setSoTimeout(300);
        assertThatThrownBy(upstream::accept).isInstanceOf(SocketTimeoutException.class);

        handshake.close();
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(VerificationFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.UPSTREAM_UNREACHABLE);
            assertThat(failure.charge()).isEqualTo(Charge.NOT_SENT);
        });
        upstream.setSoTimeout(10_000);
        upstream.accept().close();
        assertThat(second.get(10, TimeUnit.SECONDS)).isInstanceOf(VerificationFailure.class);
    }
}
