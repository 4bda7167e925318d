package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.cardverification.pacing.Permit;
import io.cardverification.pacing.TestPermits;
import io.cardverification.verification.BankCard;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationRequest;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Which failures count for the circuit breaker: they fail as {@link Ill}. */
class SingleSendTest {

    private static UpstreamConfig config() {
        return new SmallRyeConfigBuilder().withMapping(UpstreamConfig.class).addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(Map.of(), "test", 100)).build().getConfigMapping(UpstreamConfig.class);
    }

    static Attempts attempts() {
        return new Attempts(config());
    }

    private static Throwable failure(Permit permit) {
        var question = WireQuestion.of(new VerificationRequest(new BankCard("6226090210146748", false),
                new PersonName("Wei", false), new IdCard("11204416541220243X", false), null, null));
        return new SingleSend(paced -> Uni.createFrom().failure(new ConnectException()), new FailureAttribution(() -> 0),
                config())
                .send(new PacedQuestion(question, permit, "caller", 0, attempts()))
                .subscribe().withSubscriber(UniAssertSubscriber.create()).getFailure();
    }

    @Test
    void no_connection_counts() {
        assertThat(failure(TestPermits.held())).isInstanceOf(Ill.class);
    }

    @Test
    void a_caller_who_hung_up_while_the_connection_was_made_does_not() {
        var permit = TestPermits.held();
        permit.revoke();
        assertThat(failure(permit)).isInstanceOf(VerificationFailure.class);
    }
}
