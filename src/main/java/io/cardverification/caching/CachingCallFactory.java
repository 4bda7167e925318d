package io.cardverification.caching;

import java.time.Duration;
import java.util.function.Consumer;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import io.cardverification.store.Store;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;
import io.cardverification.verification.VerificationResult;

/** Keeps the results of calls as answers, before other requests learn that the call has ended. Threads: any. */
@Singleton
@Typed(CachingCallFactory.class) // only the pipeline uses it; the upstream's factory stays the only bean of the port
public final class CachingCallFactory implements VerificationCallFactory {

    private final VerificationCallFactory upstream;
    private final CachePolicy policy;
    private final Store store;

    public CachingCallFactory(VerificationCallFactory upstream, CachePolicy policy, Store store) {
        this.upstream = upstream;
        this.policy = policy;
        this.store = store;
    }

    @Override
    public VerificationCall open(CallerRequest request, DepartureGate gate, Consumer<Completion> onEnded) {
        var ttl = policy.ttl();
        return upstream.open(request, gate, completion -> {
            if (completion instanceof VerificationResult result && result.isNew()) {
                var time = ttl.apply(result);
                if (time.compareTo(Duration.ZERO) > 0) {
                    store.keep(request.sharingKey(), result, time);
                }
            }
            onEnded.accept(completion);
        });
    }
}
