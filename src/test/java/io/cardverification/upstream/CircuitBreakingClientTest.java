package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.cardverification.pacing.Permit;
import io.cardverification.pacing.TestPermits;
import io.cardverification.verification.BankCard;
import io.cardverification.verification.Charge;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** The circuit breaker counts the failures that occur within it. */
class CircuitBreakingClientTest {

    private final List<Throwable> counted = new ArrayList<>();

    private static UpstreamConfig config() {
        return new SmallRyeConfigBuilder().withMapping(UpstreamConfig.class).addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(Map.of(), "test", 100)).build().getConfigMapping(UpstreamConfig.class);
    }

    static RetryState retryState() {
        return new RetryState(config());
    }

    private VerificationFailure send(Permit permit) {
        var values = UpstreamRequest.of(new VerificationRequest(new BankCard("6226090210146748", false),
                new PersonName("Wei", false), new IdCard("11204416541220243X", false), null, null));
        return (VerificationFailure) new CircuitBreakingClient(request -> Uni.createFrom().failure(new ConnectException()),
                new FailureAttribution(() -> 0), Duration.ofSeconds(13), sent -> sent.onFailure().invoke(counted::add))
                .send(new PermittedRequest(values, permit, "caller", 0, retryState()))
                .subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted().getItem();
    }

    @Test
    void no_connection_counts() {
        assertThat(send(TestPermits.held()).reason()).isEqualTo(Reason.UPSTREAM_UNREACHABLE);
        assertThat(counted).hasSize(1);
    }

    @Test
    void a_disconnect_before_the_connection_opens_does_not_count() {
        var permit = TestPermits.held();
        permit.revoke();
        assertThat(send(permit).charge()).isEqualTo(Charge.NOT_SENT);
        assertThat(counted).isEmpty();
    }
}
